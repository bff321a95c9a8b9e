//! Reading and counting the answer sheets of a release.

use std::{
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
};

use partake_core::{
    disclosure::Tabulator,
    instrument::Instrument,
    open_data::consents,
    response::{DecodeError, decode_sheet},
};
use partake_store::snapshot::Part;

use super::watch::{Step, Watch};

/// Answer sheets after which the count is told.
const TELL_EVERY: usize = 4_096;

/// Threads that a release is made with.
pub(super) fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Counts the sheets, each thread a share of them, and finds who newly agreed to the public file, in
/// the order of `sheets`.
pub(super) fn count<'i, 's>(
    instrument: &'i Instrument,
    sheets: &[&'s Part],
    watch: &Watch,
) -> Result<(Tabulator<'i>, Vec<&'s Part>), DecodeError> {
    let (file, all) = (instrument.public_file.as_ref(), sheets.len());
    let done = AtomicUsize::new(0);
    let one = |share: &[&'s Part]| {
        let mut tabulator = Tabulator::new(instrument);
        let mut consenting = Vec::new();
        for part in share {
            let done = done.fetch_add(1, Ordering::Relaxed);
            if done.is_multiple_of(TELL_EVERY) {
                watch(Step::Counting { done, all });
            }
            let sheet = decode_sheet(instrument, &part.body)?;
            tabulator.add(&sheet);
            if part.cohort.is_none() && file.is_some_and(|file| consents(file, &sheet)) {
                consenting.push(*part);
            }
        }
        Ok((tabulator, consenting))
    };
    let shares = sheets.chunks(all.div_ceil(workers()).max(1));
    let counted: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = shares.map(|share| scope.spawn(|| one(share))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    let (mut whole, mut consenting) = (Tabulator::new(instrument), Vec::new());
    for share in counted {
        let (tabulator, agreed) = share?;
        whole.join(tabulator);
        consenting.extend(agreed);
    }
    Ok((whole, consenting))
}

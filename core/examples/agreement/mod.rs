//! Everything that the engine decides, written down and hashed.

use std::fmt::Write as _;

use partake_core::{
    flow::{Flow, Seed, assign},
    instrument::load,
    lang::Lang,
    response::{encode_sheet, finish, validate},
};
use sha2::{Digest, Sha256};

use crate::generated::{Dice, Range, answers, file};

/// The first eight bytes of a hash of all routing, validation and order.
pub(crate) fn digest(seed: u32, instruments: u32, people: u32) -> u64 {
    let mut hash = Sha256::new();
    for number in 0..instruments {
        let mut dice = Dice::new(u64::from(seed) << 32 | u64::from(number));
        let questions = 4 + dice.below(20);
        let range = if number % 4 == 3 {
            Range::Common
        } else {
            Range::Everything
        };
        let source = file(&mut dice, questions, range);
        let instrument = match load(&source) {
            Ok(instrument) => instrument,
            Err(errors) => {
                hash.update(format!("{errors:?}"));
                continue;
            }
        };
        for _ in 0..people {
            let seed = Seed(dice.bits());
            let lang = if dice.chance(50) { Lang::Zh } else { Lang::En };
            let assignment = assign(&instrument, seed);
            let given = answers(&mut dice, &instrument, 4);
            let flow = Flow::new(&instrument, lang, seed, &assignment, &given);
            let mut said = format!("{:?}\n{:?}\n", assignment, flow.answers());
            for id in flow.sections() {
                let Some(view) = flow.section(id) else {
                    continue;
                };
                let faults = validate(&flow, id, flow.answers());
                _ = writeln!(said, "{view:?}\n{faults:?}\n{:?}", flow.progress(id));
            }
            match finish(&instrument, lang, seed, &assignment, given.clone()) {
                Ok(done) => {
                    _ = writeln!(
                        said,
                        "{done:?}\n{:?}",
                        encode_sheet(&instrument, &done.sheet)
                    );
                }
                Err(faults) => _ = writeln!(said, "{faults:?}"),
            }
            hash.update(said);
        }
    }
    let bytes: [u8; 32] = hash.finalize().into();
    bytes
        .iter()
        .take(8)
        .fold(0, |all, byte| all << 8 | u64::from(*byte))
}

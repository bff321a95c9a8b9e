//! Writing the results.

use std::{io::Write as _, path::Path};

use partake_core::microdata::{Microdata, Published};
use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha20Rng;

use super::input::{Content, Input};
use crate::cli::complete::{Complete, write};

/// The order in which rows are written: as they came, or drawn from a seed.
pub(super) fn order(rows: usize, seed: Option<u64>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows).collect();
    if let Some(seed) = seed {
        order.shuffle(&mut ChaCha20Rng::seed_from_u64(seed));
    }
    order
}

/// Writes the published table.
pub(super) fn write_table(
    place: &Path,
    input: &Input,
    data: &Microdata,
    published: &Published,
    rows: &[usize],
) -> anyhow::Result<Complete> {
    write(place, |file| {
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(input.columns.iter().map(|column| &column.name))?;
        for &row in rows {
            let mut quasi = published.columns().iter().zip(data.quasi());
            for column in &input.columns {
                let value = match &column.content {
                    Content::Sensitive(coded) | Content::Insensitive(coded) => coded.value(row),
                    Content::Quasi { .. } => quasi
                        .next()
                        .map_or("", |(values, quasi)| quasi.hierarchy.label(values[row])),
                };
                writer.write_field(value)?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        writer.flush()?;
        Ok(())
    })
}

/// Writes a text.
pub(super) fn write_text(place: &Path, text: &str) -> anyhow::Result<Complete> {
    write(place, |file| Ok(file.write_all(text.as_bytes())?))
}

//! Writing the results. Each is written beside its place and moved there when it is complete, so
//! that no half of a table is ever taken for the whole.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use partake_core::microdata::{Microdata, Published};
use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha20Rng;

use super::input::{Content, Input};

/// A complete file that is not yet at its place; removed unless it gets there.
pub(super) struct Complete {
    beside: PathBuf,
    place: PathBuf,
}

impl Complete {
    /// Moves the file to its place.
    pub(super) fn publish(self) -> anyhow::Result<()> {
        std::fs::rename(&self.beside, &self.place)
            .with_context(|| format!("cannot write {}", self.place.display()))
    }
}

impl Drop for Complete {
    fn drop(&mut self) {
        // After `publish` there is nothing left to remove.
        _ = std::fs::remove_file(&self.beside);
    }
}

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

fn write(
    place: &Path,
    content: impl FnOnce(&mut BufWriter<File>) -> anyhow::Result<()>,
) -> anyhow::Result<Complete> {
    let mut name = place.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    let complete = Complete {
        beside: place.with_file_name(name),
        place: place.to_owned(),
    };
    let written = || {
        let mut file = BufWriter::new(File::create(&complete.beside)?);
        content(&mut file)?;
        file.into_inner()?.sync_all()?;
        Ok(())
    };
    let written: anyhow::Result<()> = written();
    written.with_context(|| {
        format!(
            "cannot write {}; check that its folder exists and has room",
            place.display()
        )
    })?;
    Ok(complete)
}

//! The archive that holds all files of a release. The same files give the same bytes, whichever of
//! them were packed beforehand.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Seek, Write},
    path::PathBuf,
};

use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    files::{RESPONSES_PARQUET, RESPONSES_XLSX},
    formats::FormatError,
};
use crate::storage::{Staged, Staging};

/// Forms that are compressed already.
const DENSE: [&str; 2] = [RESPONSES_XLSX, RESPONSES_PARQUET];

/// Bytes from which a file is packed in a hurry.
const LARGE: u64 = 100_000_000;

const BUFFER: usize = 1 << 18;

pub(super) struct Archive<'a> {
    staging: &'a Staging,
    /// The day of the release, under which everything stands.
    day: DateTime,
}

impl<'a> Archive<'a> {
    /// `date` is `YYYY-MM-DD`.
    pub(super) fn new(staging: &'a Staging, date: &str) -> Self {
        let mut parts = date.split('-').map(|part| part.parse::<u16>().unwrap_or(1));
        let mut next = || parts.next().unwrap_or(1);
        let (year, month, day) = (next(), next(), next());
        let [month, day] = [month, day].map(|n| u8::try_from(n).unwrap_or(1));
        let day = DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default();
        Self { staging, day }
    }

    /// Packs one file beforehand, so that several can be packed at a time. What is only copied
    /// waits for its turn.
    pub(super) fn pack(&self, file: &Staged) -> Result<(), FormatError> {
        if is_dense(file) {
            return Ok(());
        }
        let out = BufWriter::with_capacity(BUFFER, File::create_new(self.packed(file))?);
        let mut archive = ZipWriter::new(out);
        self.add(&mut archive, file)?;
        archive.finish()?.flush()?;
        Ok(())
    }

    /// Writes the archive of all `files`.
    pub(super) fn write(
        &self,
        out: &mut (impl Write + Seek),
        files: &[Staged],
    ) -> Result<(), FormatError> {
        let mut archive = ZipWriter::new(out);
        for file in files {
            let packed = self.packed(file);
            if packed.exists() {
                let part = BufReader::with_capacity(BUFFER, File::open(&packed)?);
                archive.raw_copy_file(ZipArchive::new(part)?.by_index_raw(0)?)?;
                std::fs::remove_file(packed)?;
            } else {
                self.add(&mut archive, file)?;
            }
        }
        archive.finish()?;
        Ok(())
    }

    fn packed(&self, file: &Staged) -> PathBuf {
        self.staging.folder().join(format!("{}.packed", file.name))
    }

    fn add(
        &self,
        archive: &mut ZipWriter<impl Write + Seek>,
        file: &Staged,
    ) -> Result<(), FormatError> {
        let method = if is_dense(file) {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_level(
                Some(level(file.size)).filter(|_| method == CompressionMethod::Deflated),
            )
            .compression_method(method)
            .last_modified_time(self.day)
            .large_file(file.size >= u64::from(u32::MAX));
        archive.start_file(&file.name, options)?;
        std::io::copy(&mut File::open(file.path())?, archive)?;
        Ok(())
    }
}

/// How hard to pack so many bytes: above a size the last percent of room is not worth the minutes
/// it takes.
pub(super) const fn level(size: u64) -> i64 {
    if size > LARGE { 2 } else { 6 }
}

fn is_dense(file: &Staged) -> bool {
    DENSE.contains(&file.name.as_str())
}

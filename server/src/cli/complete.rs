//! Files written beside their place and moved there when they are complete, so that no half of a
//! table is ever taken for the whole.

use std::{
    fs::File,
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

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

/// Writes a file beside `place`.
pub(super) fn write(
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

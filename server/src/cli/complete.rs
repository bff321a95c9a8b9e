//! Files written beside their place and moved there when they are complete, so that no half of a
//! table is ever taken for the whole.

use std::{
    fs::File,
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

/// A complete file that is not yet at its place; removed unless it gets there.
pub(super) struct Complete {
    beside: PathBuf,
    place: PathBuf,
}

/// What a file is written through.
pub(super) type Writer = BufWriter<File>;

/// A place beside `place`, for a file that is not written yet. A link is followed; what is there and
/// is no file, such as a device, is left alone.
pub(super) fn begin(place: &Path) -> anyhow::Result<Complete> {
    let place = std::fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
    if std::fs::metadata(&place).is_ok_and(|there| !there.is_file()) {
        bail!("{} is not a file; name one to be written", place.display());
    }
    let mut name = place.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    Ok(Complete {
        beside: place.with_file_name(name),
        place,
    })
}

impl Complete {
    /// Where the file is until then.
    pub(super) fn path(&self) -> &Path {
        &self.beside
    }

    /// Begins to write it.
    pub(super) fn writer(&self) -> anyhow::Result<Writer> {
        let file = File::create(&self.beside).with_context(|| refusal(&self.place))?;
        Ok(BufWriter::new(file))
    }

    /// Brings to the disk what was written.
    pub(super) fn finish(&self, writer: Writer) -> anyhow::Result<()> {
        let finished = || writer.into_inner()?.sync_all();
        finished().with_context(|| refusal(&self.place))
    }

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
    content: impl FnOnce(&mut Writer) -> anyhow::Result<()>,
) -> anyhow::Result<Complete> {
    let complete = begin(place)?;
    let mut writer = complete.writer()?;
    content(&mut writer).with_context(|| refusal(place))?;
    complete.finish(writer)?;
    Ok(complete)
}

fn refusal(place: &Path) -> String {
    format!(
        "cannot write {}; check that its folder exists and has room",
        place.display()
    )
}

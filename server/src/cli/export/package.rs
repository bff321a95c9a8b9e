//! All files of a release in one archive.

use std::io::{Seek, Write};

use anyhow::Context as _;
use partake_store::{Store, releases::ReleaseFile};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

pub(super) async fn files(
    store: &Store,
    survey: &str,
    release: i64,
) -> anyhow::Result<Vec<ReleaseFile>> {
    let mut files = Vec::new();
    for info in store.release_files(survey, release).await? {
        let file = store.release_file(survey, release, &info.name).await?;
        files.push(file.with_context(|| format!("the release lacks {}", info.name))?);
    }
    Ok(files)
}

pub(super) fn write(out: &mut (impl Write + Seek), files: &[ReleaseFile]) -> anyhow::Result<()> {
    // The same files give the same archive, whenever it is made.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(out);
    for file in files {
        archive.start_file(&file.info.name, options)?;
        archive.write_all(&file.body)?;
    }
    archive.finish()?;
    Ok(())
}

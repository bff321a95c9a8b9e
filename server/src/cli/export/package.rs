//! All files of a release in one archive, for releases that were made before each had its own.

use std::io::{Seek, Write};

use anyhow::Context as _;
use partake_store::releases::FileInfo;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::super::Context;

pub(super) async fn write(
    context: &Context,
    survey: &str,
    release: i64,
    files: &[FileInfo],
    out: &mut (impl Write + Seek),
) -> anyhow::Result<()> {
    // The same files give the same archive, whenever it is made.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(out);
    for info in files {
        let file = context
            .store
            .release_file(survey, release, &info.name)
            .await?;
        let file = file.with_context(|| format!("the release lacks {}", info.name))?;
        archive.start_file(&info.name, options)?;
        archive.write_all(&file.body)?;
    }
    archive.finish()?;
    Ok(())
}

//! `partake backup`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::{Context, print_line};

/// Options of `backup`.
#[derive(Args, Debug)]
pub struct BackupCommand {
    /// File to write; it must not exist yet. The files of releases are copied to a folder beside
    /// it, FILE.files, unless they are in a bucket
    file: PathBuf,
}

impl BackupCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        context
            .store
            .backup(&self.file)
            .await
            .context("the backup was not written")?;
        let stored = context.store.stored_files().await?;
        let copied = if stored.is_empty() || context.files.folder().is_none() {
            String::new()
        } else {
            let folder = super::files_of(&self.file);
            for file in &stored {
                context
                    .files
                    .copy_to(file, &folder)
                    .await
                    .context("the files of releases were not all copied")?;
            }
            format!(
                ", {} files of releases to {}",
                stored.len(),
                folder.display()
            )
        };
        print_line(&format!(
            "backup written to {}{copied}",
            self.file.display()
        ))?;
        if context.files.folder().is_none() && !stored.is_empty() {
            print_line(&format!(
                "notice: {} files of releases stay in {} and are not part of it",
                stored.len(),
                context.files.name()
            ))?;
        }
        Ok(())
    }
}

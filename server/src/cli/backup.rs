//! `partake backup`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::{Context, print_line};

/// Options of `backup`.
#[derive(Args, Debug)]
pub struct BackupCommand {
    /// File to write; it must not exist yet
    file: PathBuf,
}

impl BackupCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        context
            .store
            .backup(&self.file)
            .await
            .context("the backup was not written")?;
        print_line(&format!("backup written to {}", self.file.display()))
    }
}

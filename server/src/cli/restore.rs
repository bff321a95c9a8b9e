//! `partake restore`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use partake_store::backup::restore;

use super::print_line;
use crate::config::DatabaseArgs;

/// Options of `restore`.
#[derive(Args, Debug)]
pub struct RestoreCommand {
    /// Backup to put in the place of the database, which must not be there
    file: PathBuf,
}

impl RestoreCommand {
    pub async fn run(self, database: &DatabaseArgs) -> anyhow::Result<()> {
        restore(&database.database_url, &self.file)
            .await
            .context("nothing was restored")?;
        print_line(&format!(
            "{} restored; withdrawals made after it was written have to be repeated",
            self.file.display()
        ))
    }
}

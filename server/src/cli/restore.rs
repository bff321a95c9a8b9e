//! `partake restore`.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use partake_store::backup::restore;

use super::{connect, files_of, print_line};
use crate::{bootstrap, config::DatabaseArgs, storage::FileStorage};

/// Options of `restore`.
#[derive(Args, Debug)]
pub struct RestoreCommand {
    /// Backup to put in the place of the database, which must not be there; the files of releases
    /// come from the folder FILE.files beside it
    file: PathBuf,
}

impl RestoreCommand {
    pub async fn run(self, database: &DatabaseArgs) -> anyhow::Result<()> {
        restore(&database.database_url, &self.file)
            .await
            .context("nothing was restored")?;
        let store = connect(database).await?;
        let files = FileStorage::open(database)?;
        let folder = files_of(&self.file);
        let mut missing = 0;
        let pending = bootstrap::pending_migrations(&store).await?;
        let stored = if pending.iter().any(|step| step.ends_with("_release_places")) {
            // A backup of an older version, whose files are in the database.
            Vec::new()
        } else {
            store.stored_files().await?
        };
        for file in &stored {
            if files.holds(file).await? {
                continue;
            }
            if folder.join(&file.place).is_file() {
                files
                    .copy_from(file, &folder)
                    .await
                    .context("the database is restored, the files of releases are not")?;
            } else {
                missing += 1;
            }
        }
        store.close().await?;
        if missing > 0 {
            bail!(
                "the database is restored, but {missing} of {} files of releases are neither in {} \
                 nor in {}; put them there and run `partake doctor`",
                stored.len(),
                files.name(),
                folder.display()
            );
        }
        print_line(&format!(
            "{} restored; withdrawals made after it was written have to be repeated",
            self.file.display()
        ))
    }
}

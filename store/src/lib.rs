//! Storage on SQLite and PostgreSQL, one file per entity.
//!
//! The same statements run on both engines; where they cannot, the difference is in [`db`] or
//! beside the statement. Nothing here reads a clock or draws a random number, except for the
//! session ids that `tower-sessions` draws itself.

pub mod accounts;
pub mod backup;
mod db;
pub mod entity;
mod error;
pub mod forum;
pub mod free_texts;
mod health;
pub mod instruments;
pub mod mail;
mod order;
mod password_due;
mod recovery;
pub mod releases;
pub mod responses;
mod second_step;
pub mod sessions;
mod settings;
pub mod snapshot;

pub use accounts::{Account, NewAccount};
pub use error::StoreError;
pub use free_texts::{ReviewCounts, ReviewList, ReviewText, TextDecision, TextFate, TextState};
pub use instruments::{Published, Survey, Wave};
pub use releases::{Content, FileInfo, NewFile, NewRelease, Release, ReleaseFile, StoredFile};
pub use responses::{NewResponse, NewText, NewVotes, PartId, Replaced, StoredResponse, Submitted};
pub use second_step::SecondStep;
pub use sessions::{ACCOUNT_KEY, SessionDays, Sessions};
pub use snapshot::{Part, Snapshot, TextPart};

use db::Db;
use responses::Queue;
use sea_orm::{DatabaseConnection, DatabaseTransaction};

/// The database. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) db: Db,
    /// In front of the writer of submissions on SQLite.
    queue: Option<Queue>,
    pub(crate) live: forum::Live,
}

impl Store {
    /// Opens the database at `url` (`sqlite://path?mode=rwc` or `postgres://…`). Does not migrate.
    ///
    /// # Errors
    /// [`StoreError::Url`] for another scheme, [`StoreError::Folder`] when the file's folder cannot
    /// be made, [`StoreError::Thread`] when the writer cannot be started, otherwise
    /// [`StoreError::Connect`].
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let db = Db::connect(url).await?;
        let queue = Db::writer_of_submissions(url)?
            .map(Queue::start)
            .transpose()?;
        Ok(Self {
            db,
            queue,
            live: forum::Live::default(),
        })
    }

    /// The connection that may write: what migrations run on.
    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        self.db.write()
    }

    /// Waits for running statements, then closes every connection. On SQLite this also folds the
    /// write-ahead log into the file.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn close(self) -> Result<(), StoreError> {
        // The last connection to close folds the log into the file, and the writer of submissions
        // must not be it.
        if let Some(queue) = &self.queue {
            queue.close().await;
        }
        self.db.close().await
    }

    /// Opens a write transaction. Keep it short: on SQLite everybody else who writes waits.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        self.db.begin().await
    }
}

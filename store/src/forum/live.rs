//! Telling readers that something was written, in this process and in every other one on the same
//! PostgreSQL. Nobody waits for it and nothing depends on it.

use sea_orm::{DatabaseTransaction, sqlx::postgres::PgListener};
use tokio::sync::broadcast;

use super::{ForumError, sql};
use crate::{Store, StoreError};

/// Messages that a slow reader may be behind; after that it misses some.
const BEHIND: usize = 256;
const CHANNEL: &str = "partake_comment";

/// A comment was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Thread.
    pub thread: i64,
    /// Comment.
    pub comment: i64,
}

/// Where readers listen.
#[derive(Clone, Debug)]
pub(crate) struct Live(broadcast::Sender<Posted>);

impl Default for Live {
    fn default() -> Self {
        Self(broadcast::channel(BEHIND).0)
    }
}

impl Live {
    fn say(&self, posted: Posted) {
        // Fails only where nobody listens.
        _ = self.0.send(posted);
    }
}

impl Store {
    /// Hears of comments from now on.
    #[must_use]
    pub fn posted(&self) -> broadcast::Receiver<Posted> {
        self.live.0.subscribe()
    }

    /// Part of the transaction on PostgreSQL, which tells everybody when it is committed.
    pub(super) async fn tell_others(
        &self,
        tx: &DatabaseTransaction,
        posted: Posted,
    ) -> Result<(), ForumError> {
        if !self.db.is_sqlite() {
            let payload = format!("{} {}", posted.thread, posted.comment);
            let values = [CHANNEL.into(), payload.into()];
            sql::all(tx, "SELECT CAST(pg_notify($1, $2) AS text)", values).await?;
        }
        Ok(())
    }

    /// After the commit on SQLite, where this process is the only one.
    pub(super) fn tell_here(&self, posted: Posted) {
        if self.db.is_sqlite() {
            self.live.say(posted);
        }
    }

    /// Passes on what any process on this PostgreSQL wrote, until the connection fails. Returns at
    /// once on SQLite.
    ///
    /// # Errors
    /// When the database cannot be reached any more; call again after a while.
    pub async fn listen(&self) -> Result<(), StoreError> {
        if self.db.is_sqlite() {
            return Ok(());
        }
        let pool = self.db.read().get_postgres_connection_pool();
        let failed = |error: sea_orm::sqlx::Error| StoreError::inconsistent(error.to_string());
        let mut listener = PgListener::connect_with(pool).await.map_err(failed)?;
        listener.listen(CHANNEL).await.map_err(failed)?;
        loop {
            let message = listener.recv().await.map_err(failed)?;
            let numbers = message.payload().split_once(' ');
            if let Some((Ok(thread), Ok(comment))) =
                numbers.map(|(thread, comment)| (thread.parse(), comment.parse()))
            {
                self.live.say(Posted { thread, comment });
            }
        }
    }
}

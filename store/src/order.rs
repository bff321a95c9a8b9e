//! Forgetting in which order submissions came.
//!
//! Neither engine is asked to remember it, and both do: pages fill in the order of arrival, the
//! SQLite log keeps their earlier states, PostgreSQL marks each row with the transaction that
//! wrote it.

use sea_orm::ConnectionTrait;

use crate::{Store, StoreError};

/// Tables that hold parts of submissions.
pub(crate) const TABLES: [&str; 3] = ["response", "free_text", "vote_sheet"];

impl Store {
    /// Writes every part of every submission anew, sorted by its id. Ids come from a one-way hash
    /// of a random receipt: this order is random, and the same whatever the order of arrival was.
    /// To be called after each release; calling it again does no harm.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when a reader kept the log in use; the rows are rewritten then, and
    /// [`Store::truncate_log`] has to be called again.
    pub async fn rewrite_shuffled(&self) -> Result<(), StoreError> {
        if self.db.is_sqlite() {
            // Rebuilds each table in key order and leaves no free page behind.
            self.db.write().execute_unprepared("VACUUM").await?;
            return self.truncate_log().await;
        }
        let tx = self.begin().await?;
        tx.execute_unprepared(&format!(
            "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
            TABLES.join(", ")
        ))
        .await?;
        for table in TABLES {
            // CLUSTER would sort the rows too, but keeps the mark of the transaction that wrote
            // each; rows that are inserted again all carry the mark of this one.
            for sql in [
                format!("CREATE TEMPORARY TABLE kept_{table} ON COMMIT DROP AS TABLE {table}"),
                format!("TRUNCATE {table}"),
                format!("INSERT INTO {table} SELECT * FROM kept_{table} ORDER BY id"),
            ] {
                tx.execute_unprepared(&sql).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Folds SQLite's log into the file and cuts it to nothing, since it holds earlier states of
    /// pages. To be called every few minutes; does nothing on PostgreSQL.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when a reader needs the log.
    pub async fn truncate_log(&self) -> Result<(), StoreError> {
        if !self.db.is_sqlite() {
            return Ok(());
        }
        let row = self
            .db
            .write()
            .query_one_raw(sea_orm::Statement::from_string(
                sea_orm::DbBackend::Sqlite,
                "PRAGMA wal_checkpoint(TRUNCATE)",
            ))
            .await?
            .ok_or_else(|| StoreError::inconsistent("no answer to a checkpoint"))?;
        match row.try_get_by_index::<i32>(0)? {
            0 => Ok(()),
            _ => Err(StoreError::Busy),
        }
    }
}

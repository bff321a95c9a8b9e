//! Whether the database answers.

use sea_orm::ConnectionTrait;

use crate::{Store, StoreError};

impl Store {
    /// Asks the database for an answer, as a reader.
    ///
    /// # Errors
    /// When it gives none.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.db.read().execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// Name of the engine, for `doctor` and logs.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        if self.db.is_sqlite() {
            "SQLite"
        } else {
            "PostgreSQL"
        }
    }
}

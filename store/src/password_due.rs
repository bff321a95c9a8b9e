//! Accounts whose password somebody else set. They cannot be used until it is changed.

use sea_orm::{ConnectionTrait, Statement};

use crate::{Store, StoreError};

impl Store {
    /// Marks the account's password as to be changed, or as the person's own.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_password_due(&self, account: &str, due: bool) -> Result<(), StoreError> {
        let db = self.db.write();
        let sql = if due {
            "INSERT INTO password_due (account_id) VALUES ($1) ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM password_due WHERE account_id = $1"
        };
        let backend = db.get_database_backend();
        db.execute_raw(Statement::from_sql_and_values(
            backend,
            sql,
            [account.into()],
        ))
        .await?;
        Ok(())
    }

    /// True when the account's password has to be changed before anything else.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_password_due(&self, account: &str) -> Result<bool, StoreError> {
        let db = self.db.read();
        let sql = "SELECT account_id FROM password_due WHERE account_id = $1";
        let backend = db.get_database_backend();
        let found = db
            .query_one_raw(Statement::from_sql_and_values(
                backend,
                sql,
                [account.into()],
            ))
            .await?;
        Ok(found.is_some())
    }
}

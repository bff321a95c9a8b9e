//! Recovery codes, by their hashes. A code that was used is gone.

use crate::{Store, StoreError, forum::sql};

impl Store {
    /// Replaces every recovery code of the account by codes with these hashes.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn replace_recovery_codes(
        &self,
        account: &str,
        hashes: &[[u8; 32]],
    ) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        sql::run(
            &tx,
            "DELETE FROM recovery_code WHERE account_id = $1",
            [account.into()],
        )
        .await?;
        for hash in hashes {
            sql::run(
                &tx,
                "INSERT INTO recovery_code (code_hash, account_id) VALUES ($1, $2)",
                [hash.to_vec().into(), account.into()],
            )
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Uses a code up; false when the account has no such code. Of two that try the same code at
    /// the same time one succeeds.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn use_recovery_code(
        &self,
        account: &str,
        hash: &[u8; 32],
    ) -> Result<bool, StoreError> {
        let used = sql::run(
            self.db.write(),
            "DELETE FROM recovery_code WHERE code_hash = $1 AND account_id = $2",
            [hash.to_vec().into(), account.into()],
        )
        .await?;
        Ok(used == 1)
    }

    /// How many codes the account has left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn recovery_codes_left(&self, account: &str) -> Result<i64, StoreError> {
        let row = sql::one(
            self.db.read(),
            "SELECT count(*) AS n FROM recovery_code WHERE account_id = $1",
            [account.into()],
        )
        .await?;
        Ok(match row {
            Some(row) => row.try_get("", "n")?,
            None => 0,
        })
    }
}

//! The second step of signing in: the secret an authenticator shares, and the last time step whose
//! code was accepted, so that none is accepted twice.

use crate::{Store, StoreError, forum::sql};

/// What an account shares with its authenticator.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondStep {
    /// Twenty random bytes.
    pub secret: Vec<u8>,
    /// Last accepted time step.
    pub last_step: i64,
}

impl std::fmt::Debug for SecondStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondStep").finish_non_exhaustive()
    }
}

impl Store {
    /// The second step of an account, if it has one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn second_step(&self, account: &str) -> Result<Option<SecondStep>, StoreError> {
        let row = sql::one(
            self.db.read(),
            "SELECT secret, last_step FROM second_step WHERE account_id = $1",
            [account.into()],
        )
        .await?;
        row.map(|row| {
            Ok(SecondStep {
                secret: row.try_get("", "secret")?,
                last_step: row.try_get("", "last_step")?,
            })
        })
        .transpose()
    }

    /// Gives the account a second step; the code of `step` proved that the authenticator has it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_second_step(
        &self,
        account: &str,
        secret: &[u8],
        step: i64,
    ) -> Result<(), StoreError> {
        sql::run(
            self.db.write(),
            "INSERT INTO second_step (account_id, secret, last_step) VALUES ($1, $2, $3)
            ON CONFLICT (account_id)
            DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step",
            [account.into(), secret.to_vec().into(), step.into()],
        )
        .await?;
        Ok(())
    }

    /// Takes the code of a time step as used; false when it, or a later one, was used before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn accept_step(&self, account: &str, step: i64) -> Result<bool, StoreError> {
        let accepted = sql::run(
            self.db.write(),
            "UPDATE second_step SET last_step = $2 WHERE account_id = $1 AND last_step < $2",
            [account.into(), step.into()],
        )
        .await?;
        Ok(accepted == 1)
    }

    /// Takes the second step off; false when there was none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove_second_step(&self, account: &str) -> Result<bool, StoreError> {
        let removed = sql::run(
            self.db.write(),
            "DELETE FROM second_step WHERE account_id = $1",
            [account.into()],
        )
        .await?;
        Ok(removed == 1)
    }
}

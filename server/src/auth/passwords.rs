//! Hashing with argon2id at its recommended cost: 19 MiB and two passes.

use std::{sync::Arc, thread, time::Duration};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long somebody waits for a turn before being asked to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a password was not hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// Too many others are waiting.
    #[error("too many passwords are being checked")]
    Busy,
    /// Memory or randomness was lacking, or a stored hash is broken.
    #[error("hashing failed: {0}")]
    Failed(String),
}

/// Hashes and compares passwords, as many at a time as there are processors: each takes 19 MiB.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// Compared with when the account does not exist, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Passwords {
    pub(super) fn new() -> anyhow::Result<Self> {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        let nobody = hash_now("nobody's password, long and never given").map_err(|error| {
            anyhow::anyhow!("passwords cannot be hashed on this machine: {error}")
        })?;
        Ok(Self {
            turns: Arc::new(Semaphore::new(cores)),
            nobody: nobody.into(),
        })
    }

    /// The hash to store, as a PHC string.
    pub async fn hash(&self, password: String) -> Result<String, HashError> {
        let _turn = self.turn().await?;
        tokio::task::spawn_blocking(move || hash_now(&password))
            .await
            .map_err(|error| HashError::Failed(error.to_string()))?
    }

    /// True when the password is the one that was hashed. Without a stored hash it takes as long
    /// and is never true.
    pub async fn verify(&self, password: String, stored: Option<&str>) -> Result<bool, HashError> {
        let _turn = self.turn().await?;
        let known = stored.is_some();
        let stored: Arc<str> = stored.map_or_else(|| Arc::clone(&self.nobody), Arc::from);
        let equal = tokio::task::spawn_blocking(move || {
            let parsed =
                PasswordHash::new(&stored).map_err(|e| HashError::Failed(e.to_string()))?;
            Ok(Argon2::default()
                .verify_password(password.as_bytes(), &parsed)
                .is_ok())
        })
        .await
        .map_err(|error| HashError::Failed(error.to_string()))??;
        Ok(equal && known)
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>, HashError> {
        match tokio::time::timeout(PATIENCE, self.turns.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(HashError::Busy),
        }
    }
}

fn hash_now(password: &str) -> Result<String, HashError> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| HashError::Failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_account_is_accepted() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords
            .hash("seven grey herons".to_owned())
            .await
            .unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        let verify = |typed: &str, stored| passwords.verify(typed.to_owned(), stored);
        assert!(
            verify("seven grey herons", Some(stored.as_str()))
                .await
                .unwrap()
        );
        assert!(
            !verify("seven gray herons", Some(stored.as_str()))
                .await
                .unwrap()
        );
        assert!(
            !verify("nobody's password, long and never given", None)
                .await
                .unwrap()
        );
    }
}

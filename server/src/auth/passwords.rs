//! Hashing with argon2id at its recommended cost: 19 MiB and two passes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long somebody waits for a turn before being asked to come back.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many wait at most; a processor hashes about that many within [`PATIENCE`].
const MOST_WAITING: usize = 256;

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
    waiting: Arc<AtomicUsize>,
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
            waiting: Arc::default(),
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

    /// True when a stored hash was made at another cost than today's, and should be made again
    /// the next time the password is known.
    #[must_use]
    pub fn is_outdated(&self, stored: &str) -> bool {
        cost(stored) != cost(&self.nobody)
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>, HashError> {
        // Whoever would not get a turn in time is told at once, so that a crowd takes no memory.
        let Some(_place) = Place::take(&self.waiting) else {
            return Err(HashError::Busy);
        };
        match tokio::time::timeout(PATIENCE, self.turns.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(HashError::Busy),
        }
    }
}

/// A place among those who wait.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Option<Self> {
        let before = waiting.fetch_add(1, Ordering::Relaxed);
        let place = Self(waiting);
        (before < MOST_WAITING).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Algorithm, version and cost of a stored hash: all that stands before its salt.
fn cost(stored: &str) -> &str {
    let end = stored.match_indices('$').nth(3).map_or(0, |(at, _)| at);
    stored.get(..end).unwrap_or_default()
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

    #[tokio::test]
    async fn a_hash_of_another_cost_is_outdated() {
        let passwords = Passwords::new().unwrap();
        let today = passwords.hash("seven grey herons".to_owned()).await;
        assert!(!passwords.is_outdated(&today.unwrap()));
        for old in [
            "$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aGFzaA",
            "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA",
            "$2b$12$abcdefghijklmnopqrstuv",
            "",
        ] {
            assert!(passwords.is_outdated(old), "{old}");
        }
    }

    #[tokio::test]
    async fn a_crowd_is_turned_away_at_once_and_leaves_no_trace() {
        let passwords = Passwords::new().unwrap();
        passwords.waiting.store(MOST_WAITING, Ordering::Relaxed);
        let refused = passwords.hash("seven grey herons".to_owned()).await;
        assert!(matches!(refused, Err(HashError::Busy)));
        assert_eq!(passwords.waiting.load(Ordering::Relaxed), MOST_WAITING);
        passwords.waiting.store(0, Ordering::Relaxed);
        assert!(passwords.hash("seven grey herons".to_owned()).await.is_ok());
        assert_eq!(passwords.waiting.load(Ordering::Relaxed), 0);
    }
}

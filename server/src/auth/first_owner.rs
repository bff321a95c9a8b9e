//! The first owner of a site.

use anyhow::Context as _;
use partake_core::forum::{Handle, Role};

use super::new_account;
use crate::{entropy, state::AppState};

/// Consonants and vowels that are not mistaken for one another when copied by hand.
const CONSONANTS: &[u8; 16] = b"bdfghjkmnprstvwz";
const VOWELS: &[u8; 4] = b"aeiu";
const SYLLABLES: usize = 12;

/// The owner that a fresh site makes for itself. The password is shown once and has to be changed
/// at the first sign-in.
pub struct FirstOwner {
    pub handle: String,
    pub password: String,
}

impl FirstOwner {
    /// Makes the account.
    pub async fn create(state: &AppState) -> anyhow::Result<Self> {
        let password = one_time_password()?;
        let hash = state.auth.passwords.hash(password.clone()).await?;
        let now = state.clock.now_ms();
        for handle in ["keeper", "first-keeper", "site-keeper"] {
            let handle = Handle::parse(handle).context("the first owner's handle")?;
            if state.store.account_by_handle(handle.key()).await?.is_some() {
                continue;
            }
            let id = new_account(&state.store, &handle, hash, Role::Owner, now).await?;
            state.store.set_password_due(&id, true).await?;
            return Ok(Self {
                handle: handle.as_str().to_owned(),
                password,
            });
        }
        anyhow::bail!("no owner was made: its handles are taken; use `partake account create`")
    }
}

/// Twelve syllables of six bits each, in groups that can be read aloud.
fn one_time_password() -> anyhow::Result<String> {
    let mut password = String::new();
    for (i, byte) in entropy::bytes::<SYLLABLES>()?.into_iter().enumerate() {
        if i > 0 && i % 3 == 0 {
            password.push('-');
        }
        password.push(char::from(CONSONANTS[usize::from(byte & 15)]));
        password.push(char::from(VOWELS[usize::from(byte >> 4 & 3)]));
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_time_password_satisfies_the_rules() {
        let password = one_time_password().unwrap();
        assert_eq!(password.len(), 27);
        assert!(
            partake_core::forum::password::choose(&password, "keeper").is_ok(),
            "{password}"
        );
        assert_ne!(password, one_time_password().unwrap());
    }
}

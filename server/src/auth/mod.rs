//! Passwords, the limits on guessing them, and who is signed in.

mod actor;
mod draft;
mod first_owner;
mod limits;
mod passwords;
mod sign_in;

pub use actor::actor;
pub use draft::KeptDraft;
pub use first_owner::FirstOwner;
pub use limits::{Limit, Limits};
pub use passwords::{HashError, Passwords};
pub use sign_in::{SignInFault, new_account, pending, sign_in, sign_out, start_session};

/// Password hashing and the limits on guessing; shared by all requests.
#[derive(Clone, Debug)]
pub struct Auth {
    pub passwords: Passwords,
    pub limits: Limits,
}

impl Auth {
    /// Ready to hash; takes as long as one hash.
    pub fn new() -> anyhow::Result<Self> {
        Ok(Self {
            passwords: Passwords::new()?,
            limits: Limits::default(),
        })
    }
}

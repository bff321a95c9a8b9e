//! Passwords, the limits on guessing them, and who is signed in.

mod actor;
mod draft;
mod first_owner;
mod limits;
mod passwords;
mod recovery;
pub mod second_step;
mod sign_in;

pub use actor::actor;
pub use draft::KeptDraft;
pub use first_owner::FirstOwner;
pub use limits::{Limit, Limits, network};
pub use passwords::{HashError, Passwords};
pub use recovery::FreshCodes;
pub use sign_in::{
    Entered, SignInFault, Waiting, begin_session, enter, new_account, sign_in, sign_out, waiting,
};

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

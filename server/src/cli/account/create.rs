//! `partake account create`.

use anyhow::{anyhow, bail};
use clap::Args;
use partake_core::forum::{Handle, Role};
use partake_store::StoreError;

use super::read_password;
use crate::{
    auth::{Auth, new_account},
    cli::{Context, print_line},
    error::PageError,
};

#[derive(Args, Debug)]
pub(super) struct Create {
    /// Handle under which it writes: 2 to 24 letters, digits, _ or -
    #[arg(long, env = "PARTAKE_ACCOUNT_HANDLE")]
    handle: String,
    /// owner, moderator, researcher or member
    #[arg(long, env = "PARTAKE_ACCOUNT_ROLE")]
    role: Role,
    /// The person has to choose another password at the first sign-in
    #[arg(long)]
    must_change: bool,
}

impl Create {
    pub(super) async fn run(self, context: &Context) -> anyhow::Result<()> {
        let handle = Handle::parse(&self.handle).map_err(|fault| {
            anyhow!("this handle cannot be used ({fault}): take 2 to 24 letters, digits, _ or -")
        })?;
        if context
            .store
            .account_by_handle(handle.key())
            .await?
            .is_some()
        {
            bail!("the handle {} is taken: choose another", handle.as_str());
        }
        let password = read_password(handle.as_str())?;
        let hash = Auth::new()?.passwords.hash(password).await?;
        let now = context.clock.now_ms();
        let id = match new_account(&context.store, &handle, hash, self.role, now).await {
            Ok(id) => id,
            Err(PageError::Conflict) => return Err(StoreError::HandleTaken.into()),
            Err(error) => return Err(error.into()),
        };
        if self.must_change {
            context.store.set_password_due(&id, true).await?;
        }
        print_line(&format!("{} is now {}", handle.as_str(), self.role))
    }
}

//! `partake account set-role`, `reset-password` and `reset-second-step`.

use anyhow::bail;
use clap::Args;
use partake_core::forum::Role;
use partake_store::StoreError;

use super::{named, read_password};
use crate::{
    auth::Auth,
    cli::{Context, print_line},
};

#[derive(Args, Debug)]
pub(super) struct SetRole {
    /// Whose role
    #[arg(long, env = "PARTAKE_ACCOUNT_HANDLE")]
    handle: String,
    /// owner, moderator, researcher or member
    #[arg(long, env = "PARTAKE_ACCOUNT_ROLE")]
    role: Role,
}

impl SetRole {
    pub(super) async fn run(self, context: &Context) -> anyhow::Result<()> {
        let account = named(context, &self.handle).await?;
        match context.store.change_role(&account.id, self.role).await {
            Err(StoreError::LastOwner) => bail!(
                "{} is the only owner: make another owner first",
                account.handle
            ),
            changed => changed?,
        }
        print_line(&format!("{} is now {}", account.handle, self.role))
    }
}

#[derive(Args, Debug)]
pub(super) struct ResetPassword {
    /// Whose password
    #[arg(long, env = "PARTAKE_ACCOUNT_HANDLE")]
    handle: String,
}

impl ResetPassword {
    pub(super) async fn run(self, context: &Context) -> anyhow::Result<()> {
        let account = named(context, &self.handle).await?;
        let password = read_password(&account.handle)?;
        let hash = Auth::new()?.passwords.hash(password).await?;
        context.store.set_password(&account.id, &hash).await?;
        context.store.set_password_due(&account.id, true).await?;
        context.store.delete_sessions_of(&account.id).await?;
        print_line(&format!(
            "{} is signed out everywhere and chooses another password at the next sign-in",
            account.handle
        ))
    }
}

#[derive(Args, Debug)]
pub(super) struct ResetSecondStep {
    /// Whose second step
    #[arg(long, env = "PARTAKE_ACCOUNT_HANDLE")]
    handle: String,
}

impl ResetSecondStep {
    pub(super) async fn run(self, context: &Context) -> anyhow::Result<()> {
        let account = named(context, &self.handle).await?;
        if !context.store.remove_second_step(&account.id).await? {
            bail!("{} has no second step", account.handle);
        }
        context.store.delete_sessions_of(&account.id).await?;
        print_line(&format!(
            "{} is signed out everywhere and signs in with the password alone",
            account.handle
        ))
    }
}

//! `partake account`.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use anyhow::{Context as _, anyhow, bail};
use clap::{Args, Subcommand};
use partake_core::forum::{Handle, Role, password};
use partake_store::StoreError;

use super::{Context, print_line};
use crate::{
    auth::{Auth, new_account},
    error::PageError,
};

#[derive(Args, Debug)]
pub struct AccountCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create an account; the password is read from standard input
    Create {
        /// Handle under which it writes: 2 to 24 letters, digits, _ or -
        #[arg(long, env = "PARTAKE_ACCOUNT_HANDLE")]
        handle: String,
        /// owner, moderator, researcher or member
        #[arg(long, env = "PARTAKE_ACCOUNT_ROLE")]
        role: Role,
        /// The person has to choose another password at the first sign-in
        #[arg(long)]
        must_change: bool,
    },
}

impl AccountCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        let Command::Create {
            handle,
            role,
            must_change,
        } = self.command;
        let handle = Handle::parse(&handle).map_err(|fault| {
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
        let password = password::choose(&read_password()?, handle.as_str()).map_err(|fault| {
            anyhow!("this password cannot be used ({fault}): take 10 to 128 characters that others would not guess")
        })?;
        let hash = Auth::new()?.passwords.hash(password).await?;
        let now = context.clock.now_ms();
        let id = match new_account(&context.store, &handle, hash, role, now).await {
            Ok(id) => id,
            Err(PageError::Conflict) => return Err(StoreError::HandleTaken.into()),
            Err(error) => return Err(error.into()),
        };
        if must_change {
            context.store.set_password_due(&id, true).await?;
        }
        print_line(&format!("{} is now {role}", handle.as_str()))
    }
}

fn read_password() -> anyhow::Result<String> {
    let input = std::io::stdin();
    if input.is_terminal() {
        write!(std::io::stderr(), "Password (it will be visible): ")
            .context("cannot write to the terminal")?;
    }
    let mut line = String::new();
    input
        .lock()
        .read_line(&mut line)
        .context("cannot read the password")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

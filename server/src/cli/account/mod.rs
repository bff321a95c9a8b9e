//! `partake account`.

mod change;
mod create;
mod list;

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use anyhow::{Context as _, anyhow};
use clap::{Args, Subcommand};
use partake_core::forum::{handle::fold, password};
use partake_store::Account;

use super::Context;

#[derive(Args, Debug)]
pub struct AccountCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create an account; the password is read from standard input
    Create(create::Create),
    /// List the accounts with their roles
    List(list::List),
    /// Give an account another role; it is signed out everywhere
    SetRole(change::SetRole),
    /// Set a password for an account, read from standard input; it has to be changed at the next
    /// sign-in
    ResetPassword(change::ResetPassword),
    /// Take the second step of signing in off an account whose authenticator and codes are lost
    ResetSecondStep(change::ResetSecondStep),
}

impl AccountCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        match self.command {
            Command::Create(create) => create.run(context).await,
            Command::List(list) => list.run(context).await,
            Command::SetRole(change) => change.run(context).await,
            Command::ResetPassword(change) => change.run(context).await,
            Command::ResetSecondStep(change) => change.run(context).await,
        }
    }
}

async fn named(context: &Context, handle: &str) -> anyhow::Result<Account> {
    let found = context.store.account_by_handle(&fold(handle)).await?;
    found.ok_or_else(|| anyhow!("nobody has the handle {handle}: see `partake account list`"))
}

/// A password for `handle` from standard input, after the rules of passwords.
fn read_password(handle: &str) -> anyhow::Result<String> {
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
    password::choose(line.trim_end_matches(['\r', '\n']), handle).map_err(|fault| {
        anyhow!("this password cannot be used ({fault}): take 10 to 128 characters that others would not guess")
    })
}

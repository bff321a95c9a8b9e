//! `partake account list`.

use clap::Args;
use serde_json::json;

use crate::{
    cli::{Context, print_line},
    routes::discuss::day,
};

#[derive(Args, Debug)]
pub(super) struct List {
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) async fn run(self, context: &Context) -> anyhow::Result<()> {
        let accounts = context.store.accounts().await?;
        if self.json {
            let rows: Vec<_> = accounts
                .iter()
                .map(|(account, second_step)| {
                    json!({
                        "handle": account.handle,
                        "role": account.role,
                        "suspended": account.suspended,
                        "second_step": second_step,
                        "created_on": day(account.created_ms),
                    })
                })
                .collect();
            return print_line(&serde_json::to_string_pretty(&rows)?);
        }
        for (account, second_step) in accounts {
            let suspended = if account.suspended { ", suspended" } else { "" };
            let step = if second_step { ", second step" } else { "" };
            print_line(&format!(
                "{}: {}{suspended}{step}, since {}",
                account.handle,
                account.role,
                day(account.created_ms),
            ))?;
        }
        Ok(())
    }
}

//! `partake audit`.

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use partake_core::forum::chain::{Hash, hex, unhex};
use serde_json::json;

use super::{Context, print_line};

/// Options of `audit`.
#[derive(Args, Debug)]
pub struct AuditCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Go through the public log of moderation and compare it with its chain of hashes
    Verify {
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// A head noted earlier, from the log's page, its Atom feed or the API: it must still be in
        /// the chain. May be given several times
        #[arg(long, value_name = "HASH", value_parser = hash)]
        head: Vec<Hash>,
    },
}

fn hash(text: &str) -> Result<Hash, String> {
    unhex(text.trim()).ok_or_else(|| "a head is 64 hexadecimal digits".to_owned())
}

impl AuditCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        let Action::Verify { json, head } = self.action;
        let outcome = context
            .store
            .verify_log(&head)
            .await
            .context("the log could not be read")?;
        match outcome {
            Ok(head) if json => print_line(
                &json!({"holds": true, "entries": head.entries, "head": hex(&head.hash)})
                    .to_string(),
            ),
            Ok(head) => print_line(&format!(
                "the log holds: {} entries, head {}",
                head.entries,
                hex(&head.hash)
            )),
            Err(fault) => {
                if json {
                    print_line(&json!({"holds": false, "fault": fault.to_string()}).to_string())?;
                }
                bail!(
                    "the log does not hold: {fault}; compare with a backup and with heads that \
                     others noted"
                )
            }
        }
    }
}

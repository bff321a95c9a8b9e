//! `partake response`.

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use partake_core::response::receipt::Receipt;

use super::{Context, print_line};
use crate::{receipt_words, submission};

/// Options of `response`.
#[derive(Args, Debug)]
pub struct ResponseCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print what is stored under a receipt, as JSON
    Show {
        /// The receipt, as its code or in quotes as its words
        code: String,
    },
}

impl ResponseCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        let What::Show { code } = self.what;
        let receipt = Receipt::parse(&code)
            .ok()
            .or_else(|| receipt_words::read(&code))
            .context("this is not a receipt: compare it with the original, one character is off or missing")?;
        let waves = |survey: &str, version: &str| context.surveys.wave(survey, version);
        let Some((opened, _)) = submission::open(&context.store, waves, &receipt).await? else {
            bail!("no response belongs to this receipt: it may have been withdrawn");
        };
        let shown = serde_json::json!({
            "survey": opened.stored.survey,
            "wave": opened.stored.wave,
            "release": opened.stored.release,
            "lang": opened.sheet.lang,
            "assignment": opened.sheet.assignment,
            "flags": opened.sheet.flags,
            "answers": opened.answers,
        });
        print_line(&serde_json::to_string_pretty(&shown)?)
    }
}

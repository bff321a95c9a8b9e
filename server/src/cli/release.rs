//! `partake release`.

use std::io::{IsTerminal as _, Write as _};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use serde_json::json;
use time::Date;

use super::{Context, print_line};
use crate::{
    entropy,
    release::{AGGREGATES, Outcome, Publisher, RuleArgs, cut},
};

/// Options of `release`.
#[derive(Args, Debug)]
pub struct ReleaseCommand {
    #[command(subcommand)]
    action: Action,
    /// Survey; the featured one when left out
    #[arg(long, global = true, env = "PARTAKE_SURVEY")]
    survey: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make the next release, if enough new responses have come in
    Cut(Box<CutArgs>),
    /// List the releases
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one release
    Show {
        /// Its number
        number: u32,
        /// Print every published number as JSON, the bytes of aggregates.json
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
struct CutArgs {
    /// Say what would be released, and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Who runs the site, for the citation in the files
    #[arg(long, env = "PARTAKE_OPERATOR_NAME")]
    operator_name: Option<String>,
    /// Address under which people reach the site, for the same
    #[arg(long, env = "PARTAKE_BASE_URL")]
    base_url: Option<String>,
    #[command(flatten)]
    rules: RuleArgs,
}

impl ReleaseCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        let survey = context.survey(self.survey.as_deref())?;
        match self.action {
            Action::Cut(options) => {
                let publisher = Publisher {
                    store: context.store.clone(),
                    files: context.files.clone(),
                    name: options.operator_name.clone(),
                    url: options
                        .base_url
                        .as_deref()
                        .map(|url| url.trim_end_matches('/').to_owned()),
                };
                cut_one(&publisher, &survey, context.clock.today(), &options).await
            }
            Action::List { json } => list(context, &survey, json).await,
            Action::Show { number, json } => show(context, &survey, number, json).await,
        }
    }
}

async fn cut_one(
    publisher: &Publisher,
    survey: &str,
    today: Date,
    options: &CutArgs,
) -> anyhow::Result<()> {
    let parameters = &options.rules.parameters();
    let CutArgs { dry_run, json, .. } = *options;
    if std::io::stderr().is_terminal() {
        // Progress for a person; nothing depends on its being seen.
        _ = writeln!(std::io::stderr(), "counting the answers …");
    }
    let outcome = cut(
        publisher,
        survey,
        today,
        parameters,
        &mut entropy::rng()?,
        dry_run,
    )
    .await?;
    match outcome {
        Outcome::TooFew if json => print_line(&json!({ "outcome": "too_few" }).to_string()),
        Outcome::TooFew => print_line(&format!(
            "nothing released: not enough new responses yet (a release adds at least {}, the \
                 first has at least {}, and {} wait until the survey is closed)",
            parameters.min_batch, parameters.first_release, parameters.hold_back
        )),
        Outcome::Cut(cut) if json => {
            let outcome = if dry_run { "would_release" } else { "released" };
            print_line(&json!({ "outcome": outcome, "release": cut }).to_string())
        }
        Outcome::Cut(cut) => print_line(&format!(
            "{} {} of {survey}, {}: n = {} (rounded), {} tables, {} of them withheld for too small \
             a base, {} waiting for a later release, {} cells shown as fewer than {}, {} withheld \
             beside them, {}, {} single answers in the public file ({} of them new), sha256 {}",
            if dry_run {
                "would make release"
            } else {
                "release"
            },
            cut.release,
            cut.date,
            cut.n,
            cut.tables,
            cut.tables_withheld,
            cut.tables_waiting,
            cut.cells_hidden,
            parameters.min_cell,
            cut.cells_withheld,
            cut.narrowest.map_or_else(
                || "nothing hidden".to_owned(),
                |width| format!("narrowest interval of a hidden count {width}"),
            ),
            cut.rows,
            cut.rows_new,
            cut.sha256,
        )),
    }
}

async fn list(context: &Context, survey: &str, json: bool) -> anyhow::Result<()> {
    let mut releases = context.store.releases(survey).await?;
    releases.reverse();
    if json {
        let list: Vec<_> = releases
            .iter()
            .map(|r| {
                json!({"release": r.number, "date": r.day, "n": r.n, "wave": r.wave,
                       "sha256": r.sha256})
            })
            .collect();
        return print_line(&json!({ "releases": list }).to_string());
    }
    if releases.is_empty() {
        return print_line("no release yet");
    }
    for r in releases {
        print_line(&format!(
            "{}\t{}\tn = {}\tinstrument {}\t{}",
            r.number, r.day, r.n, r.wave, r.sha256
        ))?;
    }
    Ok(())
}

async fn show(context: &Context, survey: &str, number: u32, json: bool) -> anyhow::Result<()> {
    let Some(release) = context.store.release(survey, i64::from(number)).await? else {
        bail!("there is no release {number}; `partake release list` names those that exist");
    };
    if json {
        let file = context
            .store
            .release_file(survey, i64::from(number), AGGREGATES)
            .await?
            .context("the release lacks its aggregates")?;
        return print_line(&String::from_utf8(file.body).context("the aggregates are not UTF-8")?);
    }
    print_line(&format!(
        "release {} of {survey}, {}, n = {}, instrument {}",
        release.number, release.day, release.n, release.wave
    ))?;
    print_line(&format!("rules {}", release.params))?;
    for file in context
        .store
        .release_files(survey, i64::from(number))
        .await?
    {
        print_line(&format!(
            "{}  {} ({} bytes)",
            file.sha256, file.name, file.size
        ))?;
    }
    Ok(())
}

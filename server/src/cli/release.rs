//! `partake release`.

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use partake_core::disclosure::{Parameters, Reason};
use partake_store::{Store, instruments::Wave};
use serde_json::json;
use time::Date;

use super::{Context, print_line, progress::Progress};
use crate::{
    entropy,
    release::{AGGREGATES, Cut, Outcome, Publisher, RuleArgs, Step, Watch, cut},
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
    /// Only this version of the instrument; otherwise every one with something left to release
    #[arg(long, value_name = "VERSION")]
    only: Option<String>,
    /// Print JSON, a line for each version
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
                let waves = to_release(&publisher.store, &survey, options.only.as_deref()).await?;
                for wave in &waves {
                    cut_one(&publisher, wave, context.clock.today(), &options).await?;
                }
                Ok(())
            }
            Action::List { json } => list(context, &survey, json).await,
            Action::Show { number, json } => show(context, &survey, number, json).await,
        }
    }
}

/// The version that was named, or the current one and before it every other of which something is
/// left, oldest first.
async fn to_release(store: &Store, survey: &str, only: Option<&str>) -> anyhow::Result<Vec<Wave>> {
    if let Some(version) = only {
        let wave = store.wave(survey, version).await?;
        return Ok(vec![
            wave.with_context(|| format!("{survey} has no version {version}"))?,
        ]);
    }
    let current = store.current_wave(survey).await?;
    let current = current.with_context(|| format!("there is no survey `{survey}`"))?;
    let mut waves = Vec::new();
    for wave in store.waves(survey).await? {
        if wave.version != current.version && store.has_unreleased(survey, &wave.version).await? {
            waves.push(wave);
        }
    }
    waves.push(current);
    Ok(waves)
}

async fn cut_one(
    publisher: &Publisher,
    wave: &Wave,
    today: Date,
    options: &CutArgs,
) -> anyhow::Result<()> {
    let parameters = &options.rules.parameters();
    let CutArgs { dry_run, json, .. } = *options;
    let progress = Arc::new(Mutex::new(Progress::default()));
    let outcome = cut(
        publisher,
        wave,
        today,
        parameters,
        &mut entropy::rng()?,
        dry_run,
        watch(Arc::clone(&progress)),
    )
    .await?;
    progress
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .end();
    match outcome {
        Outcome::TooFew if json => {
            print_line(&json!({ "outcome": "too_few", "wave": wave.version }).to_string())
        }
        Outcome::TooFew => print_line(&too_few(wave, parameters)),
        Outcome::Cut(cut) if json => {
            let outcome = if dry_run { "would_release" } else { "released" };
            print_line(&json!({ "outcome": outcome, "release": cut }).to_string())
        }
        Outcome::Cut(cut) => print_line(&in_words(&cut, parameters)?),
    }
}

fn too_few(wave: &Wave, rules: &Parameters) -> String {
    let waiting = if wave.open {
        format!(
            ", and {} wait until this version is closed",
            rules.hold_back
        )
    } else {
        String::new()
    };
    format!(
        "nothing released of version {}: not enough new responses (a release adds at least {}, \
         the first has at least {}{waiting})",
        wave.version, rules.min_batch, rules.first_release
    )
}

fn watch(progress: Arc<Mutex<Progress>>) -> Watch {
    Arc::new(move |step| {
        let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        match step {
            Step::Reading => progress.say("reading the answers"),
            Step::Counting { done, all } => {
                progress.part("counting", number(done), number(all));
            }
            Step::Protecting => progress.say("hiding, rounding and auditing the tables"),
            Step::SingleAnswers => progress.say("making the file of single answers"),
            Step::Storing => progress.say("storing the release"),
            Step::Rewriting => progress.say("rewriting the answers in random order"),
        }
    })
}

/// What is released and what is not, and why.
fn in_words(cut: &Cut, rules: &Parameters) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let shown = cut.tables - cut.tables_withheld - cut.tables_waiting;
    writeln!(
        out,
        "{} {} of {}, version {}, {}: n = {} (rounded)",
        if cut.dry_run {
            "would make release"
        } else {
            "release"
        },
        cut.release,
        cut.survey,
        cut.wave,
        cut.date,
        cut.n
    )?;
    writeln!(out, "  tables shown       {shown} of {}", cut.tables)?;
    writeln!(
        out,
        "  tables withheld    {} (fewer than {} answered; {} for a table split by background)",
        cut.tables_withheld, rules.min_base, rules.min_split_base
    )?;
    name_tables(&mut out, cut, Reason::BaseBelowMinimum)?;
    writeln!(
        out,
        "  tables waiting     {} (what they would show could be traced, by itself or beside an \
         earlier release)",
        cut.tables_waiting
    )?;
    name_tables(&mut out, cut, Reason::Waits)?;
    writeln!(
        out,
        "  counts hidden      {} (fewer than {})",
        cut.cells_hidden, rules.min_cell
    )?;
    writeln!(
        out,
        "  counts withheld    {} (another could be computed from them)",
        cut.cells_withheld
    )?;
    match cut.narrowest {
        Some(width) => writeln!(
            out,
            "  audit              every hidden count can lie in an interval at least {width} wide \
             (rule: {})",
            rules.min_width
        )?,
        None => writeln!(out, "  audit              nothing is hidden")?,
    }
    writeln!(
        out,
        "  free texts         {} on the lists, {} of them new; {} cleared ones wait (a list has at \
         least {}, and so many join at once)",
        cut.texts, cut.texts_new, cut.texts_waiting, rules.min_texts
    )?;
    writeln!(
        out,
        "  single answers     {} rows, {} of them new (a cohort has at least {} who agreed)",
        cut.rows, cut.rows_new, rules.min_cohort
    )?;
    write!(out, "  sha256             {}", cut.sha256)?;
    if cut.dry_run {
        write!(
            out,
            "\nnothing is stored; which {} responses wait is drawn anew each time",
            rules.hold_back
        )?;
    }
    Ok(out)
}

/// The tables of which nothing is shown, on lines of their own; only where somebody asked first.
fn name_tables(out: &mut String, cut: &Cut, reason: Reason) -> std::fmt::Result {
    let tables = cut.not_shown.iter().filter(|table| table.reason == reason);
    if cut.dry_run {
        for table in tables {
            writeln!(out, "    {}", table.table)?;
        }
    }
    Ok(())
}

async fn list(context: &Context, survey: &str, json: bool) -> anyhow::Result<()> {
    let mut releases = context.store.releases(survey).await?;
    releases.sort_by_key(|release| release.number);
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

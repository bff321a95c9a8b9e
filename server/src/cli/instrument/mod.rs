//! `partake instrument`.

mod export;
mod list;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use partake_core::instrument::{
    Instrument,
    check::{check, times},
    load,
};

use super::{connect, print_line};
use crate::{bootstrap, clock::Clock, config::DatabaseArgs};

/// Options of `instrument`.
#[derive(Args, Debug)]
pub struct InstrumentCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read a file and say what is wrong with it
    Check { file: PathBuf },
    /// Publish a file as the current version of its survey
    Publish { file: PathBuf },
    /// List every published version, and which of them people start on
    List(list::ListCommand),
    /// Show a survey at the paths without a name: the site's first page is then about it
    Feature {
        /// Survey
        survey: String,
    },
    /// Stop a survey from taking responses; the next release is its last
    Close {
        /// Survey
        survey: String,
        /// Only this version; people then start on the newest that is still open
        #[arg(long, value_name = "VERSION")]
        only: Option<String>,
    },
    /// Write a file in the form of another program
    Export(export::ExportCommand),
}

impl InstrumentCommand {
    pub async fn run(self, database: &DatabaseArgs) -> anyhow::Result<()> {
        match self.action {
            Action::Check { file } => {
                let instrument = read(&file)?;
                concerns(&file, &instrument)?;
                print_line(&format!(
                    "{}: {} {} is in order: {} sections, {} questions",
                    file.display(),
                    instrument.id,
                    instrument.version,
                    instrument.sections.len(),
                    instrument.questions().count(),
                ))
            }
            Action::Publish { file } => {
                let store = connect(database).await?;
                bootstrap::migrate(&store).await?;
                let published = bootstrap::publish_file(&store, &file, &Clock::system()).await?;
                print_line(&format!("{published} is published"))
            }
            Action::List(command) => command.run(database).await,
            Action::Feature { survey } => {
                let store = connect(database).await?;
                bootstrap::migrate(&store).await?;
                store
                    .feature_survey(&survey)
                    .await
                    .with_context(|| format!("`{survey}` was not featured"))?;
                print_line(&format!("{survey} is featured"))
            }
            Action::Close { survey, only } => close(database, &survey, only).await,
            Action::Export(command) => command.run(),
        }
    }
}

async fn close(
    database: &DatabaseArgs,
    survey: &str,
    version: Option<String>,
) -> anyhow::Result<()> {
    let store = connect(database).await?;
    bootstrap::migrate(&store).await?;
    let refused = || format!("`{survey}` was not closed");
    if let Some(version) = version {
        store
            .close_wave(survey, &version)
            .await
            .with_context(refused)?;
        return print_line(&format!("{survey} {version} takes no responses any more"));
    }
    if store.close_survey(survey).await.with_context(refused)? == 0 {
        return print_line(&format!("{survey} was closed already"));
    }
    print_line(&format!(
        "{survey} takes no responses any more; `partake release cut --survey {survey}` makes its \
         last release, with nothing held back"
    ))
}

/// What is worth a look, each with its place in the file, and how long it takes.
fn concerns(file: &Path, instrument: &Instrument) -> anyhow::Result<()> {
    let source = std::fs::read_to_string(file)?;
    for finding in check(instrument) {
        let line = line_of(&source, &finding.part);
        print_line(&format!("{}:{line}: {finding}", file.display()))?;
    }
    let times = times(instrument);
    let minutes = |seconds: u32| format!("{}:{:02}", seconds / 60, seconds % 60);
    print_line(&format!(
        "expected time, consent included: shortest {}, median {}, longest {}",
        minutes(times.shortest),
        minutes(times.median),
        minutes(times.longest),
    ))
}

/// The line on which a part has its id; 1 when it is written in a way that is not found.
fn line_of(source: &str, part: &str) -> usize {
    let declares = |line: &str| {
        line.split("id:").nth(1).is_some_and(|rest| {
            let named = rest.trim_start().trim_start_matches(['"', '\'']);
            named.strip_prefix(part).is_some_and(|after| {
                !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            })
        })
    };
    source.lines().position(declares).map_or(1, |at| at + 1)
}

/// Reads an instrument file; the error lists every fault as `file:line:column: what`.
pub fn read(file: &Path) -> anyhow::Result<Instrument> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let Ok(source) = String::from_utf8(bytes) else {
        bail!("{}: not UTF-8 text; save the file as UTF-8", file.display());
    };
    load(&source).map_err(|faults| {
        let lines: Vec<_> = faults
            .iter()
            .map(|f| format!("{}:{}:{}: {}", file.display(), f.line, f.column, f.message))
            .collect();
        anyhow::anyhow!("{}", lines.join("\n"))
    })
}

//! `partake instrument`.

mod export;
mod list;

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use partake_core::instrument::{
    Instrument, MAX_BYTES,
    check::{Times, check},
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
                let source = source(&file)?;
                let instrument = understood(&file, &source)?;
                concerns(&file, &source, &instrument)?;
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
fn concerns(file: &Path, source: &str, instrument: &Instrument) -> anyhow::Result<()> {
    let checked = check(instrument);
    for finding in checked.findings {
        let (line, column) = place_of(source, &finding.part);
        print_line(&format!("{}:{line}:{column}: {finding}", file.display()))?;
    }
    print_line(&expected(&checked.times))
}

/// How long it takes, said only as exactly as it is known.
fn expected(times: &Times) -> String {
    let minutes = |seconds: u32| format!("{}:{:02}", seconds / 60, seconds % 60);
    let (or_less, or_more) = if times.exact {
        ("", "")
    } else {
        (" or less", " or more")
    };
    format!(
        "expected time, consent included: shortest {}{or_less}, median of ways drawn at random {}, \
         longest {}{or_more}",
        minutes(times.shortest),
        minutes(times.median),
        minutes(times.longest),
    )
}

/// The line and column on which a part has its id; the first when it is written in a way that is
/// not found.
fn place_of(source: &str, part: &str) -> (usize, usize) {
    let column = |line: &str| {
        line.match_indices("id:").find_map(|(at, key)| {
            let (before, after) = (line.get(..at)?, line.get(at + key.len()..)?);
            if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
                return None;
            }
            let named = after.trim_start().trim_start_matches(['"', '\'']);
            let rest = named.strip_prefix(part)?;
            if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
                return None;
            }
            let until = line.len() - named.len();
            Some(line.get(..until)?.chars().count() + 1)
        })
    };
    let mut lines = source.lines().zip(1..);
    lines
        .find_map(|(line, at)| Some((at, column(line)?)))
        .unwrap_or((1, 1))
}

/// Reads an instrument file; the error lists every fault as `file:line:column: what`.
pub fn read(file: &Path) -> anyhow::Result<Instrument> {
    understood(file, &source(file)?)
}

/// What stands in a file. One that is too large, or has no end, is not read further than that.
fn source(file: &Path) -> anyhow::Result<String> {
    let cannot = || format!("cannot read {}", file.display());
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(file)
        .with_context(cannot)?
        .take(most + 1)
        .read_to_end(&mut bytes)
        .with_context(cannot)?;
    if bytes.len() > MAX_BYTES {
        bail!(
            "{}: more than {MAX_BYTES} bytes; an instrument has at most that",
            file.display()
        );
    }
    let Ok(source) = String::from_utf8(bytes) else {
        bail!("{}: not UTF-8 text; save the file as UTF-8", file.display());
    };
    Ok(source)
}

fn understood(file: &Path, source: &str) -> anyhow::Result<Instrument> {
    load(source).map_err(|faults| {
        let lines: Vec<_> = faults
            .iter()
            .map(|f| format!("{}:{}:{}: {}", file.display(), f.line, f.column, f.message))
            .collect();
        anyhow::anyhow!("{}", lines.join("\n"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_the_line_and_the_column_of_the_id() {
        let source = "sections:\n  - id: s\n    questions:\n      - {type: 题, id: \"late\"}\n      - {id: late_too}\n";
        assert_eq!(place_of(source, "s"), (2, 9));
        assert_eq!(place_of(source, "late"), (4, 24));
        assert_eq!(place_of(source, "late_too"), (5, 14));
        assert_eq!(place_of(source, "nowhere"), (1, 1));
    }

    #[test]
    #[cfg(unix)]
    fn a_file_without_an_end_is_refused() {
        let refused = read(Path::new("/dev/zero")).unwrap_err().to_string();
        assert!(refused.contains("more than 2097152 bytes"), "{refused}");
    }

    #[test]
    fn times_that_are_only_known_from_one_side_say_so() {
        let times = Times {
            shortest: 60,
            median: 90,
            longest: 125,
            exact: true,
        };
        let told = expected(&times);
        assert!(
            told.contains("shortest 1:00, ") && told.ends_with("longest 2:05"),
            "{told}"
        );
        let told = expected(&Times {
            exact: false,
            ..times
        });
        assert!(
            told.contains("shortest 1:00 or less") && told.ends_with("longest 2:05 or more"),
            "{told}"
        );
    }
}

//! A reader of the published numbers who trusts nothing that the site says of itself: a program in
//! another language, with another solver, over HTTP.

use anyhow::{Result, bail};

use super::Report;
use super::python_tools;
use super::running::{EmptyFolder, Server, partake};
use crate::{build, files, process};

pub(crate) fn check(report: &mut Report) -> Result<()> {
    if !report.check("release binary to be judged", None, build::binary) {
        bail!("there is no release binary to judge");
    }
    let site = Site::with_three_releases(&[])?;
    report.check(
        "published tables over three releases, judged",
        Some("a minute"),
        || site.read_by(&BOUNDS),
    );
    report.check("the same by the audit of Tau-Argus", Some("10 s"), || {
        site.read_by(&TAU_ARGUS)
    });
    drop(site);
    let site = Site::with_three_releases(&[("PARTAKE_MIN_WIDTH", "0")])?;
    for reader in [&BOUNDS, &TAU_ARGUS] {
        let name = format!(
            "a release without the audit is caught by {}",
            reader.program
        );
        report.check(&name, Some("a minute"), || caught(site.read_by(reader)));
    }
    drop(site);
    report.check(
        "published single answers in every format, judged",
        Some("a minute"),
        || judge_files(&[]),
    );
    report.check(
        "a file without anonymisation is caught",
        Some("a minute"),
        || caught(judge_files(&[("PARTAKE_K", "1")])),
    );
    Ok(())
}

/// Exports every format of a second release, in which two cohorts stand, and lets the judge read
/// them. `PARTAKE_DDI_SCHEMA` names the archives' schema, which is not part of the project.
fn judge_files(rules: &[(&str, &str)]) -> Result<()> {
    let folder = EmptyFolder::new("judge-files")?;
    let database = folder.sqlite();
    let run = |arguments: &[&str]| {
        let mut command = partake(folder.path(), &database);
        process::run(command.args(arguments).envs(rules.iter().copied()))
    };
    for (responses, seed) in [("700", "3"), ("1500", "4")] {
        run(&["simulate", "--responses", responses, "--seed", seed])?;
        run(&["release", "cut"])?;
    }
    for format in ["csv", "jsonl", "xlsx", "parquet", "sav", "ddi", "package"] {
        let out = format!("release.{format}");
        run(&[
            "export",
            "--release",
            "2",
            "--format",
            format,
            "--out",
            &out,
        ])?;
    }
    let mut python = python_tools::interpreter("judge-files", "files.txt")?;
    python
        .arg(files::root().join("end2end/judge/files.py"))
        .arg(folder.path());
    if let Some(schema) = std::env::var_os("PARTAKE_DDI_SCHEMA") {
        python.arg("--ddi-schema").arg(schema);
    }
    process::run(&mut python)?;
    // A checker of an older generation, whose dependencies exclude those of the others.
    let mut python = python_tools::interpreter("judge-cff", "cff.txt")?;
    let citation = folder.path().join("package/CITATION.cff");
    process::run(python.args(["-c", CFF]).arg(citation))
}

const CFF: &str = "import sys
from cffconvert.cli.create_citation import create_citation
create_citation(sys.argv[1], None).validate()";

/// A program that reads the published tables.
struct Reader {
    program: &'static str,
    requirement: &'static str,
    arguments: &'static [&'static str],
}

const BOUNDS: Reader = Reader {
    program: "tables.py",
    requirement: "judge.txt",
    arguments: &["--sample", "30"],
};
const TAU_ARGUS: Reader = Reader {
    program: "tauargus.py",
    requirement: "tauargus.txt",
    arguments: &["--splits", "60"],
};

/// A running site with releases to be read.
struct Site {
    server: Server,
    _folder: EmptyFolder,
}

impl Site {
    /// Simulates answers and makes three releases under `rules`.
    fn with_three_releases(rules: &[(&str, &str)]) -> Result<Self> {
        let folder = EmptyFolder::new("judge")?;
        let database = folder.sqlite();
        for (responses, seed) in [("500", "1"), ("60", "2"), ("90", "3")] {
            let run = |arguments: &[&str]| {
                let mut command = partake(folder.path(), &database);
                process::run(command.args(arguments).envs(rules.iter().copied()))
            };
            run(&["simulate", "--responses", responses, "--seed", seed])?;
            run(&["release", "cut"])?;
        }
        Ok(Self {
            server: Server::start(folder.path(), &database)?,
            _folder: folder,
        })
    }

    fn read_by(&self, reader: &Reader) -> Result<()> {
        let name = reader.requirement.trim_end_matches(".txt");
        let mut python = python_tools::interpreter(name, reader.requirement)?;
        python
            .arg(files::root().join("end2end/judge").join(reader.program))
            .arg(self.server.origin())
            .args(reader.arguments);
        process::run(&mut python)
    }
}

fn caught(verdict: Result<()>) -> Result<()> {
    match verdict {
        Ok(()) => bail!("the judge let it pass"),
        Err(_) => Ok(()),
    }
}

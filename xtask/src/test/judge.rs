//! A reader of the published numbers who trusts nothing that the site says of itself: a program in
//! another language, with another solver, over HTTP.

use anyhow::{Result, bail};

use super::Report;
use super::python_tools;
use super::running::{EmptyFolder, Server, partake};
use crate::{build, files, process};

/// Splits looked at beside all one-way tables; all of them take minutes.
const SPLITS: &str = "30";

pub(crate) fn check(report: &mut Report) -> Result<()> {
    if !report.check("release binary to be judged", None, build::binary) {
        bail!("there is no release binary to judge");
    }
    report.check(
        "published tables over three releases, judged",
        Some("a minute"),
        || judge(&[]),
    );
    report.check(
        "a release without the audit is caught",
        Some("a minute"),
        || {
            let caught = judge(&[("PARTAKE_MIN_WIDTH", "0")]).is_err();
            if caught {
                Ok(())
            } else {
                bail!("the judge let it pass")
            }
        },
    );
    Ok(())
}

/// Simulates answers, makes three releases under `rules`, and lets the judge read them.
fn judge(rules: &[(&str, &str)]) -> Result<()> {
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
    let server = Server::start(folder.path(), &database)?;
    let mut python = python_tools::interpreter("judge", "judge.txt")?;
    python
        .arg(files::root().join("end2end/judge/tables.py"))
        .arg(server.origin())
        .args(["--sample", SPLITS]);
    process::run(&mut python)
}

//! Attacks on a running site and on its files, each of which has to find what it looks for where
//! the protection it aims at is turned off.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{Report, postgres::Cluster, python_tools};
use crate::{build, files, process};

pub(crate) fn check(report: &mut Report) -> Result<()> {
    if !report.check("release binary to be attacked", None, build::binary) {
        bail!("there is no release binary to attack");
    }
    if !report.check(
        "a build whose protections can be turned off",
        Some("2 min the first time"),
        build_unprotected,
    ) {
        bail!("there is nothing to show that the attacks can succeed");
    }
    let cluster = Cluster::start()?;
    report.check(
        "poller, injection, thief, linker; the last two on PostgreSQL too",
        Some("4 min"),
        || {
            process::run(
                judge("attacks.py")?
                    .arg(unprotected())
                    .args(["--postgres", &cluster.url("postgres"), "--cluster"])
                    .arg(cluster.folder())
                    .env("PATH", cluster.on_path()?),
            )
        },
    );
    drop(cluster);
    report.check(
        "a release killed, twice at once, without room, of very few",
        Some("a minute"),
        || process::run(&mut judge("mishaps.py")?),
    );
    report.check(
        "files in a bucket, on a bad line, on a full disk",
        Some("2 min"),
        || {
            let mut python = python_tools::interpreter("bucket", "bucket.txt")?;
            process::run(python.arg(program("storage.py")).arg(files::binary()))
        },
    );
    Ok(())
}

/// A program of the judges, told where the release binary is.
fn judge(program: &str) -> Result<Command> {
    let python = process::find("python3").context("there is no python3")?;
    let mut command = Command::new(python);
    command.arg(self::program(program)).arg(files::binary());
    Ok(command)
}

fn program(name: &str) -> PathBuf {
    files::root().join("end2end/judge").join(name)
}

fn unprotected() -> PathBuf {
    files::target().join("unprotected/partake")
}

/// Built among the others, whose dependencies it shares, and moved away so that nobody takes it
/// for one of them.
fn build_unprotected() -> Result<()> {
    process::run(process::cargo().args([
        "build",
        "--package",
        "partake-server",
        "--bin",
        "partake",
        "--features",
        "unprotected",
    ]))?;
    let place = unprotected();
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::rename(files::target().join("debug/partake"), place)?;
    Ok(())
}

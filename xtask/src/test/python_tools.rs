//! Checkers that come as ready programs from the Python package index: pinned, with their digests,
//! in a folder of ours.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{files, process};

const LIMIT: Duration = Duration::from_secs(180);

/// The program on the path, or the one that `requirement` (a file beside this crate) brings.
pub(crate) fn program(name: &str, requirement: &str) -> Result<PathBuf> {
    if let Some(found) = process::find(name) {
        return Ok(found);
    }
    let folder = files::target().join("tools").join(name);
    let program = folder.join("bin").join(name);
    if program.is_file() {
        return Ok(program);
    }
    install(&folder, "--prefix", requirement)?;
    if !program.is_file() {
        bail!(
            "pip installed {name}, but not where it belongs: {}",
            program.display()
        );
    }
    Ok(program)
}

/// Python, able to import what `requirement` brings.
pub(crate) fn interpreter(name: &str, requirement: &str) -> Result<Command> {
    let folder = files::target().join("tools").join(name);
    let complete = folder.join(".complete");
    if !complete.is_file() {
        install(&folder, "--target", requirement)?;
        std::fs::write(&complete, "")?;
    }
    let mut command = Command::new(python()?);
    command.env("PYTHONPATH", folder);
    Ok(command)
}

fn python() -> Result<PathBuf> {
    process::find("python3").context("there is no python3")
}

fn install(folder: &Path, place: &str, requirement: &str) -> Result<()> {
    process::run_within(
        Command::new(python()?)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--require-hashes",
            ])
            .args(["--disable-pip-version-check", "--no-warn-script-location"])
            .args([
                "--root-user-action",
                "ignore",
                "--ignore-installed",
                "--only-binary=:all:",
            ])
            .arg(place)
            .arg(folder)
            .arg("--requirement")
            .arg(files::root().join("xtask/tools").join(requirement)),
        LIMIT,
    )
}

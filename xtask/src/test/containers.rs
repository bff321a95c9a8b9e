//! The Dockerfile and compose.yaml, as far as they can be checked without a container engine.

use std::process::Command;

use anyhow::{Result, bail};

use super::{Report, python_tools};
use crate::{files, process, say};

pub(crate) fn check(report: &mut Report) -> Result<()> {
    match python_tools::program("hadolint", "hadolint.txt") {
        Ok(program) => {
            report.check("hadolint", None, || {
                process::run(
                    Command::new(program)
                        .current_dir(files::root())
                        .arg("Dockerfile"),
                )
            });
        }
        Err(error) => say::note(format_args!(
            "hadolint is not to be had ({error:#}); only the checks of our own run"
        )),
    }
    report.check("the image is built by the same commands", None, image);
    report.check("no secret in compose.yaml", None, compose);
    Ok(())
}

fn image() -> Result<()> {
    let file = std::fs::read_to_string(files::root().join("Dockerfile"))?;
    let instructions: Vec<&str> = file
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'))
        .collect();
    let has = |text: &str| instructions.iter().any(|line| line.contains(text));
    let mut missing = Vec::new();
    for (text, why) in [
        (
            "cargo xtask build",
            "the build is the one that developers run",
        ),
        (
            "target/release/partake",
            "the image holds the binary that this build leaves",
        ),
        (
            "HEALTHCHECK",
            "an engine must see when the server is not well",
        ),
        ("USER ", "the server does not run as root"),
        ("VOLUME", "the data outlives the container"),
    ] {
        if !has(text) {
            missing.push(format!("Dockerfile lacks `{text}`: {why}"));
        }
    }
    if instructions
        .iter()
        .any(|line| line.starts_with("RUN") && line.contains("cargo build"))
    {
        missing.push("Dockerfile calls `cargo build` beside `cargo xtask build`".to_owned());
    }
    if !missing.is_empty() {
        bail!("{}", missing.join("\n"));
    }
    Ok(())
}

fn compose() -> Result<()> {
    let file = std::fs::read_to_string(files::root().join("compose.yaml"))?;
    let mut found = Vec::new();
    for (number, line) in file.lines().enumerate() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let secret = ["PASSWORD", "SECRET", "KEY"]
            .iter()
            .any(|word| key.contains(word));
        if secret && !value.trim().is_empty() && !value.contains("${") {
            found.push(format!(
                "compose.yaml:{}: {} has a value",
                number + 1,
                key.trim()
            ));
        }
    }
    if !found.is_empty() {
        bail!("{}", found.join("\n"));
    }
    Ok(())
}

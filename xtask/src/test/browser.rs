//! The journey of a person with a browser, on both engines.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Report;
use super::{fonts, postgres::Cluster};
use crate::{apt, build, files, process, say, stamp};

pub(crate) fn check(report: &mut Report) -> Result<()> {
    if !report.check("release build for the browser", None, build::binary) {
        bail!("there is no release binary to visit");
    }
    let browser = browser()?;
    install_packages()?;
    // Each file has a site of its own; two of them keep two cores busy, but beside a database server
    // that was once too much for a browser.
    for (engine, files_at_a_time) in [("sqlite", 2), ("postgres", 1)] {
        let name = format!("browser journey on {engine}");
        report.check(&name, Some("some minutes"), || {
            let cluster = if engine == "postgres" {
                Some(Cluster::start()?)
            } else {
                None
            };
            let mut journey = node("node")?;
            journey
                .args(["--test", "--test-reporter=spec"])
                .arg(format!("--test-concurrency={files_at_a_time}"))
                .env("PARTAKE_BIN", files::binary())
                .env("CHROMIUM", &browser);
            if let Some(cluster) = &cluster {
                journey
                    .env("E2E_POSTGRES", cluster.url("postgres"))
                    .env("PATH", cluster.on_path()?);
            }
            process::run(&mut journey)
        });
    }
    Ok(())
}

fn browser() -> Result<PathBuf> {
    let find = || {
        ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(process::find)
    };
    if let Some(browser) = std::env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .or_else(find)
    {
        fonts::install()?;
        return Ok(browser);
    }
    apt::install(&["chromium"], "testing in a browser")?;
    fonts::install()?;
    find().context("chromium is installed, but not on the path")
}

pub(super) fn install_packages() -> Result<()> {
    let folder = files::root().join("end2end");
    let lock = folder.join("package-lock.json");
    let stamp_file = folder.join("node_modules/.partake-stamp");
    let stamp = stamp::of(&[lock], &[])?;
    if stamp::matches(&stamp_file, &stamp) {
        return Ok(());
    }
    say::step("fetching packages for Node.js", None, || {
        process::run(node("npm")?.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
        stamp::keep(&stamp_file, &stamp)
    })
}

/// A program of Node.js, at home among its packages.
pub(super) fn node(program: &str) -> Result<Command> {
    if process::find(program).is_none() {
        bail!("{program} is not on the path; install Node.js 20 or newer with npm");
    }
    let mut command = Command::new(program);
    command.current_dir(files::root().join("end2end"));
    Ok(command)
}

//! The results page against a bare route that returns the same bytes from memory.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result};

use super::load::{Measured, ask};
use crate::{
    build, files, process, say,
    test::running::{EmptyFolder, Server, fetch, partake},
};

const RESPONSES: &str = "2000";
const CONNECTIONS: usize = 64;
const ROUNDS: usize = 3;
const TIME: Duration = Duration::from_secs(5);
/// Least share of the bare route's requests per second.
const RATIO: f64 = 0.7;
/// Most brotli bytes of the page and its style sheet together.
const FIRST_SCREEN: usize = 60_000;

const PATH: &str = "/en/results";

/// Ends a process when dropped.
struct Bare(Child);

impl Drop for Bare {
    fn drop(&mut self) {
        if self.0.kill().and(self.0.wait()).is_err() {
            say::note(format_args!("the bare route may be left running"));
        }
    }
}

pub(super) fn run() -> Result<bool> {
    build::binary()?;
    process::run(process::cargo().args([
        "build",
        "--release",
        "--package",
        "partake-server",
        "--example",
        "bare_route",
    ]))?;
    let folder = EmptyFolder::new("bench-results")?;
    let database = folder.sqlite();
    let simulate = ["simulate", "--responses", RESPONSES, "--seed", "1"];
    process::run(partake(folder.path(), &database).args(simulate))?;
    process::run(partake(folder.path(), &database).args(["release", "cut"]))?;
    let server = Server::start(folder.path(), &database)?;

    let mut passed = first_screen(&server)?;
    for encoding in ["identity", "br"] {
        passed &= compare(&folder, &server, encoding)?;
    }
    Ok(passed)
}

fn first_screen(server: &Server) -> Result<bool> {
    let (_, page) = fetch(server.port(), PATH, "br")?;
    let manifest = std::fs::read_to_string(files::site().join("manifest.json"))?;
    let style = crate::test::bars::compressed(&manifest, "style.css")?;
    let all = page.len() + usize::try_from(style)?;
    say::line(&format!(
        "first screen: page {} and style {style} bytes as brotli, {all} together, at most {FIRST_SCREEN}",
        page.len()
    ));
    Ok(all <= FIRST_SCREEN)
}

fn compare(folder: &EmptyFolder, server: &Server, encoding: &str) -> Result<bool> {
    let (_, page) = fetch(server.port(), PATH, encoding)?;
    let file = folder.path().join(format!("page.{encoding}"));
    std::fs::write(&file, &page)?;
    let port = process::free_port()?;
    let child = Command::new(files::target().join("release/examples/bare_route"))
        .arg(format!("127.0.0.1:{port}"))
        .arg(&file)
        .stdout(Stdio::null())
        .spawn()
        .context("starting the bare route")?;
    let mut bare = Bare(child);
    process::wait_for("the bare route", &mut bare.0, TIME, || {
        fetch(port, "/", encoding).ok()
    })
    .map_err(anyhow::Error::msg)?;
    // In turn, so that a machine that gets busy slows both.
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(ask(port, "/", encoding, CONNECTIONS, TIME)?);
        ours.push(ask(server.port(), PATH, encoding, CONNECTIONS, TIME)?);
    }
    let (ours, theirs) = (best(ours)?, best(theirs)?);
    let ratio = ours.per_second / theirs.per_second;
    say::line(&format!(
        "{encoding}, {} bytes, {CONNECTIONS} connections: {:.0} requests/s (p99 {:.1} ms), bare route \
         {:.0} (p99 {:.1} ms), ratio {ratio:.2}, at least {RATIO}",
        page.len(),
        ours.per_second,
        ours.p99.as_secs_f64() * 1000.0,
        theirs.per_second,
        theirs.p99.as_secs_f64() * 1000.0,
    ));
    Ok(ratio >= RATIO)
}

fn best(rounds: Vec<Measured>) -> Result<Measured> {
    rounds
        .into_iter()
        .max_by(|a, b| a.per_second.total_cmp(&b.per_second))
        .context("no round was measured")
}

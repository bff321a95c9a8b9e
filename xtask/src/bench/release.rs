//! `release cut` over very many responses: time, memory, and how the counting compares with a bare
//! reading of the same rows.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::test::running::{EmptyFolder, partake};
use crate::{build, process, say};

const RESPONSES: u64 = 1_000_000;
const TIME: Duration = Duration::from_secs(60);
const MEMORY: u64 = 600_000_000;
/// Twice the responses may take this many times as long.
const GROWTH: f64 = 2.2;
/// Counting may take this many times a bare reading and parsing.
const PASS: f64 = 3.0;
const POLL: Duration = Duration::from_millis(50);

pub(super) fn measure() -> Result<bool> {
    build::binary()?;
    let one = EmptyFolder::new("bench-one")?;
    let (time, memory) = release(&one, RESPONSES)?;
    let pass = aggregate_pass(&one)?;
    drop(one);
    let two = EmptyFolder::new("bench-two")?;
    let (twice, _) = release(&two, 2 * RESPONSES)?;
    let growth = twice.as_secs_f64() / time.as_secs_f64();
    let megabytes = |bytes: u64| format!("{} MB", bytes / 1_000_000);
    Ok([
        bar("time", say::seconds(time), say::seconds(TIME), time <= TIME),
        bar(
            "memory",
            megabytes(memory),
            megabytes(MEMORY),
            memory <= MEMORY,
        ),
        bar(
            "twice the responses, times the time",
            format!("{growth:.2}"),
            GROWTH.to_string(),
            growth <= GROWTH,
        ),
        bar(
            "counting, times a bare reading and parsing",
            format!("{pass:.2}"),
            PASS.to_string(),
            pass <= PASS,
        ),
    ]
    .into_iter()
    .all(|held| held))
}

fn bar(what: &str, is: String, most: String, held: bool) -> bool {
    let verdict = if held { "ok    " } else { "MISSED" };
    say::line(&format!("  {verdict} {what}: {is}, at most {most}"));
    held
}

/// Fills a database and makes its first release.
fn release(folder: &EmptyFolder, responses: u64) -> Result<(Duration, u64)> {
    let database = folder.sqlite();
    say::step(
        &format!("{responses} simulated responses"),
        Some("many minutes"),
        || {
            process::run(partake(folder.path(), &database).args([
                "simulate",
                "--responses",
                &responses.to_string(),
                "--seed",
                "1",
            ]))
        },
    )?;
    let mut cut = partake(folder.path(), &database);
    cut.args(["release", "cut"]);
    watched(&mut cut)
}

/// Time and greatest memory of a program.
fn watched(command: &mut Command) -> Result<(Duration, u64)> {
    say::note(format_args!("$ {}", process::shown(command)));
    let start = Instant::now();
    let mut child = command.spawn()?;
    let mut most = 0;
    loop {
        most = most.max(high_water(&child).unwrap_or(0));
        if let Some(status) = child.try_wait()? {
            if !status.success() {
                bail!("it ended with {status}");
            }
            return Ok((start.elapsed(), most));
        }
        std::thread::sleep(POLL);
    }
}

fn high_water(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

fn aggregate_pass(folder: &EmptyFolder) -> Result<f64> {
    let output = process::output(
        process::cargo()
            .args(["run", "--release", "--quiet", "--package", "partake-server"])
            .args(["--example", "aggregate_pass"])
            .env("DATABASE_URL", folder.sqlite()),
    )?;
    say::note(output.trim());
    let ratio = output.split_whitespace().last();
    Ok(ratio.context("no ratio")?.parse()?)
}

//! What the terminal shows: each step by name, and the time it took.

use std::fmt::Display;
use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Result;

/// A closed pipe is the reader's choice; the work goes on.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

pub(crate) fn note(text: impl Display) {
    line(&format!("    {text}"));
}

pub(crate) fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "error: {text}");
}

pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// Runs a step under its name; `expect` says beforehand what a long one costs.
pub(crate) fn step<T>(
    name: &str,
    expect: Option<&str>,
    work: impl FnOnce() -> Result<T>,
) -> Result<T> {
    match expect {
        Some(expect) => line(&format!("--> {name} ({expect})")),
        None => line(&format!("--> {name}")),
    }
    let start = Instant::now();
    let result = work();
    let time = seconds(start.elapsed());
    match &result {
        Ok(_) => line(&format!("    done: {name}, {time}")),
        Err(_) => line(&format!("    FAILED: {name}, {time}")),
    }
    result
}

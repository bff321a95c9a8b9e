//! `cargo xtask test`: everything that has to hold, in groups.

mod adult;
mod attacks;
pub(crate) mod bars;
mod browser;
mod containers;
mod durability;
mod fonts;
mod format;
mod judge;
mod licences;
mod lint;
mod million;
mod moderation;
mod oracle;
pub(crate) mod postgres;
mod python_tools;
mod rules;
pub(crate) mod running;
mod units;

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::say;

/// A part of the whole that can be run by itself.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    run: fn(&mut Report) -> Result<()>,
}

/// Cheap groups first: a slip in the layout should not cost half an hour.
pub(crate) const GROUPS: &[Group] = &[
    Group {
        name: "fmt",
        about: "layout of the Rust sources",
        run: format::check,
    },
    Group {
        name: "rules",
        about: "bans, lengths and names of files, arrows",
        run: rules::check,
    },
    Group {
        name: "deny",
        about: "licences and origins of dependencies",
        run: licences::check,
    },
    Group {
        name: "docker",
        about: "Dockerfile and compose.yaml",
        run: containers::check,
    },
    Group {
        name: "lint",
        about: "clippy for the server and for WebAssembly",
        run: lint::check,
    },
    Group {
        name: "unit",
        about: "all Rust tests, the store on both engines",
        run: units::check,
    },
    Group {
        name: "bars",
        about: "sizes, memory, time of 10 000 responses",
        run: bars::check,
    },
    Group {
        name: "judge",
        about: "what is published, found out by other programs",
        run: judge::check,
    },
    Group {
        name: "attacks",
        about: "somebody after single answers, from outside and with all files",
        run: attacks::check,
    },
    Group {
        name: "oracle",
        about: "exported surveys asked by other programs, comments beside their specification",
        run: oracle::check,
    },
    Group {
        name: "e2e",
        about: "a browser's journey, on both engines",
        run: browser::check,
    },
];

/// What takes long and says more than the daily run has to know; run only by name.
pub(crate) const LONG: &[Group] = &[
    Group {
        name: "durability",
        about: "long: 20 kills on each engine, two servers at once, submissions beside plain inserts",
        run: durability::check,
    },
    Group {
        name: "moderation",
        about: "long: the queue and the log at size, five minutes of everybody at once",
        run: moderation::check,
    },
    Group {
        name: "million",
        about: "long: a million rows, a million responses; 20 GB of disk",
        run: million::check,
    },
];

/// What was found so far.
pub(crate) struct Report {
    done: Vec<(String, Duration, bool)>,
}

impl Report {
    /// Runs a step; a failure is printed and counted, and the other steps go on.
    pub(crate) fn check(
        &mut self,
        name: &str,
        expect: Option<&str>,
        work: impl FnOnce() -> Result<()>,
    ) -> bool {
        let start = Instant::now();
        let result = say::step(name, expect, work);
        if let Err(error) = &result {
            say::note(
                format_args!("{error:#}")
                    .to_string()
                    .replace('\n', "\n    "),
            );
        }
        self.done
            .push((name.to_owned(), start.elapsed(), result.is_ok()));
        result.is_ok()
    }
}

/// Runs the named groups, or all. `false` when anything failed.
pub(crate) fn run(chosen: &[String]) -> Result<bool> {
    let start = Instant::now();
    let mut report = Report { done: Vec::new() };
    let by_name = LONG.iter().filter(|_| !chosen.is_empty());
    for group in GROUPS.iter().chain(by_name) {
        if chosen.is_empty() || chosen.iter().any(|name| name == group.name) {
            say::line(&format!("\n=== {}: {}", group.name, group.about));
            if let Err(error) = (group.run)(&mut report) {
                let name = format!("the rest of {}", group.name);
                say::note(format_args!("FAILED: {name}: {error:#}"));
                report.done.push((name, Duration::ZERO, false));
            }
        }
    }
    say::line(&format!("\n=== {} in all", say::seconds(start.elapsed())));
    for (name, time, passed) in &report.done {
        let verdict = if *passed { "ok    " } else { "FAILED" };
        say::line(&format!("  {verdict} {:>9}  {name}", say::seconds(*time)));
    }
    let passed = report.done.iter().filter(|(_, _, passed)| *passed).count();
    let failed = report.done.len() - passed;
    say::line(&format!("\n{passed} passed, {failed} failed"));
    Ok(failed == 0)
}

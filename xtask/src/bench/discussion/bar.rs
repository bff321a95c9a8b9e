//! Figures beside their limits.

use std::time::Duration;

use crate::say;

/// Times of one thing that was done again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Times(Vec<Duration>);

impl Times {
    pub(super) fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(super) fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The time that so many in a thousand stay below.
    pub(super) fn below(&self, thousandths: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * thousandths / 1_000).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or(Duration::MAX)
    }

    pub(super) fn median(&self) -> Duration {
        self.below(500)
    }

    pub(super) fn p95(&self) -> Duration {
        self.below(950)
    }

    pub(super) fn p99(&self) -> Duration {
        self.below(990)
    }
}

/// Says whether a figure keeps its limit.
pub(super) fn at_most(what: &str, is: f64, most: f64, unit: &str) -> bool {
    let held = is <= most;
    let verdict = if held { "ok    " } else { "MISSED" };
    say::line(&format!(
        "  {verdict} {what}: {is:.2}{unit}, at most {most}{unit}"
    ));
    held
}

pub(super) fn p95_at_most(what: &str, times: &Times, most: Duration) -> bool {
    let what = format!(
        "{what}, p95 (median {:.1} ms)",
        milliseconds(times.median())
    );
    at_most(&what, milliseconds(times.p95()), milliseconds(most), " ms")
}

pub(super) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// How busy the machine was in the last minute.
pub(super) fn load() -> String {
    let read = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    read.split(' ').next().unwrap_or_default().to_owned()
}

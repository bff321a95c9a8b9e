//! The numbers behind the rules. They are stored and published with every release.

use serde::{Deserialize, Serialize};

/// Thresholds of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameters {
    /// A count below this is shown as "fewer than".
    pub min_cell: u64,
    /// Counts are rounded to the nearest multiple of this.
    pub round_to: u64,
    /// A table in which fewer people answered is not shown.
    pub min_base: u64,
    /// The first release waits for this many responses, the held-back ones not counted.
    pub first_release: u64,
    /// This many responses, drawn at random, wait for a later release.
    pub hold_back: u64,
    /// A release adds at least this many responses.
    pub min_batch: u64,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            min_cell: 10,
            round_to: 5,
            min_base: 30,
            first_release: 30,
            hold_back: 20,
            min_batch: 20,
        }
    }
}

impl Parameters {
    /// `count` rounded to the nearest multiple of `round_to`, halves up.
    #[must_use]
    pub const fn round(&self, count: u64) -> u64 {
        if self.round_to == 0 {
            return count;
        }
        (count + self.round_to / 2) / self.round_to * self.round_to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_go_to_the_nearest_five() {
        let rounded: Vec<_> = (10..=18).map(|n| Parameters::default().round(n)).collect();
        assert_eq!(rounded, [10, 10, 10, 15, 15, 15, 15, 15, 20]);
    }
}

//! The numbers behind the rules. They are stored and published with every release.

use serde::{Deserialize, Serialize};

/// Thresholds of a release.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Parameters {
    /// A count below this is shown as "fewer than".
    pub min_cell: u64,
    /// Counts are rounded to the nearest multiple of this.
    pub round_to: u64,
    /// A table in which fewer people answered is not shown.
    pub min_base: u64,
    /// A table split by a background question in which fewer people answered is not shown.
    pub min_split_base: u64,
    /// The first release waits for this many responses, the held-back ones not counted.
    pub first_release: u64,
    /// This many responses, drawn at random, wait for a later release.
    pub hold_back: u64,
    /// A release adds at least this many responses.
    pub min_batch: u64,
    /// Every hidden count can lie anywhere in an interval at least this wide (highest possible
    /// minus lowest possible), and the increment of every published count between two releases
    /// can have at least this many values.
    pub min_width: u64,
    /// A group in which at least this share gave the same sensitive answer is not shown.
    pub max_share: f64,
    /// Lists of free texts: fewest texts of a list, and fewest that join one at a release.
    pub min_texts: u64,
    /// The public file: least rows that share a combination of background answers.
    pub k: u64,
    /// The public file: least different values of each sensitive question among them.
    pub l: u64,
    /// The public file: consenting responses that make a cohort.
    pub min_cohort: u64,
    /// The public file: share of a cohort, drawn at random, that enters.
    pub sample: f64,
    /// The public file: greatest share of a cohort's rows that loses its whole background.
    pub max_suppressed: f64,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            min_cell: 10,
            round_to: 5,
            min_base: 30,
            min_split_base: 50,
            first_release: 30,
            hold_back: 20,
            min_batch: 20,
            min_width: 5,
            max_share: 0.9,
            min_texts: 10,
            k: 10,
            l: 2,
            min_cohort: 200,
            sample: 0.85,
            max_suppressed: 0.05,
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

    /// The lowest and the highest exact count that [`Parameters::round`] turns into `published`.
    #[must_use]
    pub const fn unround(&self, published: u64) -> (u64, u64) {
        if self.round_to == 0 {
            return (published, published);
        }
        let below = self.round_to / 2;
        (
            published.saturating_sub(below),
            published + (self.round_to - 1 - below),
        )
    }

    /// True when no rule is looser than by default.
    #[must_use]
    pub fn at_least_as_strict(&self, other: &Self) -> bool {
        self.min_cell >= other.min_cell
            && self.round_to >= other.round_to
            && self.min_base >= other.min_base
            && self.min_split_base >= other.min_split_base
            && self.first_release >= other.first_release
            && self.hold_back >= other.hold_back
            && self.min_batch >= other.min_batch
            && self.min_width >= other.min_width
            && self.max_share <= other.max_share
            && self.min_texts >= other.min_texts
            && self.k >= other.k
            && self.l >= other.l
            && self.min_cohort >= other.min_cohort
            && self.sample <= other.sample
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

    #[test]
    fn a_rounded_count_stands_for_exactly_what_is_rounded_to_it() {
        for round_to in [0, 1, 3, 5, 10] {
            let rules = Parameters {
                round_to,
                ..Parameters::default()
            };
            for count in 0..60 {
                let published = rules.round(count);
                let (low, high) = rules.unround(published);
                let same: Vec<_> = (0..90).filter(|&c| rules.round(c) == published).collect();
                assert_eq!((same[0], same[same.len() - 1]), (low, high));
            }
        }
    }

    #[test]
    fn a_stricter_rule_is_told_from_a_looser_one() {
        let rules = Parameters::default();
        let stricter = Parameters {
            min_cell: 20,
            ..rules
        };
        assert!(stricter.at_least_as_strict(&rules));
        assert!(!rules.at_least_as_strict(&stricter));
    }
}

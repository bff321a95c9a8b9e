//! Orders in which comments are read.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Order of the comments under one parent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// By [`best_rank`], the earlier first where it is equal.
    #[default]
    Best,
    /// The latest first.
    New,
    /// The earliest first.
    Old,
    /// Those that were replied to last first, at whatever depth.
    Active,
}

impl Sort {
    /// Every order, as offered.
    pub const ALL: [Self; 4] = [Self::Best, Self::New, Self::Old, Self::Active];

    /// The code in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::New => "new",
            Self::Old => "old",
            Self::Active => "active",
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A code that names no order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an order: {0}")]
pub struct UnknownSort(pub String);

impl FromStr for Sort {
    type Err = UnknownSort;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|sort| sort.as_str() == s)
            .ok_or_else(|| UnknownSort(s.to_owned()))
    }
}

/// Quantile of the normal distribution that leaves 10 % above it.
const Z: f64 = 1.281_551_565_545;

/// Rank of a comment with so many votes for and against it: the lower bound of Wilson's interval
/// (one-sided 90 %) for the share in favour, in billionths. A comment with few votes stands below
/// one with many at the same share. Whole numbers, because a page's cursor compares them for
/// equality and two databases must agree on them.
#[must_use]
pub fn best_rank(up: u32, down: u32) -> i64 {
    let n = f64::from(up) + f64::from(down);
    if n == 0.0 {
        return 0;
    }
    let p = f64::from(up) / n;
    let centre = p + Z * Z / (2.0 * n);
    let margin = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let bound = ((centre - margin) / (1.0 + Z * Z / n)).clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1e9")]
    let rank = (bound * 1e9).round() as i64;
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_votes_rank_lowest() {
        assert_eq!(best_rank(0, 0), 0);
        assert!(best_rank(1, 0) > 0);
    }

    #[test]
    fn many_votes_at_the_same_share_rank_above_few() {
        assert!(best_rank(80, 20) > best_rank(8, 2));
        assert!(best_rank(8, 2) > best_rank(4, 1));
    }

    #[test]
    fn a_vote_for_never_lowers_and_a_vote_against_never_raises() {
        for up in 0..40 {
            for down in 0..40 {
                assert!(best_rank(up + 1, down) >= best_rank(up, down));
                assert!(best_rank(up, down + 1) <= best_rank(up, down) || up == 0);
            }
        }
    }

    #[test]
    fn the_bound_is_wilsons() {
        // 9 of 10: centre 0.9 + 1.642375 / 20, margin 1.281552 * sqrt(0.009 + 0.004106),
        // divided by 1 + 1.642375 / 10.
        let expected = (0.982_118_7 - 0.146_714_2) / 1.164_237_5;
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        let got = best_rank(9, 1) as f64 / 1e9;
        assert!((got - expected).abs() < 1e-4, "{got} {expected}");
    }
}

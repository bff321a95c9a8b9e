//! Two measures of how numbers go together, each with its interval.

use std::{cmp::Ordering, collections::BTreeMap};

use super::relations::Found;
use crate::disclosure::{Z, real};

/// Digits that a correlation is told with.
const PRECISION: f64 = 10_000.0;

fn told(value: f64) -> f64 {
    (value * PRECISION).round() / PRECISION
}

/// A number that can be sorted by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ordered(pub(super) f64);

impl PartialEq for Ordered {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Spearman's rank correlation of pairs of numbers, each with how often it occurs; ties have the
/// middle of their ranks. The interval is Fisher's with the error of Bonett and Wright (2000), which
/// holds for ranks.
pub(super) fn spearman(pairs: &[(f64, f64, u64)]) -> Option<Found> {
    let (first, second) = (
        middle_ranks(pairs.iter().map(|p| (p.0, p.2))),
        middle_ranks(pairs.iter().map(|p| (p.1, p.2))),
    );
    let n: u64 = pairs.iter().map(|p| p.2).sum();
    let mean = (real(n) + 1.0) / 2.0;
    let (mut together, mut of_first, mut of_second) = (0.0, 0.0, 0.0);
    for (a, b, count) in pairs {
        let (x, y) = (
            first.get(&Ordered(*a))? - mean,
            second.get(&Ordered(*b))? - mean,
        );
        together += x * y * real(*count);
        of_first += x * x * real(*count);
        of_second += y * y * real(*count);
    }
    let rho = together / (of_first * of_second).sqrt();
    if n <= 3 || !rho.is_finite() {
        return None;
    }
    let rho = rho.clamp(-1.0, 1.0);
    let error = ((1.0 + rho * rho / 2.0) / (real(n) - 3.0)).sqrt();
    let bound = |sign: f64| (rho.atanh() + sign * Z * error).tanh();
    Some(Found {
        value: told(rho),
        low: told(bound(-1.0)),
        high: told(bound(1.0)),
        parts: Vec::new(),
    })
}

fn middle_ranks(values: impl Iterator<Item = (f64, u64)>) -> BTreeMap<Ordered, f64> {
    let mut counts: BTreeMap<Ordered, u64> = BTreeMap::new();
    for (value, count) in values {
        *counts.entry(Ordered(value)).or_default() += count;
    }
    let mut before = 0;
    counts
        .into_iter()
        .map(|(value, count)| {
            let rank = real(before) + (real(count) + 1.0) / 2.0;
            before += count;
            (value, rank)
        })
        .collect()
}

/// What a linear model of one number by two others needs to know.
#[derive(Debug, Default)]
pub(super) struct Sums {
    n: u64,
    mean: [f64; 3],
    /// Sums of products of the distances from the means.
    spread: [[f64; 3]; 3],
}

impl Sums {
    /// Adds the two that explain and the one that is explained.
    pub(super) fn add(&mut self, values: [f64; 3]) {
        self.n += 1;
        let before: [f64; 3] = std::array::from_fn(|i| values[i] - self.mean[i]);
        for (mean, distance) in self.mean.iter_mut().zip(before) {
            *mean += distance / real(self.n);
        }
        let after: [f64; 3] = std::array::from_fn(|i| values[i] - self.mean[i]);
        for (row, distance) in self.spread.iter_mut().zip(before) {
            for (sum, other) in row.iter_mut().zip(after) {
                *sum += distance * other;
            }
        }
    }

    pub(super) const fn n(&self) -> u64 {
        self.n
    }

    /// The first standardised slope minus the second, with the interval that the model's own error
    /// gives.
    pub(super) fn slopes(&self) -> Option<Found> {
        let correlation = |i: usize, j: usize| {
            let of = |i: usize, j: usize| self.spread.get(i)?.get(j).copied();
            Some(of(i, j)? / (of(i, i)? * of(j, j)?).sqrt())
        };
        let (first, second, between) = (correlation(0, 2)?, correlation(1, 2)?, correlation(0, 1)?);
        let apart = 1.0 - between * between;
        let slopes = [
            (first - between * second) / apart,
            (second - between * first) / apart,
        ];
        let explained = slopes[0] * first + slopes[1] * second;
        let left = (1.0 - explained).max(0.0) / (real(self.n) - 3.0);
        let reach = Z * (left * 2.0 / (1.0 - between)).sqrt();
        let value = slopes[0] - slopes[1];
        let sound = self.n > 3 && [value, reach].iter().all(|v| v.is_finite());
        sound.then(|| Found {
            value: told(value),
            low: told(value - reach),
            high: told(value + reach),
            parts: slopes.map(told).to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As SciPy's `spearmanr` gives it.
    const RHO: f64 = 0.7301;

    #[test]
    fn ranks_with_ties_give_the_correlation_of_another_program() {
        let pairs = [
            (1.0, 2.0, 1),
            (2.0, 1.0, 2),
            (3.0, 4.0, 1),
            (4.0, 3.0, 1),
            (-5.0, 5.0, 1),
            (6.0, 7.0, 2),
            (7.0, 6.0, 1),
            (8.0, 8.0, 1),
        ];
        let found = spearman(&pairs).expect("a correlation");
        assert_eq!(found.value, RHO);
        assert!(found.low < found.value && found.value < found.high);
    }

    /// As NumPy's least squares of the standardised numbers give it.
    #[test]
    fn slopes_and_their_interval_are_those_of_another_program() {
        let mut sums = Sums::default();
        for i in 0..60_i32 {
            let (a, b, c) = (i % 7, i * i % 11, i * 5 % 13);
            sums.add([a, b, 3 * a + b + c].map(f64::from));
        }
        let expected = Found {
            value: 0.4292,
            low: 0.2396,
            high: 0.6189,
            parts: vec![0.7794, 0.3501],
        };
        assert_eq!(sums.slopes(), Some(expected));
    }

    #[test]
    fn where_all_say_the_same_there_is_no_correlation() {
        assert_eq!(spearman(&[(1.0, 1.0, 40), (2.0, 1.0, 40)]), None);
        assert_eq!(spearman(&[]), None);
        let mut sums = Sums::default();
        (0..40).for_each(|i| sums.add([f64::from(i % 5), 3.0, f64::from(i)]));
        assert_eq!(sums.slopes(), None);
    }
}

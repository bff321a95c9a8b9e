//! How far two people agree who judged the same things without knowing of each other.

use std::collections::BTreeSet;

/// Cohen's kappa of pairs of verdicts: 1 is agreement throughout, 0 what chance alone would give.
/// `None` without pairs, and where both gave one and the same verdict throughout, so that chance
/// alone would agree fully.
#[must_use]
pub fn kappa<V: Ord + Copy>(pairs: &[(V, V)]) -> Option<f64> {
    let n = count(pairs.len());
    if pairs.is_empty() {
        return None;
    }
    let observed = count(pairs.iter().filter(|(a, b)| a == b).count()) / n;
    let verdicts: BTreeSet<V> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    let expected: f64 = verdicts
        .iter()
        .map(|verdict| {
            let first = count(pairs.iter().filter(|(a, _)| a == verdict).count());
            let second = count(pairs.iter().filter(|(_, b)| b == verdict).count());
            first * second / (n * n)
        })
        .sum();
    let beyond_chance = 1.0 - expected;
    (beyond_chance > f64::EPSILON).then(|| (observed - expected) / beyond_chance)
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(counts: [(char, char, usize); 4]) -> Vec<(char, char)> {
        counts
            .into_iter()
            .flat_map(|(a, b, n)| std::iter::repeat_n((a, b), n))
            .collect()
    }

    #[test]
    fn the_textbook_table_gives_the_textbook_value() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, expected 0.5.
        let table = pairs([
            ('y', 'y', 20),
            ('y', 'n', 5),
            ('n', 'y', 10),
            ('n', 'n', 15),
        ]);
        assert!((kappa(&table).unwrap() - 0.4).abs() < 1e-12);
    }

    #[test]
    fn agreement_throughout_is_one_and_opposition_below_zero() {
        let same = pairs([('y', 'y', 3), ('n', 'n', 4), ('y', 'n', 0), ('n', 'y', 0)]);
        assert_eq!(kappa(&same), Some(1.0));
        let opposed = pairs([('y', 'n', 5), ('n', 'y', 5), ('y', 'y', 0), ('n', 'n', 0)]);
        assert_eq!(kappa(&opposed), Some(-1.0));
    }

    #[test]
    fn where_nothing_varies_there_is_nothing_to_measure() {
        assert_eq!(kappa::<u8>(&[]), None);
        assert_eq!(kappa(&[('y', 'y'); 9]), None);
    }
}

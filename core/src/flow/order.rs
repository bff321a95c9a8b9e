//! Order, from one seed per respondent.
//!
//! The shuffle is the public `randomize(list, seed)` of ODK XForms: the minimal standard generator
//! of Park and Miller drives an inside-out Fisher-Yates shuffle. Anyone can recompute the order
//! that a respondent saw, and an export to that format shows the same order.
//!
//! One seed must not give two lists related orders, so every list has a seed of its own: the
//! 32-bit FNV-1a hash of the respondent's seed (four bytes, little endian) followed by the list's
//! name in UTF-8, then the finaliser of MurmurHash3. Names are `question` (options, rows,
//! statements), `question.tasks`, `question.items.0` (best-worst), `question.pin.row`, and the
//! factor's id for the levels of an experiment.

use serde::{Deserialize, Serialize};

/// What all order and all factor levels of one respondent follow from. It is drawn on the device
/// or by the server and is not stored with the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed(pub u32);

impl Seed {
    /// The seed of one list.
    #[must_use]
    pub fn of_list(self, list: &str) -> u32 {
        let bytes = self.0.to_le_bytes().into_iter().chain(list.bytes());
        let fnv = bytes.fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        let h = (fnv ^ (fnv >> 16)).wrapping_mul(0x85eb_ca6b);
        let h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
        h ^ (h >> 16)
    }

    /// A number below `n` for the named list; 0 when `n` is 0.
    #[must_use]
    pub(crate) fn below(self, list: &str, n: usize) -> usize {
        MinimalStandard::new(i64::from(self.of_list(list))).below(n)
    }

    /// The list in this respondent's order.
    #[must_use]
    pub(crate) fn shuffled<T: Clone>(self, list: &str, items: &[T]) -> Vec<T> {
        shuffle(items, i64::from(self.of_list(list)))
    }
}

const MODULUS: i64 = 2_147_483_647;

struct MinimalStandard(i64);

impl MinimalStandard {
    fn new(seed: i64) -> Self {
        let state = seed % MODULUS;
        Self(if state <= 0 {
            state + MODULUS - 1
        } else {
            state
        })
    }

    #[expect(
        clippy::as_conversions,
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the definition is in floating point; all values are below 2^31"
    )]
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0 * 16_807 % MODULUS;
        let unit = (self.0 - 1) as f64 / (MODULUS - 1) as f64;
        ((unit * n as f64).floor() as usize).min(n.saturating_sub(1))
    }
}

/// `randomize(items, seed)` of ODK XForms.
#[must_use]
pub fn shuffle<T: Clone>(items: &[T], seed: i64) -> Vec<T> {
    let mut random = MinimalStandard::new(seed);
    let mut out: Vec<T> = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let j = random.below(i + 1);
        out.push(item.clone());
        out.swap(i, j);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffles_as_the_published_vectors_say() {
        let letters: Vec<char> = "ABCDEF".chars().collect();
        for (seed, expected) in [
            (42, "AFCBDE"),
            (-42, "EDAFBC"),
            (1, "BFEACD"),
            (11_111_111, "ACDBFE"),
        ] {
            assert_eq!(
                shuffle(&letters, seed).iter().collect::<String>(),
                expected,
                "{seed}"
            );
        }
    }

    #[test]
    fn seeds_of_lists_are_as_documented() {
        assert_eq!(Seed(1).of_list("agency"), 1_949_477_335);
        assert_eq!(Seed(u32::MAX).of_list("ai_tasks"), 443_952_185);
        let options = [
            "know", "refuse", "consult", "share", "learn", "liable", "slow",
        ];
        assert_eq!(
            Seed(12_345).shuffled("change_rank", &options),
            [
                "slow", "consult", "refuse", "liable", "share", "learn", "know"
            ],
            "computed by another program from the description above"
        );
    }

    #[test]
    fn lists_of_one_seed_have_seeds_of_their_own() {
        assert_ne!(Seed(7).of_list("agency"), Seed(7).of_list("change3y"));
        assert_ne!(Seed(7).of_list("agency"), Seed(8).of_list("agency"));
    }

    #[test]
    fn levels_come_out_about_equally_often() {
        let mut seen = [0_u32; 4];
        for seed in 0..8_000 {
            seen[Seed(seed).below("x", 4)] += 1;
        }
        assert!(seen.iter().all(|n| (1_850..2_150).contains(n)), "{seen:?}");
    }
}

//! The lists of a release.

use serde::{Deserialize, Serialize};

use super::MARK;
use crate::{
    disclosure::public_text,
    instrument::{Instrument, Kind, Question, TextRelease},
    lang::Text,
};

/// Every list of a release, in the order of the questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLists {
    /// Number of the release.
    pub release: u32,
    /// Fewest texts of a list, and fewest that join one.
    pub minimum: u64,
    /// What stands where words were taken out.
    pub mark: String,
    /// Every question of which texts may be published.
    pub questions: Vec<QuestionTexts>,
}

/// The texts of one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionTexts {
    /// Its id.
    pub question: String,
    /// Its title.
    pub title: Text,
    /// In no order; empty while there are too few.
    pub texts: Vec<String>,
}

impl TextLists {
    /// The lists that `texts` gives for each question.
    #[must_use]
    pub fn new(
        instrument: &Instrument,
        release: u32,
        minimum: u64,
        mut texts: impl FnMut(&str) -> Vec<String>,
    ) -> Self {
        Self {
            release,
            minimum,
            mark: MARK.to_owned(),
            questions: publishable(instrument)
                .map(|question| QuestionTexts {
                    question: question.id.clone(),
                    title: public_text(instrument, &question.title),
                    texts: texts(&question.id),
                })
                .collect(),
        }
    }
}

/// The questions of which texts may be published, once somebody has read them.
pub fn publishable(instrument: &Instrument) -> impl Iterator<Item = &Question> {
    instrument
        .questions()
        .filter(|question| match &question.kind {
            Kind::ShortText(text) | Kind::LongText(text) => text.release != TextRelease::Never,
            _ => false,
        })
}

/// The list of one question: the texts that were on it before and are still there, and the new
/// ones if they are at least `minimum`, in random order. Empty while it would be shorter.
///
/// Fewer new ones wait, because two lists side by side show what joined. `below(n)` returns a
/// uniform number below `n`.
#[must_use]
pub fn listed<T>(
    before: Vec<T>,
    new: Vec<T>,
    minimum: u64,
    mut below: impl FnMut(usize) -> usize,
) -> Vec<T> {
    let minimum = usize::try_from(minimum).unwrap_or(usize::MAX);
    let mut list = before;
    if new.len() >= minimum {
        list.extend(new);
    }
    if list.len() < minimum {
        return Vec::new();
    }
    for i in (1..list.len()).rev() {
        list.swap(i, below(i + 1).min(i));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(before: u32, new: u32) -> Vec<u32> {
        listed(
            (0..before).collect(),
            (before..before + new).collect(),
            10,
            |n| n / 2,
        )
    }

    #[test]
    fn nine_texts_wait_and_ten_are_a_list() {
        assert!(list(0, 9).is_empty());
        assert_eq!(list(0, 10).len(), 10);
    }

    #[test]
    fn what_joins_a_list_is_ten_or_nothing() {
        assert_eq!(list(12, 9).len(), 12);
        assert_eq!(list(12, 10).len(), 22);
    }

    #[test]
    fn a_list_that_lost_too_many_is_gone_until_ten_new_ones_are_there() {
        assert!(list(9, 9).is_empty());
        assert_eq!(list(9, 10).len(), 19);
    }

    #[test]
    fn every_order_of_a_short_list_is_drawn_alike() {
        let mut count = std::collections::BTreeMap::new();
        for draw in 0..6 {
            let order = listed(vec![0, 1, 2], vec![], 1, |n| {
                if n == 3 { draw / 2 } else { draw % 2 }
            });
            *count.entry(order).or_insert(0) += 1;
        }
        assert_eq!(count.len(), 6);
    }

    proptest! {
        /// Whoever lays the lists of all releases side by side finds no group of fewer than ten
        /// texts that appeared together.
        #[test]
        fn in_any_history_texts_join_by_ten(
            steps in prop::collection::vec((0_usize..25, 0_usize..4), 1..8), seed in 0_usize..99,
        ) {
            let (mut published, mut waiting, mut next) = (Vec::new(), Vec::new(), 0);
            for (cleared, withdrawn) in steps {
                waiting.extend(next..next + cleared);
                next += cleared;
                published.truncate(published.len().saturating_sub(withdrawn));
                let now = listed(published.clone(), waiting.clone(), 10, |n| seed % n);
                let joined: Vec<_> = now.iter().filter(|t| !published.contains(t)).collect();
                prop_assert!(joined.is_empty() || joined.len() >= 10);
                prop_assert!(now.is_empty() || now.len() >= 10);
                prop_assert!(now.is_empty() || published.iter().all(|t| now.contains(t)));
                if !joined.is_empty() {
                    waiting.clear();
                    published = now;
                }
            }
        }
    }
}

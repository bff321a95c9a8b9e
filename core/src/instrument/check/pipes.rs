//! Where a text may show a gap: its own pipes, and those of the computed texts that it inserts.

use super::{model::Model, texts};
use crate::{flow::Expr, instrument::ComputedValue, lang::Text};

/// Computed texts that are looked into for one text.
const MOST_CASES: usize = 200;

/// A pipe without a fallback.
pub(super) struct Gap {
    /// The part whose text has the pipe.
    pub(super) part: String,
    /// The question that it names.
    pub(super) name: String,
    /// When the text is shown; `None` is always.
    pub(super) shown: Option<Expr>,
}

/// The gaps of a text that is shown under a condition, and a computed text that was not looked into
/// any more.
pub(super) fn gaps(
    model: &Model<'_>,
    part: &str,
    text: &Text,
    shown: Option<&Expr>,
) -> (Vec<Gap>, Option<String>) {
    let (mut gaps, mut left_out) = (Vec::new(), None);
    let mut open = vec![(part.to_owned(), text, shown.cloned())];
    let mut looked = 0;
    while let Some((part, text, shown)) = open.pop() {
        for name in texts::bare_pipes(text) {
            if model.place(&name).is_some() {
                gaps.push(Gap {
                    part: part.clone(),
                    name,
                    shown: shown.clone(),
                });
            }
        }
        // A computed text is there for everyone, with a fallback and without.
        for name in texts::pipes(text) {
            let value = model.instrument.computed(&name).map(|c| &c.value);
            let Some(ComputedValue::Cases(cases)) = value else {
                continue;
            };
            for (at, (_, text)) in cases.iter().enumerate() {
                if texts::pipes(text).is_empty() {
                    continue;
                }
                looked += 1;
                if looked > MOST_CASES {
                    left_out = Some(name.clone());
                    continue;
                }
                let both = shown.iter().cloned().chain(alone(cases, at));
                let both = both.reduce(|left, right| Expr::And(Box::new(left), Box::new(right)));
                open.push((name.clone(), text, both));
            }
        }
    }
    (gaps, left_out)
}

/// When a case is the one: it holds and none before it does.
pub(super) fn alone(cases: &[(Option<Expr>, Text)], at: usize) -> Option<Expr> {
    let own = cases.get(at).and_then(|(when, _)| when.clone());
    let before = cases.iter().take(at).filter_map(|(when, _)| when.clone());
    let not = before.map(|earlier| Expr::Not(Box::new(earlier)));
    own.into_iter()
        .chain(not)
        .reduce(|all, next| Expr::And(Box::new(all), Box::new(next)))
}

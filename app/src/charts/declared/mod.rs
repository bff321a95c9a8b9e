//! What the instrument declared before anyone answered: hypotheses and indices, each with its rule
//! and its result.

mod claims;
mod indices;
mod rule;
mod units;
mod view;

use super::source::Source;
use crate::i18n::t;
use claims::claim;
use indices::index;

pub use view::{DeclaredView, DeclaredViewProps};

/// Hypotheses and indices of a release.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    pub title: String,
    pub lede: String,
    pub claims: Vec<Claim>,
    pub indices_title: String,
    pub indices_lede: String,
    pub indices: Vec<Index>,
    pub registered: String,
}

/// One hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub id: String,
    pub claim: String,
    pub verdict: String,
    /// Class that tells the results apart beside their words.
    pub class: &'static str,
    /// The figures that decide it, and where there are none, why.
    pub figures: Vec<String>,
    /// The rule in words.
    pub rule: String,
    /// Measure and rule as they were registered.
    pub registered: [String; 2],
}

/// One index.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    pub id: String,
    pub label: String,
    pub figure: String,
    pub detail: String,
    /// Value, what is certain, and the interval, in per cent of the range.
    pub marks: Option<(f64, (f64, f64))>,
    /// Where zero lies, when it lies inside of the range.
    pub zero: Option<f64>,
    /// How it is computed.
    pub rule: Option<String>,
    /// In which form it is published.
    pub published: String,
    /// Each answer that it reads, and its chart.
    pub sources: Vec<(String, String)>,
}

/// `None` when the instrument declares nothing.
#[must_use]
pub fn declared(source: &Source<'_>) -> Option<Declared> {
    let instrument = source.instrument;
    if instrument.hypotheses.is_empty() && instrument.derived.is_empty() {
        return None;
    }
    let word = |key| t(source.lang, key);
    Some(Declared {
        title: word("charts-declared"),
        lede: word("charts-declared-lede"),
        claims: instrument
            .hypotheses
            .iter()
            .map(|h| claim(source, h))
            .collect(),
        indices_title: word("charts-indices"),
        indices_lede: word("charts-indices-lede"),
        indices: instrument
            .derived
            .iter()
            .filter_map(|d| index(source, d))
            .collect(),
        registered: word("charts-registered"),
    })
}

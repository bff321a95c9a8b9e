//! How the answers of one person go together, counted on exactly what the public file says: whoever
//! downloads it gets the same figures, so they tell nothing that the file does not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    association::{Ordered, Sums, spearman},
    variables::{Role, Variable},
};
use crate::{
    disclosure::Formula,
    flow::Expr,
    instrument::{Hypothesis, Instrument, Kind, Measure, PublicFile},
};

/// What the public file says of a hypothesis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// The hypothesis.
    pub hypothesis: String,
    /// What the figures are.
    pub figure: RelationFigure,
    /// Rows that have all the answers it takes.
    pub n: u64,
    /// The figures; `None` when they cannot be computed, because too few rows have the answers or
    /// all gave the same one.
    pub found: Option<Found>,
}

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationFigure {
    /// Spearman's rank correlation, with the interval of Bonett and Wright (2000).
    RankCorrelation,
    /// The first standardised slope minus the second, of least squares.
    SlopeDifference,
}

/// A figure with its 95 % interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The best single value.
    pub value: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// For a difference, what it is one of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<f64>,
}

/// True for a measure that the public file of `instrument` decides.
#[must_use]
pub fn from_public_file(instrument: &Instrument, measure: &Measure) -> bool {
    let Some(file) = &instrument.public_file else {
        return false;
    };
    let variables = super::variables(instrument, file);
    gathering(instrument, file, &variables, "", measure).is_some()
}

/// Reads the file row by row; of the rows only how many gave which answers is kept.
#[derive(Debug)]
pub struct Relating<'a> {
    instrument: &'a Instrument,
    gatherings: Vec<Gathering>,
}

impl<'a> Relating<'a> {
    /// A file of which the cells stand in the order of `variables`.
    #[must_use]
    pub fn new(instrument: &'a Instrument, file: &PublicFile, variables: &[Variable]) -> Self {
        let of = |hypothesis: &Hypothesis| {
            let measure = hypothesis.measure.as_ref()?;
            gathering(instrument, file, variables, &hypothesis.id, measure)
        };
        Self {
            instrument,
            gatherings: instrument.hypotheses.iter().filter_map(of).collect(),
        }
    }

    /// Adds a row; `cell` gives the cell of a variable by its place.
    pub fn add<'c>(&mut self, cell: impl Fn(usize) -> &'c str) {
        for gathering in &mut self.gatherings {
            gathering.add(self.instrument, &cell);
        }
    }

    /// The figures, in the order of the hypotheses.
    #[must_use]
    pub fn finish(self) -> Vec<Relation> {
        self.gatherings.into_iter().map(Gathering::finish).collect()
    }
}

#[derive(Debug)]
struct Gathering {
    hypothesis: String,
    /// What is set side by side.
    sides: Vec<Side>,
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    /// How many rows have which pair of values.
    Pairs(BTreeMap<(Ordered, Ordered), u64>),
    Sums(Sums),
}

/// A number of each row: a formula over the cells of some columns.
#[derive(Debug)]
struct Side {
    formula: Formula,
    columns: Vec<(usize, String)>,
}

fn gathering(
    instrument: &Instrument,
    file: &PublicFile,
    variables: &[Variable],
    hypothesis: &str,
    measure: &Measure,
) -> Option<Gathering> {
    let (names, kept) = match measure {
        Measure::Correlation { first, second } => {
            (vec![first, second], Kept::Pairs(BTreeMap::new()))
        }
        Measure::Slopes { first, second, on } => {
            (vec![first, second, on], Kept::Sums(Sums::default()))
        }
        _ => return None,
    };
    let sides = names
        .into_iter()
        .map(|name| Side::new(instrument, file, variables, name))
        .collect::<Option<_>>()?;
    Some(Gathering {
        hypothesis: hypothesis.to_owned(),
        sides,
        kept,
    })
}

impl Gathering {
    fn add<'c>(&mut self, instrument: &Instrument, cell: &impl Fn(usize) -> &'c str) {
        let numbers: Option<Vec<f64>> = self
            .sides
            .iter()
            .map(|side| side.value(instrument, cell))
            .collect();
        match (&mut self.kept, numbers.as_deref()) {
            (Kept::Pairs(pairs), Some(&[a, b])) => {
                *pairs.entry((Ordered(a), Ordered(b))).or_default() += 1;
            }
            (Kept::Sums(sums), Some(&[a, b, on])) => sums.add([a, b, on]),
            _ => {}
        }
    }

    fn finish(self) -> Relation {
        let (figure, n, found) = match self.kept {
            Kept::Pairs(pairs) => {
                let pairs: Vec<_> = pairs.into_iter().map(|((a, b), n)| (a.0, b.0, n)).collect();
                let n = pairs.iter().map(|(_, _, n)| n).sum();
                (RelationFigure::RankCorrelation, n, spearman(&pairs))
            }
            Kept::Sums(sums) => (RelationFigure::SlopeDifference, sums.n(), sums.slopes()),
        };
        Relation {
            hypothesis: self.hypothesis,
            figure,
            n,
            found,
        }
    }
}

impl Side {
    /// `None` when the file does not tell what it takes as it was answered.
    fn new(
        instrument: &Instrument,
        file: &PublicFile,
        variables: &[Variable],
        name: &str,
    ) -> Option<Self> {
        let expr = match instrument.derived(name) {
            Some(derived) => derived.expr.clone()?,
            None => Expr::Question(name.to_owned()),
        };
        let formula = Formula::of(instrument, &expr)?;
        let columns = formula
            .slots
            .iter()
            .map(|(question, row)| {
                let at = variables.iter().position(|v| {
                    v.question == *question
                        && v.part == *row
                        && matches!(v.role, Role::Plain | Role::Sensitive)
                })?;
                let merged = file.merges.iter().any(|m| m.question == *question);
                (!merged).then(|| (at, question.clone()))
            })
            .collect::<Option<_>>()?;
        Some(Self { formula, columns })
    }

    fn value<'c>(&self, instrument: &Instrument, cell: &impl Fn(usize) -> &'c str) -> Option<f64> {
        let slots: Vec<Option<f64>> = self
            .columns
            .iter()
            .map(|(at, question)| number(instrument, question, cell(*at)))
            .collect();
        self.formula.value(&slots)
    }
}

/// What a cell counts as; states and codes for a missing answer are none.
fn number(instrument: &Instrument, question: &str, cell: &str) -> Option<f64> {
    let question = instrument.question(question)?;
    match (&question.kind, question.choice(cell)) {
        // What a slider offers besides its values may be called by a number.
        (Kind::Slider(_), Some(_)) => None,
        (Kind::Slider(_), None) => cell.parse().ok().filter(|value: &f64| value.is_finite()),
        (_, choice) => choice.filter(|choice| choice.missing.is_none())?.value,
    }
}

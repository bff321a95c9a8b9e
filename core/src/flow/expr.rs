//! Conditions and formulas as typed trees. The loader parses and checks them; the tree travels
//! with the instrument, so that the browser needs no parser.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::instrument::{ComputedValue, Instrument};

/// A condition or formula.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// A number.
    Number(f64),
    /// A code or level.
    Text(String),
    /// The answer to a question.
    Question(String),
    /// One row of a matrix: question and row.
    Cell(String, String),
    /// A computed value.
    Computed(String),
    /// The level drawn for a factor.
    Factor(String),
    /// A declared index.
    Derived(String),
    /// Negation.
    Not(Box<Expr>),
    /// Both hold.
    And(Box<Expr>, Box<Expr>),
    /// At least one holds.
    Or(Box<Expr>, Box<Expr>),
    /// A comparison; false as soon as one side is missing, whatever the operator.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// The value is one of these codes; false when it is missing.
    In(Box<Expr>, Vec<String>),
    /// The value is none of these codes; false when it is missing.
    NotIn(Box<Expr>, Vec<String>),
    /// Sum; missing when one side is.
    Add(Box<Expr>, Box<Expr>),
    /// Difference; missing when one side is.
    Sub(Box<Expr>, Box<Expr>),
    /// Product; missing when one side is.
    Mul(Box<Expr>, Box<Expr>),
    /// Quotient; missing when one side is, and when divided by zero.
    Div(Box<Expr>, Box<Expr>),
    /// The year of a date.
    Year(Box<Expr>),
    /// True when a substantive answer is there.
    Answered(Box<Expr>),
    /// A multiple choice includes this code.
    Has(String, String),
    /// Number of substantive codes in a multiple choice; missing when it is unanswered.
    Count(String),
    /// Value on the question's scale.
    Val(Box<Expr>),
    /// Value on the question's scale, turned round: least + greatest - value.
    Rev(Box<Expr>),
    /// Mean of what is not missing; missing when fewer than the given number are there.
    Mean(u32, Vec<Expr>),
    /// Maps the two bounds to 0 and 100.
    Rescale(Box<Expr>, f64, f64),
}

impl Expr {
    /// Adds the ids of the questions whose answers this reads, computed values and indices seen
    /// through.
    pub fn mentions(&self, instrument: &Instrument, ids: &mut BTreeSet<String>) {
        match self {
            Self::Question(id) | Self::Cell(id, _) | Self::Has(id, _) | Self::Count(id) => {
                ids.insert(id.clone());
            }
            Self::Computed(id) => match instrument.computed(id).map(|c| &c.value) {
                Some(ComputedValue::Expr(inner)) => inner.mentions(instrument, ids),
                Some(ComputedValue::Cases(cases)) => {
                    let conditions = cases.iter().filter_map(|(when, _)| when.as_ref());
                    conditions.for_each(|when| when.mentions(instrument, ids));
                }
                None => {}
            },
            Self::Derived(id) => {
                if let Some(inner) = instrument.derived(id).and_then(|d| d.expr.as_ref()) {
                    inner.mentions(instrument, ids);
                }
            }
            _ => {
                for part in self.parts() {
                    part.mentions(instrument, ids);
                }
            }
        }
    }

    /// The expressions that this one is made of.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Number(_)
            | Self::Text(_)
            | Self::Question(_)
            | Self::Cell(..)
            | Self::Computed(_)
            | Self::Factor(_)
            | Self::Derived(_)
            | Self::Has(..)
            | Self::Count(_) => Vec::new(),
            Self::Not(inner)
            | Self::In(inner, _)
            | Self::NotIn(inner, _)
            | Self::Answered(inner)
            | Self::Val(inner)
            | Self::Rev(inner)
            | Self::Year(inner)
            | Self::Rescale(inner, ..) => vec![inner],
            Self::And(left, right)
            | Self::Or(left, right)
            | Self::Compare(_, left, right)
            | Self::Add(left, right)
            | Self::Sub(left, right)
            | Self::Mul(left, right)
            | Self::Div(left, right) => vec![left, right],
            Self::Mean(_, parts) => parts.iter().collect(),
        }
    }
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// `==`
    #[serde(rename = "==")]
    Equal,
    /// `!=`
    #[serde(rename = "!=")]
    NotEqual,
    /// `<`
    #[serde(rename = "<")]
    Less,
    /// `<=`
    #[serde(rename = "<=")]
    AtMost,
    /// `>`
    #[serde(rename = ">")]
    Greater,
    /// `>=`
    #[serde(rename = ">=")]
    AtLeast,
}

impl Comparison {
    /// Whether it holds between a left side and a right side that are ordered like this.
    #[must_use]
    pub const fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::AtLeast => ordering.is_ge(),
        }
    }
}

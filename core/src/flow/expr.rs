//! Conditions and formulas as typed trees. The loader parses and checks them; the tree travels
//! with the instrument, so that the browser needs no parser.

use serde::{Deserialize, Serialize};

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

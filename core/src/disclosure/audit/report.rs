//! `audit.json`: the proof that ships with a release.

use serde::{Deserialize, Serialize};

use crate::disclosure::{Parameters, Status, Sum};

/// What a release says about itself, so that anyone can compute it again from the published
/// tables: solve, for each hidden cell, for its smallest and largest value under the sums that
/// `sum` names, with every shown number anywhere within its rounding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    /// Number of the release.
    pub release: u32,
    /// The rules.
    pub parameters: Parameters,
    /// Hidden cells in all tables.
    pub hidden: u64,
    /// Width of the narrowest interval of them all; `None` when nothing is hidden.
    pub narrowest: Option<u64>,
    /// Tables with hidden cells. One that is withheld as a whole has none to audit.
    pub tables: Vec<AuditedTable>,
    /// Which earlier publication each table was compared with.
    pub increments: Vec<AuditedIncrement>,
}

/// The hidden cells of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditedTable {
    /// Id of the table.
    pub id: String,
    /// Background question by which it is split.
    pub by: Option<String>,
    /// What the cells of a column add up to.
    pub sum: Sum,
    /// Its hidden cells.
    pub cells: Vec<AuditedCell>,
}

/// A hidden cell and what the published numbers leave open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditedCell {
    /// Code; `None` for the total of a column.
    pub code: Option<String>,
    /// Code of the background answer.
    pub by_code: Option<String>,
    /// How it is shown.
    pub status: Status,
    /// The smallest count that agrees with everything published.
    pub low: u64,
    /// The largest.
    pub high: u64,
}

/// A table that was compared with an earlier release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditedIncrement {
    /// Id of the table.
    pub id: String,
    /// The release it was compared with.
    pub since: u32,
    /// True when the increment would have told something, so that the table waits.
    pub waits: bool,
}

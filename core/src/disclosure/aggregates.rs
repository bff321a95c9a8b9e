//! The published form of a release's tables, field for field what the API serves.

use serde::{Deserialize, Serialize};

use super::Sum;

/// Every published number of one release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aggregates {
    /// Number of the release.
    pub release: u32,
    /// Responses in it, rounded.
    pub n: u64,
    /// Its tables, in the order of the instrument.
    pub tables: Vec<Table>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Id: the question's, with `__row` for a matrix and `__first`, `__top`, `__best`, `__worst`,
    /// `__shown` for the tables of rankings and best-worst sets, and with `__by_background` for
    /// a split.
    pub id: String,
    /// Question.
    pub question: String,
    /// Background question by which it is split; one-way tables have none.
    pub by: Option<String>,
    /// What the cells count.
    pub kind: TableKind,
    /// What the cells of a column add up to.
    #[serde(default = "free")]
    pub sum: Sum,
    /// People who answered, rounded; `None` when that is below the threshold for a table.
    pub base: Option<u64>,
    /// Cells in declared order.
    pub cells: Vec<Cell>,
}

/// What the cells of a table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// People who gave this answer.
    Count,
    /// People who put this option first in a ranking.
    FirstPlace,
    /// People who gave this option one of the places of a ranking.
    InTop,
    /// Times an item was chosen as best of its set.
    Best,
    /// Times an item was chosen as worst of its set.
    Worst,
    /// Times an item stood in a set that was answered.
    Shown,
    /// People of each arm of an experiment: how many were drawn for it, or what they answered.
    Arm,
    /// People for whom a declared index lies in this band.
    Index,
}

impl TableKind {
    /// The published name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::FirstPlace => "first_place",
            Self::InTop => "in_top",
            Self::Best => "best",
            Self::Worst => "worst",
            Self::Shown => "shown",
            Self::Arm => "arm",
            Self::Index => "index",
        }
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Code of the answer; `None` for a column total of a two-way table.
    pub code: Option<String>,
    /// Code of the background answer, in a two-way table.
    pub by_code: Option<String>,
    /// The rounded count, when it is shown.
    pub count: Option<u64>,
    /// Whether it is shown.
    pub status: Status,
    /// The rule under which it is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Whether a cell is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// With its rounded count.
    Shown,
    /// Not shown: zero to nine people.
    #[serde(rename = "fewer_than_10")]
    FewerThan10,
    /// Not shown, for the reason given.
    Withheld,
}

impl Status {
    /// The published name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::FewerThan10 => "fewer_than_10",
            Self::Withheld => "withheld",
        }
    }
}

/// A rule that withholds a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Too few people answered for any number of the table to be shown.
    BaseBelowMinimum,
    /// It would let another cell be computed, or tell what a whole group answered. Which of the
    /// two is not said, because that would tell it.
    Complementary,
    /// What the table would show now could be traced, by itself or beside an earlier release; it
    /// waits for a later one.
    Waits,
}

impl Reason {
    /// The published name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BaseBelowMinimum => "base_below_minimum",
            Self::Complementary => "complementary",
            Self::Waits => "waits",
        }
    }
}

impl Aggregates {
    /// The table with this id.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.id == id)
    }

    /// What a release says of one group: each split by `by`, with the column of `by_code` alone,
    /// in the form and under the id of a table that is not split.
    #[must_use]
    pub fn group(&self, by: &str, by_code: &str) -> Self {
        let tables = self.tables.iter().filter(|t| t.by.as_deref() == Some(by));
        Self {
            release: self.release,
            n: self.n,
            tables: tables
                .map(|table| Table {
                    id: table.whole_id().to_owned(),
                    question: table.question.clone(),
                    by: None,
                    kind: table.kind,
                    sum: table.sum,
                    base: table.at(None, Some(by_code)).and_then(|total| total.count),
                    cells: table
                        .cells
                        .iter()
                        .filter(|c| c.by_code.as_deref() == Some(by_code) && c.code.is_some())
                        .map(|c| Cell {
                            by_code: None,
                            ..c.clone()
                        })
                        .collect(),
                })
                .collect(),
        }
    }

    /// The canonical JSON: the bytes that are stored, hashed and served.
    ///
    /// # Errors
    /// None in practice: the types hold strings and integers.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

impl Table {
    /// The cell with this code, in a table that is not split.
    #[must_use]
    pub fn cell(&self, code: &str) -> Option<&Cell> {
        self.at(Some(code), None)
    }

    /// The cell with these codes; no code is the total of a column, no background code the column
    /// of a table that is not split.
    #[must_use]
    pub fn at(&self, code: Option<&str>, by_code: Option<&str>) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|c| c.code.as_deref() == code && c.by_code.as_deref() == by_code)
    }

    /// True when the table is withheld as a whole under this rule.
    #[must_use]
    pub fn withheld_for(&self, reason: Reason) -> bool {
        self.withheld() && self.cells.iter().any(|c| c.reason == Some(reason))
    }

    /// Id of the one-way table of which this is a split, or its own.
    #[must_use]
    pub fn whole_id(&self) -> &str {
        whole_id(&self.id, self.by.as_deref())
    }

    /// True when the table is withheld as a whole.
    #[must_use]
    pub fn withheld(&self) -> bool {
        self.base.is_none()
    }
}

/// Releases made before tables said what they add up to claimed nothing about it.
const fn free() -> Sum {
    Sum::Free
}

pub(super) fn whole_id<'t>(id: &'t str, by: Option<&str>) -> &'t str {
    by.and_then(|by| id.strip_suffix(by)?.strip_suffix("__by_"))
        .unwrap_or(id)
}

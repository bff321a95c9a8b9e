//! Tables with exact counts. They never leave the server.

use super::{Sum, TableKind, aggregates::whole_id};

/// A table with its exact counts. One that is not split has one column.
#[derive(Clone, Debug, PartialEq)]
pub struct RawTable {
    /// Id of the table.
    pub id: String,
    /// Question.
    pub question: String,
    /// Background question by which it is split.
    pub by: Option<String>,
    /// What the cells count.
    pub kind: TableKind,
    /// What the cells of a column add up to.
    pub sum: Sum,
    /// The answer could harm someone at work if traced.
    pub sensitive: bool,
    /// What it is computed from, when it is an index.
    pub inputs: Vec<Input>,
    /// Answers in declared order.
    pub rows: Vec<RawRow>,
    /// Background answers in declared order.
    pub columns: Vec<RawColumn>,
}

/// A one-way table from which the cells of an index are computed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// Id of that table.
    pub table: String,
    /// For each of its cells, whether somebody in it can be in each cell of the index.
    pub agrees: Vec<Vec<bool>>,
    /// Whether somebody who is not in it can be.
    pub absent: Vec<bool>,
}

/// An answer that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// Code.
    pub code: String,
    /// False for a structural zero.
    pub possible: bool,
    /// It stands for a missing answer.
    pub missing: bool,
}

/// The counts of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawColumn {
    /// Code of the background answer; `None` when the table is not split.
    pub by_code: Option<String>,
    /// People of the group who answered.
    pub base: u64,
    /// One count for each row.
    pub counts: Vec<u64>,
}

impl RawTable {
    /// People who answered.
    #[must_use]
    pub fn base(&self) -> u64 {
        self.columns.iter().map(|column| column.base).sum()
    }

    /// The exact count of a cell; 0 outside the table.
    #[must_use]
    pub fn count(&self, row: usize, column: usize) -> u64 {
        self.columns
            .get(column)
            .and_then(|column| column.counts.get(row))
            .copied()
            .unwrap_or(0)
    }

    /// Id of the one-way table of which this is a split, or its own.
    #[must_use]
    pub fn whole_id(&self) -> &str {
        whole_id(&self.id, self.by.as_deref())
    }
}

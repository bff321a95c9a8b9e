//! What a reader of the published numbers can compute.

use super::polytope::{Polytope, Reach, Terms};
use crate::disclosure::{Parameters, Reason, Status, Sum, Table};

/// The variables of a published table.
pub(super) struct Variables {
    /// One for each cell, in the order of the table.
    pub(super) cells: Vec<usize>,
    /// People who answered.
    pub(super) base: usize,
}

/// The one-way tables that say something about a split.
#[derive(Clone, Copy, Default)]
pub(crate) struct Beside<'a> {
    pub(crate) whole: Option<&'a Table>,
    pub(crate) background: Option<&'a Table>,
}

impl Beside<'_> {
    /// True where every person is in a column: by attention. It is called by the table of a row,
    /// other splits by a question, and who skipped that is in no column.
    fn splits_everyone(self, table: &Table) -> bool {
        let by = table.by.as_ref();
        self.background
            .zip(by)
            .is_some_and(|(background, by)| background.question != *by)
    }
}

/// The interval of each hidden cell, by its position in the table. Inner `None`: the solver gave
/// no answer. A table withheld as a whole says nothing that could be audited.
pub(crate) fn intervals(
    table: &Table,
    beside: Beside<'_>,
    rules: &Parameters,
) -> Vec<(usize, Option<(u64, u64)>)> {
    let mut polytope = Polytope::default();
    let Some(own) = add(&mut polytope, table, rules) else {
        return vec![];
    };
    link(&mut polytope, table, &own, beside, rules);
    let hidden: Vec<usize> = hidden(table).collect();
    let targets: Vec<Terms> = hidden
        .iter()
        .filter_map(|&i| Some(vec![(*own.cells.get(i)?, 1.0)]))
        .collect();
    let found = Reach::new(&polytope, &targets).intervals();
    hidden.into_iter().zip(found).collect()
}

/// Positions of the cells without a number.
pub(super) fn hidden(table: &Table) -> impl Iterator<Item = usize> {
    table
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.status != Status::Shown)
        .map(|(i, _)| i)
}

/// Adds what a table says; `None` when it says nothing.
pub(super) fn add(polytope: &mut Polytope, table: &Table, rules: &Parameters) -> Option<Variables> {
    let people = rules.unround(table.base?);
    let base = polytope.variable(people);
    let group = match table.sum {
        // Each person is counted as often as there are rows at most.
        Sum::Own => people
            .1
            .saturating_mul(u64::try_from(table.cells.len()).unwrap_or(u64::MAX)),
        Sum::Base | Sum::Free => people.1,
    };
    let cells: Vec<usize> = table
        .cells
        .iter()
        .map(|cell| {
            polytope.variable(match (cell.status, cell.count) {
                (Status::Shown, Some(0)) => (0, 0),
                (Status::Shown, Some(count)) => {
                    let (low, high) = rules.unround(count);
                    (low.max(rules.min_cell), high)
                }
                (Status::FewerThan10, _) => (0, rules.min_cell.saturating_sub(1)),
                // What is smaller would be called so. In a split, whole groups are withheld.
                _ if table.by.is_none() && cell.reason == Some(Reason::Complementary) => {
                    (rules.min_cell.min(group), group)
                }
                _ => (0, group),
            })
        })
        .collect();
    let mut totals: Terms = vec![];
    for column in columns(table) {
        let mut sum: Terms = vec![];
        let mut total = table.by.is_none().then_some(base);
        for &i in &column {
            let Some((cell, &variable)) = table.cells.get(i).zip(cells.get(i)) else {
                continue;
            };
            if cell.code.is_some() {
                sum.push((variable, 1.0));
            } else {
                total = Some(variable);
                totals.push((variable, 1.0));
            }
        }
        let Some(total) = total else { continue };
        match table.sum {
            Sum::Base => {
                sum.push((total, -1.0));
                polytope.equal(sum, 0.0);
            }
            Sum::Free => {
                for (variable, _) in sum {
                    polytope.at_most(vec![(variable, 1.0), (total, -1.0)], 0.0);
                }
            }
            Sum::Own => {}
        }
    }
    if !totals.is_empty() {
        totals.push((base, -1.0));
        polytope.equal(totals, 0.0);
    }
    Some(Variables { cells, base })
}

/// A split says of fewer people what its one-way tables say of all.
fn link(
    polytope: &mut Polytope,
    table: &Table,
    own: &Variables,
    beside: Beside<'_>,
    rules: &Parameters,
) {
    if let Some((whole, variables)) = beside
        .whole
        .and_then(|w| Some((w, add(polytope, w, rules)?)))
    {
        for (cell, &total) in whole.cells.iter().zip(&variables.cells) {
            let mut row: Terms = table
                .cells
                .iter()
                .zip(&own.cells)
                .filter(|(c, _)| c.code.is_some() && c.code == cell.code)
                .map(|(_, &v)| (v, 1.0))
                .collect();
            row.push((total, -1.0));
            if beside.splits_everyone(table) {
                polytope.equal(row, 0.0);
            } else {
                polytope.at_most(row, 0.0);
            }
        }
        polytope.at_most(vec![(own.base, 1.0), (variables.base, -1.0)], 0.0);
    }
    let background = beside.background;
    if let Some((by, variables)) = background.and_then(|b| Some((b, add(polytope, b, rules)?))) {
        for (cell, &total) in by.cells.iter().zip(&variables.cells) {
            let column = table
                .cells
                .iter()
                .zip(&own.cells)
                .find(|(c, _)| c.code.is_none() && c.by_code == cell.code);
            if let Some((_, &v)) = column {
                polytope.at_most(vec![(v, 1.0), (total, -1.0)], 0.0);
            }
        }
    }
}

/// Positions of the cells by column.
fn columns(table: &Table) -> Vec<Vec<usize>> {
    let mut columns: Vec<(Option<&str>, Vec<usize>)> = vec![];
    for (i, cell) in table.cells.iter().enumerate() {
        let by = cell.by_code.as_deref();
        match columns.last_mut().filter(|(code, _)| *code == by) {
            Some((_, column)) => column.push(i),
            None => columns.push((by, vec![i])),
        }
    }
    columns.into_iter().map(|(_, column)| column).collect()
}

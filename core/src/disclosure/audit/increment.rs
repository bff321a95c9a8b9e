//! What two releases tell together: the people who joined between them are a table too.

use super::{
    polytope::{Failure, Polytope, Reach, Terms},
    published::{Variables, add, hidden},
};
use crate::disclosure::{Cell, Parameters, Table};

/// What an earlier release leaves open of the increment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Increment {
    /// Every count can have grown by at least as many values as the rules ask for, and everything
    /// hidden stays as wide as promised.
    Open,
    /// Something could be told of the cell with these codes; of the table's base, if it has none.
    Telling {
        code: Option<String>,
        by_code: Option<String>,
    },
}

/// Compares a table with its earlier publication. A reader may think that counts only grow;
/// where withdrawals made that impossible, the reader knows that it is not so.
pub(crate) fn compare(now: &Table, before: &Table, rules: &Parameters) -> Increment {
    let mut polytope = Polytope::default();
    let Some((new, old)) = add(&mut polytope, now, rules).zip(add(&mut polytope, before, rules))
    else {
        return Increment::Open;
    };
    let mut targets: Vec<(Terms, u64, Option<&Cell>)> = vec![];
    // At least so many values is one less from the lowest to the highest.
    let width = rules.min_width.saturating_sub(1);
    let mut grow = |old: usize, new: usize, cell| {
        polytope.at_most(vec![(old, 1.0), (new, -1.0)], 0.0);
        targets.push((vec![(new, 1.0), (old, -1.0)], width, cell));
    };
    grow(old.base, new.base, None);
    for (cell, &old) in before.cells.iter().zip(&old.cells) {
        let found = now
            .cells
            .iter()
            .zip(&new.cells)
            .find(|(c, _)| c.code == cell.code && c.by_code == cell.by_code);
        // Nobody can have given an impossible answer in between.
        let impossible = cell.count == Some(0);
        if let (Some((_, &new)), false) = (found, impossible) {
            grow(old, new, Some(cell));
        }
    }
    for (table, variables) in [(now, &new), (before, &old)] {
        targets.extend(own(table, variables, rules));
    }
    let terms: Vec<Terms> = targets.iter().map(|(terms, ..)| terms.clone()).collect();
    let mut reach = Reach::new(&polytope, &terms);
    let narrow = reach.first_narrow(|i| targets.get(i).map_or(0, |(_, width, _)| *width));
    match (narrow, reach.failure()) {
        (None, _) | (_, Some(Failure::Infeasible)) => Increment::Open,
        (Some(narrow), _) => {
            let cell = targets.get(narrow).and_then(|(.., cell)| *cell);
            Increment::Telling {
                code: cell.and_then(|c| c.code.clone()),
                by_code: cell.and_then(|c| c.by_code.clone()),
            }
        }
    }
}

fn own<'t>(
    table: &'t Table,
    variables: &Variables,
    rules: &Parameters,
) -> Vec<(Terms, u64, Option<&'t Cell>)> {
    hidden(table)
        .filter_map(|i| {
            let terms = vec![(*variables.cells.get(i)?, 1.0)];
            Some((terms, rules.min_width, table.cells.get(i)))
        })
        .collect()
}

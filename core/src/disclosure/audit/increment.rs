//! What two releases tell together: the people who joined between them are a table too.

use super::{
    polytope::{Failure, Polytope, Reach, Terms},
    published::{Variables, add, hidden},
};
use crate::disclosure::{Parameters, Status, Table};

/// What an earlier release leaves open of the increment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Increment {
    /// Every count can have grown by at least as many values as the rules ask for, and everything
    /// hidden stays as wide as promised.
    Open,
    /// Something could be told.
    Telling,
}

/// Compares a table with its earlier publication. A reader may think that counts only grow;
/// where withdrawals made that impossible, the reader knows that it is not so.
pub(crate) fn compare(now: &Table, before: &Table, rules: &Parameters) -> Increment {
    let mut polytope = Polytope::default();
    let Some((new, old)) = add(&mut polytope, now, rules).zip(add(&mut polytope, before, rules))
    else {
        return Increment::Open;
    };
    let mut targets: Vec<(Terms, u64)> = vec![];
    let mut grow = |old: usize, new: usize, width: u64| {
        polytope.at_most(vec![(old, 1.0), (new, -1.0)], 0.0);
        targets.push((vec![(new, 1.0), (old, -1.0)], width));
    };
    let values = rules.min_width.saturating_sub(1);
    grow(old.base, new.base, values);
    for (cell, &old) in before.cells.iter().zip(&old.cells) {
        let found = now
            .cells
            .iter()
            .zip(&new.cells)
            .find(|(c, _)| c.code == cell.code && c.by_code == cell.by_code);
        // Nobody can have given an impossible answer in between.
        let impossible = cell.count == Some(0);
        if let (Some((later, &new)), false) = (found, impossible) {
            let both = cell.status == Status::Shown && later.status == Status::Shown;
            grow(old, new, if both { values } else { rules.min_width });
        }
    }
    for (table, variables) in [(now, &new), (before, &old)] {
        targets.extend(own(table, variables, rules));
    }
    let (targets, widths): (Vec<Terms>, Vec<u64>) = targets.into_iter().unzip();
    let mut reach = Reach::new(&polytope, &targets);
    let narrow = reach.first_narrow(|i| widths.get(i).copied().unwrap_or(0));
    match (narrow, reach.failure()) {
        (None, _) | (_, Some(Failure::Infeasible)) => Increment::Open,
        _ => Increment::Telling,
    }
}

fn own(table: &Table, variables: &Variables, rules: &Parameters) -> Vec<(Terms, u64)> {
    hidden(table)
        .filter_map(|i| Some((vec![(*variables.cells.get(i)?, 1.0)], rules.min_width)))
        .collect()
}

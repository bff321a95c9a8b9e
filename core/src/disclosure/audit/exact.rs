//! What a reader could compute who knew every total exactly: the worst case, under which it is
//! decided what to withhold.

use super::polytope::{Polytope, Reach, Terms, real};
use crate::disclosure::{
    Sum,
    protect::{Grid, State},
};

/// Something hidden that must stay wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hidden {
    /// A cell, by row and column.
    Cell(usize, usize),
    /// The total of a row.
    Row(usize),
    /// The total of a column.
    Column(usize),
}

/// The first hidden count whose interval is narrower than the rules ask for.
pub(crate) fn first_narrow(grid: &Grid<'_>) -> Option<Hidden> {
    let problem = Problem::new(grid);
    let mut reach = Reach::new(&problem.polytope, &problem.targets);
    reach.learn(&problem.truth);
    let narrow = reach.first_narrow(|_| grid.rules.min_width)?;
    problem.hidden.get(narrow).copied()
}

struct Problem {
    polytope: Polytope,
    /// The exact counts, as a point of the polytope.
    truth: Vec<f64>,
    hidden: Vec<Hidden>,
    targets: Vec<Terms>,
}

impl Problem {
    fn new(grid: &Grid<'_>) -> Self {
        let mut problem = Self {
            polytope: Polytope::default(),
            truth: vec![],
            hidden: vec![],
            targets: vec![],
        };
        let rows = grid.raw.rows.len();
        let columns = grid.raw.columns.len();
        let mut variables = vec![None; rows * columns];
        for (row, column) in grid.positions() {
            let state = grid.get(row, column);
            if !state.hidden() {
                continue;
            }
            let count = grid.raw.count(row, column);
            let variable = problem.variable(bounds(grid, column, state), count);
            if let Some(slot) = variables.get_mut(column * rows + row) {
                *slot = Some(variable);
            }
            problem.target(Hidden::Cell(row, column), vec![(variable, 1.0)]);
        }
        let of = |row: usize, column: usize| variables.get(column * rows + row).copied().flatten();
        let in_column =
            |column: usize| -> Terms { (0..rows).filter_map(|r| of(r, column)).map(one).collect() };
        let in_row =
            |row: usize| -> Terms { (0..columns).filter_map(|c| of(row, c)).map(one).collect() };

        let mut hidden_columns: Terms = vec![];
        for column in 0..columns {
            let cells = in_column(column);
            let sum: f64 = cells.iter().map(|&(v, _)| problem.at(v)).sum();
            let total_hidden = grid.columns.get(column).is_some_and(|s| s.hidden());
            if !total_hidden {
                if grid.raw.sum != Sum::Free {
                    problem.polytope.equal(cells, sum);
                }
                continue;
            }
            let base = grid.raw.columns.get(column).map_or(0, |c| c.base);
            let small = grid.columns.get(column) == Some(&State::Small);
            let most = if small {
                grid.rules.min_cell - 1
            } else {
                grid.raw.base()
            };
            let total = problem.variable((0, most), base);
            hidden_columns.push((total, 1.0));
            problem.target(Hidden::Column(column), vec![(total, 1.0)]);
            match grid.raw.sum {
                Sum::Base => {
                    let mut terms = cells;
                    terms.push((total, -1.0));
                    problem.polytope.equal(terms, 0.0);
                }
                Sum::Free => {
                    for (cell, _) in cells {
                        problem
                            .polytope
                            .at_most(vec![(cell, 1.0), (total, -1.0)], 0.0);
                    }
                }
                Sum::Own => {}
            }
        }
        let sum: f64 = hidden_columns.iter().map(|&(v, _)| problem.at(v)).sum();
        problem.polytope.equal(hidden_columns, sum);

        if grid.split() {
            for row in 0..rows {
                let cells = in_row(row);
                let sum: f64 = cells.iter().map(|&(v, _)| problem.at(v)).sum();
                match grid.rows.get(row) {
                    Some(State::Small) => {
                        problem
                            .polytope
                            .at_most(cells.clone(), real(grid.rules.min_cell - 1));
                        problem.target(Hidden::Row(row), cells);
                    }
                    Some(State::Withheld | State::Dark) => problem.target(Hidden::Row(row), cells),
                    _ => problem.polytope.equal(cells, sum),
                }
            }
        }
        problem
    }

    fn variable(&mut self, bounds: (u64, u64), count: u64) -> usize {
        self.truth.push(real(count));
        self.polytope.variable(bounds)
    }

    fn at(&self, variable: usize) -> f64 {
        self.truth.get(variable).copied().unwrap_or(0.0)
    }

    fn target(&mut self, hidden: Hidden, terms: Terms) {
        self.hidden.push(hidden);
        self.targets.push(terms);
    }
}

const fn one(variable: usize) -> (usize, f64) {
    (variable, 1.0)
}

fn bounds(grid: &Grid<'_>, column: usize, state: State) -> (u64, u64) {
    let raw = grid.raw;
    let group = match (raw.sum, grid.columns.get(column)) {
        // Times are counted and not people; no one can be in a cell more often than all together.
        (Sum::Own, _) => raw.columns.iter().flat_map(|c| &c.counts).sum(),
        (_, Some(State::Shown)) => raw.columns.get(column).map_or(0, |c| c.base),
        _ => raw.base(),
    };
    match state {
        State::Small => (0, grid.rules.min_cell - 1),
        State::Withheld => (grid.rules.min_cell, group),
        _ => (0, group),
    }
}

//! A table while it is decided what of it is shown.

use crate::disclosure::{Parameters, RawTable};

/// What is to be published of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The rounded count.
    Shown,
    /// Zero, because nobody can give this answer.
    Impossible,
    /// That it is below the minimum.
    Small,
    /// Nothing, so that another count stays hidden; a reader may guess that it is not small.
    Withheld,
    /// Nothing, with its whole row or column: a reader cannot tell whether it is small.
    Dark,
}

impl State {
    pub(crate) const fn hidden(self) -> bool {
        matches!(self, Self::Small | Self::Withheld | Self::Dark)
    }
}

/// The states of a table's cells and of the totals of its rows and columns.
#[derive(Clone, Debug)]
pub(crate) struct Grid<'a> {
    pub(crate) raw: &'a RawTable,
    pub(crate) rules: &'a Parameters,
    cells: Vec<State>,
    pub(crate) rows: Vec<State>,
    pub(crate) columns: Vec<State>,
}

impl<'a> Grid<'a> {
    /// Small counts hidden, all others shown.
    pub(crate) fn new(raw: &'a RawTable, rules: &'a Parameters) -> Self {
        let of = |count: u64| {
            if count < rules.min_cell {
                State::Small
            } else {
                State::Shown
            }
        };
        let cells = raw.columns.iter().enumerate().flat_map(|(c, _)| {
            raw.rows.iter().enumerate().map(move |(r, row)| {
                if row.possible {
                    of(raw.count(r, c))
                } else {
                    State::Impossible
                }
            })
        });
        let mut grid = Self {
            raw,
            rules,
            cells: cells.collect(),
            rows: vec![State::Shown; raw.rows.len()],
            columns: vec![State::Shown; raw.columns.len()],
        };
        if grid.split() {
            for row in 0..raw.rows.len() {
                if grid.row_total(row) < rules.min_cell {
                    grid.set_row(row, State::Small);
                }
            }
            for (column, raw) in raw.columns.iter().enumerate() {
                if raw.base < rules.min_cell {
                    grid.set_column(column, State::Small);
                }
            }
        }
        grid
    }

    /// True for a table split by a background question.
    pub(crate) const fn split(&self) -> bool {
        self.raw.by.is_some()
    }

    pub(crate) fn row_total(&self, row: usize) -> u64 {
        (0..self.raw.columns.len())
            .map(|column| self.raw.count(row, column))
            .sum()
    }

    pub(crate) fn get(&self, row: usize, column: usize) -> State {
        self.cells
            .get(column * self.raw.rows.len() + row)
            .copied()
            .unwrap_or(State::Dark)
    }

    pub(crate) fn set(&mut self, row: usize, column: usize, state: State) {
        let index = column * self.raw.rows.len() + row;
        if let Some(cell) = self
            .cells
            .get_mut(index)
            .filter(|c| **c != State::Impossible)
        {
            *cell = state;
        }
    }

    /// Hides a total with its cells.
    pub(crate) fn set_row(&mut self, row: usize, state: State) {
        if let Some(total) = self.rows.get_mut(row) {
            *total = state;
        }
        for column in 0..self.raw.columns.len() {
            self.set_with_total(row, column, state);
        }
    }

    /// Hides a total with its cells.
    pub(crate) fn set_column(&mut self, column: usize, state: State) {
        if let Some(total) = self.columns.get_mut(column) {
            *total = state;
        }
        for row in 0..self.raw.rows.len() {
            self.set_with_total(row, column, state);
        }
    }

    fn set_with_total(&mut self, row: usize, column: usize, total: State) {
        let state = match total {
            // Counts of a small group may exceed it where they count times and not people.
            State::Small if self.raw.count(row, column) < self.rules.min_cell => State::Small,
            _ => State::Dark,
        };
        if self.get(row, column) != State::Dark {
            self.set(row, column, state);
        }
    }

    /// Hides a cell that is shown.
    pub(crate) fn withhold(&mut self, row: usize, column: usize) {
        if self.get(row, column) == State::Shown {
            self.set(row, column, State::Withheld);
        }
    }

    /// All cells as (row, column).
    pub(crate) fn positions(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let rows = self.raw.rows.len();
        (0..self.raw.columns.len()).flat_map(move |c| (0..rows).map(move |r| (r, c)))
    }

    pub(crate) fn any_hidden(&self) -> bool {
        self.cells.iter().any(|state| state.hidden())
    }
}

//! Protecting one table.

use super::{
    grid::{Grid, State},
    suppress::{Unprotectable, suppress},
};
use crate::disclosure::{Cell, Parameters, RawTable, Reason, Status, Table};

/// What is known beside the table itself.
pub(super) struct Around<'a> {
    /// The published one-way table of the question, for a split.
    pub whole: Option<&'a Table>,
    /// The published table of the background question, for a split.
    pub background: Option<&'a Table>,
    /// The table as it was published before, newest first.
    pub published: &'a [(u32, &'a Table)],
}

/// What of a table may be shown beside nothing but itself; the reason when nothing may.
pub(super) fn protect_one<'a>(
    raw: &'a RawTable,
    rules: &'a Parameters,
    around: &Around<'_>,
) -> Result<Grid<'a>, Reason> {
    let needed = if raw.by.is_some() {
        rules.min_base.max(rules.min_split_base)
    } else {
        rules.min_base
    };
    if raw.base() < needed
        || around
            .links()
            .any(|t| t.withheld_for(Reason::BaseBelowMinimum))
    {
        return Err(Reason::BaseBelowMinimum);
    }
    if around.links().any(Table::withheld) {
        return Err(Reason::Waits);
    }
    let mut grid = Grid::new(raw, rules);
    hide_linked(&mut grid, around);
    if raw.sensitive && !hide_agreement(&mut grid) {
        return Err(Reason::Waits);
    }
    let history = History::of(raw, rules, around.published);
    for &column in &history.stay_columns {
        grid.set_column(column, State::Dark);
    }
    match suppress(&mut grid, &history.withheld, &history.stay) {
        Ok(()) => Ok(grid),
        Err(Unprotectable) => Err(Reason::Waits),
    }
}

impl<'a> Around<'a> {
    fn links(&self) -> impl Iterator<Item = &'a Table> {
        self.whole.into_iter().chain(self.background)
    }
}

/// What a one-way table hides stays hidden in every split: a total shown there would be the count
/// hidden here.
fn hide_linked(grid: &mut Grid<'_>, around: &Around<'_>) {
    if !grid.split() {
        return;
    }
    let small = grid.rules.min_cell;
    for row in 0..grid.raw.rows.len() {
        let code = grid.raw.rows.get(row).map(|r| r.code.as_str());
        let status = code
            .and_then(|code| around.whole?.cell(code))
            .map(|c| c.status);
        match status {
            Some(Status::Withheld) => grid.set_row(row, State::Dark),
            Some(Status::FewerThan10) if grid.row_total(row) < small => {
                grid.set_row(row, State::Small);
            }
            _ => {}
        }
    }
    for column in 0..grid.raw.columns.len() {
        let code = grid
            .raw
            .columns
            .get(column)
            .and_then(|c| c.by_code.as_deref());
        let status = code
            .and_then(|code| around.background?.cell(code))
            .map(|c| c.status);
        if status == Some(Status::Withheld) {
            grid.set_column(column, State::Dark);
        }
    }
}

/// Hides each group in which nearly everyone gave the same answer; false when that is everybody.
fn hide_agreement(grid: &mut Grid<'_>) -> bool {
    let agreed = |column: usize| {
        let base = grid.raw.columns.get(column).map_or(0, |c| c.base);
        grid.raw.rows.iter().enumerate().any(|(row, r)| {
            !r.missing
                && base > 0
                && share(grid.raw.count(row, column), base) >= grid.rules.max_share
        })
    };
    let groups: Vec<usize> = (0..grid.raw.columns.len()).filter(|&c| agreed(c)).collect();
    if !groups.is_empty() && !grid.split() {
        return false;
    }
    for column in groups {
        grid.set_column(column, State::Dark);
    }
    true
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
fn share(count: u64, base: u64) -> f64 {
    count as f64 / base as f64
}

/// What earlier publications ask of this one.
#[derive(Default)]
struct History {
    /// Cells that were withheld last time: one that comes and goes tells more than one that stays.
    withheld: Vec<(usize, usize)>,
    /// Those of them that were shown before that and have hardly grown since. Shown again, they
    /// would enclose the count that was withheld in between.
    stay: Vec<(usize, usize)>,
    /// Groups whose totals would do the same.
    stay_columns: Vec<usize>,
}

impl History {
    fn of(raw: &RawTable, rules: &Parameters, published: &[(u32, &Table)]) -> Self {
        let mut history = Self::default();
        let Some((_, last)) = published.first() else {
            return history;
        };
        let withheld = |code: Option<&str>, by: Option<&str>| {
            last.at(code, by)
                .is_some_and(|cell| cell.status == Status::Withheld)
        };
        let encloses = |code: Option<&str>, by: Option<&str>, count: u64| {
            let shown = published.iter().filter_map(|(_, t)| t.at(code, by)?.count);
            shown
                .max()
                .is_some_and(|most| rules.round(count) < most + 2 * rules.min_width)
        };
        for (column, group) in raw.columns.iter().enumerate() {
            let by = group.by_code.as_deref();
            if by.is_some() && withheld(None, by) && encloses(None, by, group.base) {
                history.stay_columns.push(column);
            }
            for (row, answer) in raw.rows.iter().enumerate() {
                let code = Some(answer.code.as_str());
                if withheld(code, by) {
                    history.withheld.push((row, column));
                    if encloses(code, by, raw.count(row, column)) {
                        history.stay.push((row, column));
                    }
                }
            }
        }
        history
    }
}

/// The published form of what is shown.
pub(super) fn publish(grid: &Grid<'_>) -> Table {
    let raw = grid.raw;
    let mut cells = vec![];
    for (column, group) in raw.columns.iter().enumerate() {
        if raw.by.is_some() {
            let state = grid.columns.get(column).copied().unwrap_or(State::Dark);
            cells.push(cell(grid, None, group.by_code.as_ref(), state, group.base));
        }
        for (row, answer) in raw.rows.iter().enumerate() {
            cells.push(cell(
                grid,
                Some(&answer.code),
                group.by_code.as_ref(),
                grid.get(row, column),
                raw.count(row, column),
            ));
        }
    }
    Table {
        base: Some(grid.rules.round(raw.base())),
        cells,
        ..head(raw)
    }
}

fn cell(
    grid: &Grid<'_>,
    code: Option<&String>,
    by_code: Option<&String>,
    state: State,
    count: u64,
) -> Cell {
    let (count, status, reason) = match state {
        State::Shown => (Some(grid.rules.round(count)), Status::Shown, None),
        State::Impossible => (Some(0), Status::Shown, None),
        State::Small => (None, Status::FewerThan10, None),
        State::Withheld | State::Dark => (None, Status::Withheld, Some(Reason::Complementary)),
    };
    Cell {
        code: code.cloned(),
        by_code: by_code.cloned(),
        count,
        status,
        reason,
    }
}

/// A table of which nothing is shown but what is impossible.
pub(super) fn withheld(raw: &RawTable, reason: Reason) -> Table {
    let mut cells = vec![];
    for group in &raw.columns {
        let hidden = |code: Option<&String>| Cell {
            code: code.cloned(),
            by_code: group.by_code.clone(),
            count: None,
            status: Status::Withheld,
            reason: Some(reason),
        };
        if raw.by.is_some() {
            cells.push(hidden(None));
        }
        for row in &raw.rows {
            cells.push(if row.possible {
                hidden(Some(&row.code))
            } else {
                Cell {
                    count: Some(0),
                    status: Status::Shown,
                    reason: None,
                    ..hidden(Some(&row.code))
                }
            });
        }
    }
    Table {
        base: None,
        cells,
        ..head(raw)
    }
}

fn head(raw: &RawTable) -> Table {
    Table {
        id: raw.id.clone(),
        question: raw.question.clone(),
        by: raw.by.clone(),
        kind: raw.kind,
        sum: raw.sum,
        base: None,
        cells: vec![],
    }
}

//! Complementary suppression: what else must be hidden so that hidden counts stay hidden.

use super::grid::{Grid, State};
use crate::disclosure::{
    Sum,
    audit::exact::{Hidden, first_narrow},
};

/// Tables with more withheld cells than this are not gone over again for what may be shown after
/// all: the gain is small and each trial is an audit.
const RECONSIDERED: usize = 24;

/// Nothing can be shown of the table without giving a hidden count away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unprotectable;

/// Withholds cells until every hidden count is wide enough, beginning with those `before` that the
/// last release withheld. Those that `stay` are not shown again.
pub(crate) fn suppress(
    grid: &mut Grid<'_>,
    before: &[(usize, usize)],
    stay: &[(usize, usize)],
) -> Result<(), Unprotectable> {
    for &(row, column) in stay {
        grid.withhold(row, column);
    }
    if !grid.any_hidden() {
        return Ok(());
    }
    for &(row, column) in before {
        grid.withhold(row, column);
    }
    if !grid.split() && before.is_empty() && few_suffice(grid) {
        return Ok(());
    }
    prepare(grid);
    settle(grid)?;
    reconsider(grid, stay);
    Ok(())
}

/// Withholds one more count, because something could be told of the cell with these codes when an
/// earlier release is laid beside this one.
pub(crate) fn blur(
    grid: &mut Grid<'_>,
    code: Option<&str>,
    by_code: Option<&str>,
) -> Result<(), Unprotectable> {
    let raw = grid.raw;
    let row = raw.rows.iter().position(|r| Some(r.code.as_str()) == code);
    let column = raw
        .columns
        .iter()
        .position(|c| c.by_code.as_deref() == by_code);
    let near = |&(r, c): &(usize, usize)| {
        let same_column = column.is_none_or(|column| c == column);
        let same_row = row.is_some_and(|row| r == row) && grid.split();
        same_column || same_row
    };
    let candidates = grid.positions().filter(near).collect();
    let (row, column) = cheapest(grid, candidates).ok_or(Unprotectable)?;
    grid.withhold(row, column);
    settle(grid)
}

fn settle(grid: &mut Grid<'_>) -> Result<(), Unprotectable> {
    while let Some(narrow) = first_narrow(grid) {
        if !widen(grid, narrow) {
            return Err(Unprotectable);
        }
    }
    Ok(())
}

/// Looks for one count, or else two, whose loss protects a one-way table: the smallest ones hide
/// too little beside counts that are hardly larger than what is never shown.
fn few_suffice(grid: &mut Grid<'_>) -> bool {
    if first_narrow(grid).is_none() {
        return true;
    }
    let mut shown: Vec<(usize, usize)> = grid
        .positions()
        .filter(|&(r, c)| grid.get(r, c) == State::Shown)
        .collect();
    shown.sort_by_key(|&(r, c)| (grid.raw.count(r, c), r, c));
    if shown.len() > RECONSIDERED {
        return false;
    }
    let ones = shown.iter().map(|&one| vec![one]);
    let twos = (0..shown.len()).flat_map(|i| {
        let shown = &shown;
        (0..i).filter_map(move |j| Some(vec![*shown.get(j)?, *shown.get(i)?]))
    });
    for cells in ones.chain(twos) {
        for &(row, column) in &cells {
            grid.withhold(row, column);
        }
        if first_narrow(grid).is_none() {
            return true;
        }
        for (row, column) in cells {
            grid.set(row, column, State::Shown);
        }
    }
    false
}

/// A sum with a single hidden count gives it away; that is mended without asking the solver.
fn prepare(grid: &mut Grid<'_>) {
    loop {
        let rows = grid.raw.rows.len();
        let lonely = grid.positions().find(|&(row, column)| {
            if !grid.get(row, column).hidden() {
                return false;
            }
            let in_column = (0..rows).filter(|&r| grid.get(r, column).hidden()).count();
            let in_row = (0..grid.raw.columns.len())
                .filter(|&c| grid.get(row, c).hidden())
                .count();
            (sums_columns(grid, column) && in_column == 1) || (sums_rows(grid, row) && in_row == 1)
        });
        match lonely {
            Some((row, column)) if widen(grid, Hidden::Cell(row, column)) => {}
            _ => return,
        }
    }
}

fn sums_columns(grid: &Grid<'_>, column: usize) -> bool {
    grid.raw.sum != Sum::Free && grid.columns.get(column) == Some(&State::Shown)
}

fn sums_rows(grid: &Grid<'_>, row: usize) -> bool {
    grid.split() && grid.rows.get(row) == Some(&State::Shown)
}

/// Hides one more count where it widens what is narrow; false when nothing is left to hide.
fn widen(grid: &mut Grid<'_>, narrow: Hidden) -> bool {
    match narrow {
        Hidden::Cell(row, column) => {
            let mut candidates: Vec<(usize, usize)> = vec![];
            if sums_columns(grid, column) {
                candidates.extend((0..grid.raw.rows.len()).map(|r| (r, column)));
            }
            if sums_rows(grid, row) {
                candidates.extend((0..grid.raw.columns.len()).map(|c| (row, c)));
            }
            let chosen = cheapest(grid, candidates).or_else(|| {
                let all = grid.positions().collect();
                cheapest(grid, all)
            });
            match chosen {
                Some((row, column)) => grid.withhold(row, column),
                None => return hide_a_group(grid),
            }
            true
        }
        Hidden::Column(_) => hide_a_column(grid),
        Hidden::Row(_) => hide_a_row(grid),
    }
}

/// The shown cell whose loss costs least: one that shares its sums with hidden cells already,
/// then the smallest.
fn cheapest(grid: &Grid<'_>, candidates: Vec<(usize, usize)>) -> Option<(usize, usize)> {
    candidates
        .into_iter()
        .filter(|&(r, c)| grid.get(r, c) == State::Shown)
        .min_by_key(|&(row, column)| {
            let alone_in_row = sums_rows(grid, row)
                && !(0..grid.raw.columns.len()).any(|c| grid.get(row, c).hidden());
            let alone_in_column = sums_columns(grid, column)
                && !(0..grid.raw.rows.len()).any(|r| grid.get(r, column).hidden());
            let new_sums = u8::from(alone_in_row) + u8::from(alone_in_column);
            (new_sums, grid.raw.count(row, column), column, row)
        })
}

fn hide_a_group(grid: &mut Grid<'_>) -> bool {
    grid.split() && (hide_a_column(grid) || hide_a_row(grid))
}

fn hide_a_column(grid: &mut Grid<'_>) -> bool {
    let smallest = grid
        .columns
        .iter()
        .enumerate()
        .filter(|(_, state)| **state == State::Shown)
        .min_by_key(|&(c, _)| (grid.raw.columns.get(c).map_or(0, |column| column.base), c))
        .map(|(c, _)| c);
    if let Some(column) = smallest {
        grid.set_column(column, State::Dark);
    }
    smallest.is_some()
}

fn hide_a_row(grid: &mut Grid<'_>) -> bool {
    let smallest = grid
        .rows
        .iter()
        .enumerate()
        .filter(|(_, state)| **state == State::Shown)
        .min_by_key(|&(r, _)| (grid.row_total(r), r))
        .map(|(r, _)| r);
    if let Some(row) = smallest {
        grid.set_row(row, State::Dark);
    }
    smallest.is_some()
}

/// Shows again what turns out not to be needed, the largest counts first.
fn reconsider(grid: &mut Grid<'_>, stay: &[(usize, usize)]) {
    let mut withheld: Vec<(usize, usize)> = grid
        .positions()
        .filter(|&(r, c)| grid.get(r, c) == State::Withheld && !stay.contains(&(r, c)))
        .collect();
    if withheld.len() > RECONSIDERED {
        return;
    }
    withheld.sort_by_key(|&(r, c)| std::cmp::Reverse(grid.raw.count(r, c)));
    for (row, column) in withheld {
        grid.set(row, column, State::Shown);
        if first_narrow(grid).is_some() {
            grid.set(row, column, State::Withheld);
        }
    }
}

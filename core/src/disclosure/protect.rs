//! From exact counts to published cells.

use super::{Cell, Parameters, RawTable, Reason, Status, Table};

/// The published form of a table: thresholds, then rounding; the base is rounded by itself.
#[must_use]
pub fn protect(raw: &RawTable, parameters: &Parameters) -> Table {
    let shown = raw.base >= parameters.min_base;
    let cells = raw
        .cells
        .iter()
        .map(|cell| {
            let (count, status, reason) = if !cell.possible {
                (Some(0), Status::Shown, None)
            } else if !shown {
                (None, Status::Withheld, Some(Reason::BaseBelowMinimum))
            } else if cell.count < parameters.min_cell {
                (None, Status::FewerThan10, None)
            } else {
                (Some(parameters.round(cell.count)), Status::Shown, None)
            };
            Cell {
                code: Some(cell.code.clone()),
                by_code: None,
                count,
                status,
                reason,
            }
        })
        .collect();
    Table {
        id: raw.id.clone(),
        question: raw.question.clone(),
        by: None,
        kind: raw.kind,
        base: shown.then(|| parameters.round(raw.base)),
        cells,
    }
}

//! How common background answers are, from a release's published tables: what a respondent's own
//! device needs to say what could single them out.

use super::{Aggregates, Cell, Csv, Status, background};
use crate::instrument::Instrument;

/// Lower ends of the bands in which people are told.
const BANDS: [u64; 4] = [10, 50, 200, 1000];

/// One line for each background answer, and for each pair of them that a published table holds.
/// It says less than the tables do, and nothing else.
#[must_use]
pub fn background_csv(instrument: &Instrument, aggregates: &Aggregates) -> String {
    let mut csv = Csv::new(&["question", "code", "by", "by_code", "people"]);
    let questions: Vec<_> = background(instrument)
        .map(|(question, _)| question)
        .collect();
    for question in &questions {
        for table in &aggregates.tables {
            let by = table.by.as_deref();
            let pair = by.is_none_or(|by| questions.iter().any(|q| q.id == by));
            if table.question != question.id || !pair {
                continue;
            }
            for cell in table.cells.iter() {
                if let Some(code) = &cell.code {
                    csv.line(&[
                        &question.id,
                        code,
                        by.unwrap_or_default(),
                        cell.by_code.as_deref().unwrap_or_default(),
                        &people(cell),
                    ]);
                }
            }
        }
    }
    csv.0
}

/// `0-9`, `10-49`, …, `1000+`; empty where nothing is told.
fn people(cell: &Cell) -> String {
    match (cell.status, cell.count) {
        (Status::FewerThan10, _) => "0-9".to_owned(),
        (Status::Shown, Some(count)) => {
            let at = BANDS.iter().rposition(|&low| count >= low);
            let Some(at) = at else {
                return "0-9".to_owned();
            };
            let low = BANDS.get(at).copied().unwrap_or_default();
            BANDS
                .get(at + 1)
                .map_or_else(|| format!("{low}+"), |next| format!("{low}-{}", next - 1))
        }
        _ => String::new(),
    }
}

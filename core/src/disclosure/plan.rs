//! The closed list of tables, fixed with the instrument before anyone answers.

use super::{TableKind, bands};
use crate::{
    instrument::{Choice, Instrument, Kind, Question},
    lang::Text,
};

/// A table that will be published.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Id of the table.
    pub id: String,
    /// Question.
    pub question: String,
    /// Row of a matrix, or statement.
    pub row: Option<String>,
    /// Label of that row.
    pub row_label: Option<Text>,
    /// What its cells count.
    pub kind: TableKind,
    /// Cells in declared order.
    pub cells: Vec<PlannedCell>,
}

/// A cell of a planned table.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedCell {
    /// Code.
    pub code: String,
    /// What a person reads.
    pub label: Text,
    /// It stands for a missing answer ("don't know").
    pub missing: bool,
    /// False for a structural zero: no respondent can produce it, so its count says nothing about
    /// anyone.
    pub possible: bool,
}

/// Every table of the instrument, in its order: each closed question, one-way. Free text has none.
#[must_use]
pub fn plan(instrument: &Instrument) -> Vec<Planned> {
    instrument.questions().flat_map(tables_of).collect()
}

fn tables_of(question: &Question) -> Vec<Planned> {
    let table = |suffix: Option<&str>, kind, cells| Planned {
        id: suffix.map_or_else(|| question.id.clone(), |s| format!("{}__{s}", question.id)),
        question: question.id.clone(),
        row: None,
        row_label: None,
        kind,
        cells,
    };
    let row = |code: &str, label: &Text, cells| Planned {
        row: Some(code.to_owned()),
        row_label: Some(label.clone()),
        ..table(Some(code), TableKind::Count, cells)
    };
    match &question.kind {
        Kind::Single(list) | Kind::Multiple(list) => {
            vec![table(None, TableKind::Count, choices(&list.options))]
        }
        Kind::Matrix(matrix) => matrix
            .rows
            .iter()
            .map(|r| row(&r.code, &r.label, choices(&matrix.scale)))
            .collect(),
        Kind::Votes(votes) => votes
            .statements
            .iter()
            .map(|s| row(&s.code, &s.label, choices(&votes.ballot)))
            .collect(),
        Kind::Slider(slider) => {
            let mut cells: Vec<_> = bands::of_slider(slider).iter().map(band).collect();
            cells.extend(choices(&slider.missing));
            vec![table(None, TableKind::Count, cells)]
        }
        Kind::Number(number) => {
            let cells: Vec<_> = bands::of_number(number).iter().map(band).collect();
            // A number without declared bands could only be published exactly, so it is not.
            if cells.is_empty() {
                vec![]
            } else {
                vec![table(None, TableKind::Count, cells)]
            }
        }
        Kind::Ranking(ranking) => vec![
            table(
                Some("first"),
                TableKind::FirstPlace,
                choices(&ranking.options),
            ),
            table(Some("top"), TableKind::InTop, choices(&ranking.options)),
        ],
        Kind::BestWorst(bw) => {
            let mut cells = choices(&bw.items);
            for cell in &mut cells {
                cell.possible = bw
                    .classes
                    .iter()
                    .flat_map(|(_, sets)| sets)
                    .any(|s| s.contains(&cell.code));
            }
            vec![
                table(Some("best"), TableKind::Best, cells.clone()),
                table(Some("worst"), TableKind::Worst, cells.clone()),
                table(Some("shown"), TableKind::Shown, cells),
            ]
        }
        Kind::ShortText(_) | Kind::LongText(_) => vec![],
    }
}

fn choices(choices: &[Choice]) -> Vec<PlannedCell> {
    choices
        .iter()
        .map(|c| PlannedCell {
            code: c.code.clone(),
            label: c.label.clone(),
            missing: c.missing.is_some(),
            possible: true,
        })
        .collect()
}

fn band(band: &bands::Band) -> PlannedCell {
    let label = match band.high {
        None => Text::new(
            format!("{} 及以上", band.low),
            format!("{} or more", band.low),
        ),
        Some(high) if high <= band.low => Text::new(band.low.to_string(), band.low.to_string()),
        Some(high) => {
            let both = format!("{}–{high}", band.low);
            Text::new(both.clone(), both)
        }
    };
    PlannedCell {
        code: band.code.clone(),
        label,
        missing: false,
        possible: true,
    }
}

//! The closed list of tables, fixed with the instrument before anyone answers.

use serde::{Deserialize, Serialize};

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
    /// What its cells add up to.
    pub sum: Sum,
    /// The answer could harm someone at work if traced.
    pub sensitive: bool,
    /// Cells in declared order.
    pub cells: Vec<PlannedCell>,
}

/// What the cells of a table (of a column, when it is split) add up to. It decides what can be
/// computed from the cells that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sum {
    /// The people who answered: each of them is in exactly one cell.
    Base,
    /// A total of their own that a careful reader may know from another table: places of a
    /// ranking, items of best-worst sets.
    Own,
    /// Nothing: a person may be in several cells or in none.
    Free,
}

/// A table split by a background question.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Id of the split table.
    pub id: String,
    /// Id of the one-way table.
    pub table: String,
    /// The background question.
    pub by: String,
}

/// Every split of the closed list: each table by each declared background question that takes one
/// answer. Votes are stored apart from the answers, so there is nothing to split them by.
#[must_use]
pub fn crossings(instrument: &Instrument) -> Vec<Crossing> {
    let background: Vec<_> = background(instrument).collect();
    let votes = |id: &str| {
        instrument
            .questions()
            .any(|q| q.id == id && matches!(q.kind, Kind::Votes(_)))
    };
    plan(instrument)
        .iter()
        .filter(|table| !votes(&table.question))
        .flat_map(|table| {
            background
                .iter()
                .filter(|(by, _)| by.id != table.question)
                .map(|(by, _)| Crossing {
                    id: format!("{}__by_{}", table.id, by.id),
                    table: table.id.clone(),
                    by: by.id.clone(),
                })
        })
        .collect()
}

/// The background questions by which tables are split, with their options.
pub fn background(instrument: &Instrument) -> impl Iterator<Item = (&Question, &[Choice])> {
    instrument.questions().filter_map(|question| {
        question.quasi_identifier.as_ref()?;
        match &question.kind {
            Kind::Single(list) => Some((question, list.options.as_slice())),
            _ => None,
        }
    })
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

/// Every one-way table of the instrument, in its order: each closed question. Free text has none.
/// [`crossings`] lists how they are split.
#[must_use]
pub fn plan(instrument: &Instrument) -> Vec<Planned> {
    instrument.questions().flat_map(tables_of).collect()
}

fn tables_of(question: &Question) -> Vec<Planned> {
    let table = |suffix: Option<&str>, kind, sum, cells| Planned {
        id: suffix.map_or_else(|| question.id.clone(), |s| format!("{}__{s}", question.id)),
        question: question.id.clone(),
        row: None,
        row_label: None,
        kind,
        sum,
        sensitive: question.sensitive,
        cells,
    };
    let row = |code: &str, label: &Text, cells| Planned {
        row: Some(code.to_owned()),
        row_label: Some(label.clone()),
        ..table(Some(code), TableKind::Count, Sum::Base, cells)
    };
    match &question.kind {
        Kind::Single(list) => {
            let cells = choices(&list.options);
            vec![table(None, TableKind::Count, Sum::Base, cells)]
        }
        Kind::Multiple(list) => {
            let cells = choices(&list.options);
            vec![table(None, TableKind::Count, Sum::Free, cells)]
        }
        Kind::Matrix(matrix) => matrix
            .rows
            .iter()
            .map(|r| Planned {
                // What the row says is the answer tells nothing of the person.
                sensitive: question.sensitive && r.expected.is_none(),
                ..row(&r.code, &r.label, choices(&matrix.scale))
            })
            .collect(),
        Kind::Votes(votes) => votes
            .statements
            .iter()
            .map(|s| row(&s.code, &s.label, choices(&votes.ballot)))
            .collect(),
        Kind::Slider(slider) => {
            let mut cells: Vec<_> = bands::of_slider(slider).iter().map(band).collect();
            cells.extend(choices(&slider.missing));
            vec![table(None, TableKind::Count, Sum::Base, cells)]
        }
        Kind::Number(number) => {
            let mut cells: Vec<_> = bands::of_number(number).iter().map(band).collect();
            // A number without declared bands could only be published exactly, so it is not.
            if cells.is_empty() {
                vec![]
            } else {
                cells.extend(choices(&number.missing));
                vec![table(None, TableKind::Count, Sum::Base, cells)]
            }
        }
        Kind::Ranking(ranking) => vec![
            table(
                Some("first"),
                TableKind::FirstPlace,
                Sum::Base,
                choices(&ranking.options),
            ),
            table(
                Some("top"),
                TableKind::InTop,
                Sum::Own,
                choices(&ranking.options),
            ),
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
                table(Some("best"), TableKind::Best, Sum::Own, cells.clone()),
                table(Some("worst"), TableKind::Worst, Sum::Own, cells.clone()),
                table(Some("shown"), TableKind::Shown, Sum::Own, cells),
            ]
        }
        Kind::ShortText(_) | Kind::LongText(_) | Kind::Statement => vec![],
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

pub(crate) fn band(band: &bands::Band) -> PlannedCell {
    let (low, high) = band.told;
    let label = match high {
        None => Text::new(format!("{low} 及以上"), format!("{low} or more")),
        Some(high) if high <= low => Text::new(low.to_string(), low.to_string()),
        Some(high) => {
            let both = format!("{low}–{high}");
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

//! The closed list of tables, fixed with the instrument before anyone answers.

use serde::{Deserialize, Serialize};

use super::{Input, TableKind, bands, index};
use crate::{
    instrument::{Choice, Factor, Instrument, Kind, Question},
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
    /// What it is computed from, when it is an index.
    pub inputs: Vec<Input>,
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

/// A split table.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Id of the split table.
    pub id: String,
    /// Id of the one-way table.
    pub table: String,
    /// The background question, the factor, or the table of the attention row.
    pub by: String,
}

/// Every split of the closed list: the table of each question by each declared background question
/// that takes one answer, by each experiment factor that its text depends on, and by attention.
/// Votes are stored apart from the answers, so there is nothing to split them by.
#[must_use]
pub fn crossings(instrument: &Instrument) -> Vec<Crossing> {
    let background: Vec<_> = background(instrument).collect();
    let votes = |id: &str| {
        instrument
            .questions()
            .any(|q| q.id == id && matches!(q.kind, Kind::Votes(_)))
    };
    let split = |table: &str, by: &str| Crossing {
        id: format!("{table}__by_{by}"),
        table: table.to_owned(),
        by: by.to_owned(),
    };
    let arms = arms(instrument);
    let attention = attention(instrument);
    plan(instrument)
        .iter()
        .filter(|table| !votes(&table.question))
        .filter(|table| !matches!(table.kind, TableKind::Arm | TableKind::Index))
        .flat_map(|table| {
            let background = background
                .iter()
                .filter(|(by, _)| by.id != table.question)
                .map(|(by, _)| by.id.as_str());
            let arms = arms
                .iter()
                .filter(|(_, question)| question.id == table.question)
                .map(|(factor, _)| factor.id.as_str());
            let attention = attention
                .iter()
                .map(|attention| attention.table.as_str())
                .filter(|by| *by != table.id);
            background
                .chain(arms)
                .chain(attention)
                .map(|by| split(&table.id, by))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// How tables are split by attention: those who answered every row that says what its answer is as
/// it says, and everybody else. Nobody is in neither, so that the two add up to the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention<'a> {
    /// Id of the one-way table of the first such row; the split is called by it.
    pub table: String,
    /// Code of the column of those who answered as asked.
    pub passed: &'a str,
}

impl Attention<'_> {
    /// Code of the column of everybody else: who answered otherwise, skipped the row or was not
    /// shown it.
    pub const OTHERWISE: &'static str = "otherwise";

    /// What that column is called.
    #[must_use]
    pub fn otherwise_label() -> Text {
        Text::new("其余的人", "Everyone else")
    }
}

/// `None` when no row of the instrument says what its answer is.
#[must_use]
pub fn attention(instrument: &Instrument) -> Option<Attention<'_>> {
    instrument.questions().find_map(|question| {
        let Kind::Matrix(matrix) = &question.kind else {
            return None;
        };
        let row = matrix.rows.iter().find(|row| row.expected.is_some())?;
        let passed = row.expected.as_deref()?;
        (passed != Attention::OTHERWISE).then(|| Attention {
            table: format!("{}__{}", question.id, row.code),
            passed,
        })
    })
}

/// The experiments: each factor with each question whose text depends on the level drawn.
#[must_use]
pub fn arms(instrument: &Instrument) -> Vec<(&Factor, &Question)> {
    let names = |question: &Question, factor: &Factor| {
        let texts = [Some(&question.title), question.stem.as_ref()];
        texts.into_iter().flatten().any(|text| {
            let source = text.zh.iter().chain(&text.en);
            let mut pipes = source.flat_map(|text| text.split("{{").skip(1));
            pipes.any(|pipe| {
                let name = pipe.split(['}', '|']).next().unwrap_or_default();
                name.trim() == factor.id
            })
        })
    };
    let drawn = |factor: &&Factor| factor.fixed.is_none() && factor.levels.len() > 1;
    instrument
        .factors
        .iter()
        .filter(drawn)
        .flat_map(|factor| {
            instrument
                .questions()
                .filter(move |question| names(question, factor))
                .map(move |question| (factor, question))
        })
        .collect()
}

/// The level of a factor as people read it.
#[must_use]
pub fn level_label(factor: &Factor, level: &str) -> Text {
    let at = factor.levels.iter().position(|l| l == level);
    at.and_then(|at| factor.texts.get(at).cloned())
        .unwrap_or_else(|| Text::new(level, level))
}

/// How many people were drawn for each arm.
fn drawn(instrument: &Instrument) -> Vec<Planned> {
    let arms = arms(instrument);
    instrument
        .factors
        .iter()
        .filter(|factor| arms.iter().any(|(f, _)| f.id == factor.id))
        .map(|factor| Planned {
            id: factor.id.clone(),
            question: factor.id.clone(),
            row: None,
            row_label: None,
            kind: TableKind::Arm,
            sum: Sum::Base,
            sensitive: false,
            inputs: vec![],
            cells: factor
                .levels
                .iter()
                .map(|level| PlannedCell {
                    code: level.clone(),
                    label: level_label(factor, level),
                    missing: false,
                    possible: true,
                })
                .collect(),
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

/// Every one-way table of the instrument, in its order: each closed question, then the arms of
/// experiments and the indices. Free text has none. [`crossings`] lists how they are split.
#[must_use]
pub fn plan(instrument: &Instrument) -> Vec<Planned> {
    let mut tables: Vec<_> = instrument.questions().flat_map(tables_of).collect();
    tables.extend(drawn(instrument));
    tables.extend(index::planned(instrument));
    tables
}

pub(super) fn tables_of(question: &Question) -> Vec<Planned> {
    let table = |suffix: Option<&str>, kind, sum, cells| Planned {
        id: suffix.map_or_else(|| question.id.clone(), |s| format!("{}__{s}", question.id)),
        question: question.id.clone(),
        row: None,
        row_label: None,
        kind,
        sum,
        sensitive: question.sensitive,
        inputs: vec![],
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

//! The columns of the file.

use std::collections::BTreeSet;

use crate::{
    disclosure::{band_cell, bands_of_number, public_text},
    instrument::{BestWorst, Choice, Instrument, Kind, Matrix, PublicFile, Question, TextRelease},
    lang::Text,
};

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name in the header: the question's id, for parts of a question with `__` and the part.
    pub name: String,
    /// The question; a factor of an experiment for columns that tell its level.
    pub question: String,
    /// Row, place or set of the question.
    pub part: Option<String>,
    /// The question as it was asked.
    pub title: Text,
    /// The part as it was shown.
    pub part_label: Option<Text>,
    /// What it means for anonymity.
    pub role: Role,
    /// What can stand in it.
    pub values: Values,
}

/// What a column means for anonymity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Somebody could be recognised by it: generalised.
    QuasiIdentifier,
    /// Must not be learnt about a person: several values in each class.
    Sensitive,
    /// Published as it was answered.
    Plain,
    /// A level that was drawn for the respondent.
    Factor,
}

/// What can stand in a column, beside the states `skipped` and `not_asked`.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// One code.
    Codes(Vec<Code>),
    /// Codes joined by `;`, in declared order.
    Sets(Vec<Code>),
    /// A number, or one of the codes.
    Number {
        /// Least.
        min: f64,
        /// Greatest.
        max: f64,
        /// Codes that stand instead of a number.
        codes: Vec<Code>,
    },
}

/// A code and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// As it stands in the file.
    pub code: String,
    /// What a person reads.
    pub label: Text,
    /// It stands for a missing answer.
    pub missing: bool,
}

impl Values {
    /// The codes that can occur.
    #[must_use]
    pub fn codes(&self) -> &[Code] {
        match self {
            Self::Codes(codes) | Self::Sets(codes) | Self::Number { codes, .. } => codes,
        }
    }
}

/// The columns after `id` and `cohort`, in the order of the file: background first, then the
/// levels that were drawn, then the answers.
#[must_use]
pub fn variables(instrument: &Instrument, file: &PublicFile) -> Vec<Variable> {
    let mut all: Vec<Variable> = background(instrument, file);
    let drawn = instrument.factors.iter().filter(|f| f.fixed.is_none());
    all.extend(drawn.map(|factor| {
        let levels = factor.levels.iter().enumerate();
        Variable {
            name: factor.id.clone(),
            question: factor.id.clone(),
            part: None,
            title: Text::new("随机分到的题目版本", "Version drawn at random"),
            part_label: None,
            role: Role::Factor,
            values: Values::Codes(
                levels
                    .map(|(at, level)| Code {
                        code: level.clone(),
                        label: factor
                            .texts
                            .get(at)
                            .cloned()
                            .unwrap_or_else(|| Text::new(level, level)),
                        missing: false,
                    })
                    .collect(),
            ),
        }
    }));
    let out = left_out(instrument, file);
    for question in instrument.questions() {
        if question.quasi_identifier.is_none() && !out.contains(question.id.as_str()) {
            all.extend(answers(instrument, file, question));
        }
    }
    all
}

fn background(instrument: &Instrument, file: &PublicFile) -> Vec<Variable> {
    let used: BTreeSet<&str> = file
        .rungs
        .iter()
        .flat_map(|rung| rung.columns.iter().map(|(id, _)| id.as_str()))
        .collect();
    instrument
        .questions()
        .filter(|question| used.contains(question.id.as_str()))
        .filter_map(|question| {
            let quasi = question.quasi_identifier.as_ref()?;
            let codes = quasi.labels.iter().map(|(code, label)| Code {
                code: code.clone(),
                label: label.clone(),
                missing: false,
            });
            Some(Variable {
                role: Role::QuasiIdentifier,
                values: Values::Codes(codes.collect()),
                ..whole(instrument, question)
            })
        })
        .collect()
}

/// Questions that never enter: those named, and those that ask what may become of a text.
fn left_out<'a>(instrument: &'a Instrument, file: &'a PublicFile) -> BTreeSet<&'a str> {
    let asks = instrument.questions().filter_map(|q| match &q.kind {
        Kind::ShortText(text) | Kind::LongText(text) => match &text.release {
            TextRelease::Asked { question, .. } => Some(question.as_str()),
            _ => None,
        },
        _ => None,
    });
    file.leave_out
        .iter()
        .map(String::as_str)
        .chain([file.consent.as_str()])
        .chain(asks)
        .collect()
}

fn whole(instrument: &Instrument, question: &Question) -> Variable {
    Variable {
        name: question.id.clone(),
        question: question.id.clone(),
        part: None,
        title: public_text(instrument, &question.title),
        part_label: None,
        role: if question.sensitive {
            Role::Sensitive
        } else {
            Role::Plain
        },
        values: Values::Codes(Vec::new()),
    }
}

fn answers(instrument: &Instrument, file: &PublicFile, question: &Question) -> Vec<Variable> {
    let column = |values| Variable {
        values,
        ..whole(instrument, question)
    };
    match &question.kind {
        Kind::Single(list) => {
            let codes = codes(instrument, &list.options);
            vec![column(Values::Codes(merged(file, &question.id, codes)))]
        }
        Kind::Multiple(list) => {
            vec![column(Values::Sets(codes(instrument, &list.options)))]
        }
        Kind::Slider(slider) => vec![column(Values::Number {
            min: slider.min,
            max: slider.max,
            codes: codes(instrument, &slider.missing),
        })],
        // A typed number can be as rare as a name; only bands are published.
        Kind::Number(number) if !number.bands.is_empty() => {
            let bands = bands_of_number(number);
            let told = bands.iter().map(band_cell).map(|cell| Code {
                code: cell.code,
                label: cell.label,
                missing: cell.missing,
            });
            let missing = codes(instrument, &number.missing);
            vec![column(Values::Codes(told.chain(missing).collect()))]
        }
        Kind::Matrix(matrix) => rows(instrument, question, matrix),
        Kind::Ranking(ranking) => (1..=ranking.places)
            .map(|place| {
                let options = codes(instrument, &ranking.options);
                let label = Text::new(format!("第 {place} 位"), format!("Place {place}"));
                part(instrument, question, place.to_string(), label, options)
            })
            .collect(),
        Kind::BestWorst(sets) => picks(instrument, question, sets),
        Kind::Number(_)
        | Kind::ShortText(_)
        | Kind::LongText(_)
        | Kind::Votes(_)
        | Kind::Statement => Vec::new(),
    }
}

fn rows(instrument: &Instrument, question: &Question, matrix: &Matrix) -> Vec<Variable> {
    let scale = codes(instrument, &matrix.scale);
    matrix
        .rows
        .iter()
        .map(|row| {
            let label = public_text(instrument, &row.label);
            let mut column = part(instrument, question, row.code.clone(), label, scale.clone());
            if row.expected.is_some() {
                // Whether somebody read closely is nothing that could harm them.
                column.role = Role::Plain;
            }
            column
        })
        .collect()
}

fn picks(instrument: &Instrument, question: &Question, sets: &BestWorst) -> Vec<Variable> {
    let most = sets.classes.iter().map(|(_, tasks)| tasks.len()).max();
    let items = codes(instrument, &sets.items);
    (1..=most.unwrap_or(0))
        .flat_map(|set| [(set, "best", &sets.best), (set, "worst", &sets.worst)])
        .map(|(set, end, label)| {
            let label = public_text(instrument, label);
            part(
                instrument,
                question,
                format!("{set}_{end}"),
                label,
                items.clone(),
            )
        })
        .collect()
}

fn part(
    instrument: &Instrument,
    question: &Question,
    part: String,
    label: Text,
    codes: Vec<Code>,
) -> Variable {
    Variable {
        name: format!("{}__{part}", question.id),
        part: Some(part),
        part_label: Some(label),
        values: Values::Codes(codes),
        ..whole(instrument, question)
    }
}

fn codes(instrument: &Instrument, choices: &[Choice]) -> Vec<Code> {
    choices
        .iter()
        .map(|choice| Code {
            code: choice.code.clone(),
            label: public_text(instrument, &choice.label),
            missing: choice.missing.is_some(),
        })
        .collect()
}

/// Each group of merged codes stands where its first code stood.
fn merged(file: &PublicFile, question: &str, codes: Vec<Code>) -> Vec<Code> {
    let mut out: Vec<Code> = Vec::new();
    for code in codes {
        let group = file
            .merges
            .iter()
            .find(|m| m.question == question && m.codes.contains(&code.code));
        match group {
            None => out.push(code),
            Some(group) if out.iter().any(|c| c.code == group.code) => {}
            Some(group) => out.push(Code {
                code: group.code.clone(),
                label: group.label.clone(),
                missing: false,
            }),
        }
    }
    out
}

//! Faults in words, beside their field and in the summary at the top.

use partake_core::{
    flow::{Body, QuestionView},
    response::{Fault, FaultCode},
};

use crate::Words;

/// One fault as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultLine {
    pub question: String,
    pub row: Option<String>,
    /// Id of the element to go to.
    pub anchor: String,
    /// What the summary calls the field.
    pub label: String,
    pub message: String,
}

/// What is wrong with one answer, in words.
pub(crate) struct Told {
    pub(crate) question: String,
    pub(crate) row: Option<String>,
    pub(crate) message: String,
}

/// The faults of a section in the order of its questions; then those that no question on the page
/// can show, as lines without a label that lead to the top.
#[must_use]
pub fn fault_lines(words: &Words, questions: &[QuestionView], faults: &[Fault]) -> Vec<FaultLine> {
    let told = faults.iter().map(|fault| Told {
        question: fault.question.clone(),
        row: fault.row.clone(),
        message: message(words, &fault.code),
    });
    told_lines(questions, told.collect())
}

pub(crate) fn told_lines(questions: &[QuestionView], told: Vec<Told>) -> Vec<FaultLine> {
    let mut lines = Vec::new();
    for question in questions {
        for fault in told.iter().filter(|fault| fault.question == question.id) {
            let row = fault.row.clone().filter(|row| has_row(&question.body, row));
            let anchor = match &row {
                Some(row) => format!("q-{}-{row}", question.id),
                None => format!("q-{}", question.id),
            };
            lines.push(FaultLine {
                question: question.id.clone(),
                row,
                anchor,
                label: question.title.clone(),
                message: fault.message.clone(),
            });
        }
    }
    for fault in told {
        if questions
            .iter()
            .all(|question| question.id != fault.question)
        {
            lines.push(FaultLine {
                question: fault.question,
                row: None,
                anchor: "section-title".to_owned(),
                label: String::new(),
                message: fault.message,
            });
        }
    }
    lines
}

/// What is wrong and how to mend it.
#[must_use]
pub fn message(words: &Words, code: &FaultCode) -> String {
    let range = |min: f64, max: f64| {
        words.fill(
            "fault-range",
            &[("min", &min.to_string()), ("max", &max.to_string())],
        )
    };
    match code {
        FaultCode::Required => words.get("fault-required"),
        FaultCode::UnknownCode | FaultCode::UnknownRow | FaultCode::NotInSet => {
            words.get("fault-code")
        }
        FaultCode::UnknownField => words.get("fault-field"),
        FaultCode::NotAsked => words.get("fault-not-asked"),
        FaultCode::Exclusive => words.get("fault-exclusive"),
        FaultCode::TooManyChosen { max } | FaultCode::TooManyRanked { max } => {
            words.fill("fault-too-many", &[("max", &max.to_string())])
        }
        FaultCode::OutOfRange { min, max } => range(*min, *max),
        FaultCode::NotANumber => words.get("fault-number"),
        FaultCode::NotADate => words.get("fault-date"),
        FaultCode::DateOutOfRange { first, last } => {
            words.fill("fault-date-range", &[("min", first), ("max", last)])
        }
        FaultCode::NotInteger | FaultCode::OffStep { .. } => words.get("fault-integer"),
        FaultCode::TooLong { max, is } => words.fill(
            "fault-long",
            &[("max", &max.to_string()), ("is", &is.to_string())],
        ),
        FaultCode::TooShort { min, is } => words.fill(
            "fault-short",
            &[("min", &min.to_string()), ("is", &is.to_string())],
        ),
        FaultCode::Pattern { message } | FaultCode::Check { message } => message.clone(),
        FaultCode::DuplicateRank => words.get("fault-twice"),
        FaultCode::RankGap => words.get("fault-gap"),
        FaultCode::BestIsWorst => words.get("fault-both-ends"),
        FaultCode::NotText => words.get("fault-signs"),
        FaultCode::Repeated | FaultCode::WrongType => words.get("fault-shape"),
    }
}

/// True when the page has a place of its own for the row's message.
fn has_row(body: &Body, row: &str) -> bool {
    match body {
        Body::Matrix { rows, .. } => rows.iter().any(|r| r.code == row),
        _ => false,
    }
}

//! From the answers of one respondent to what is stored.

use std::collections::BTreeMap;

use super::{
    Answer, Answers, Assignment, DetachedText, Fault, FaultCode, Flags, Sheet, Submission,
    other_key, validate_question,
};
use crate::{
    flow::{Flow, Seed},
    instrument::{Instrument, Kind, Matrix, Question, TextRelease},
    lang::Lang,
};

/// A matrix with fewer rows says little when all its rows carry the same code.
const LONG_MATRIX: usize = 6;

/// Clears what is not asked, checks everything, and takes free text and votes off the sheet.
///
/// - Answers to questions that are not asked are dropped. A caller that receives answers from
///   outside and wants to refuse them instead asks [`not_asked`] first.
/// - A skipped question with a declared default has that default on the sheet.
/// - A text whose author asked for its deletion is dropped; `may_show` is true only where the
///   author agreed, or where writing it is asking for it to be shown. Texts of "other" options are
///   never shown.
/// - The consent gate is not part of the sheet. If `answers` hold an answer to it, it must be the
///   accepting one.
///
/// # Errors
/// Every fault of every section.
pub fn finish(
    instrument: &Instrument,
    lang: Lang,
    seed: Seed,
    assignment: &Assignment,
    answers: &Answers,
) -> Result<Submission, Vec<Fault>> {
    let flow = Flow::new(instrument, lang, seed, assignment, answers);
    let mut faults = unknown_fields(instrument, answers);
    faults.extend(levels(instrument, assignment));
    let gate = &instrument.consent.gate;
    if let Some(answer) = answers.get(&gate.id)
        && !accepts(gate, answer)
    {
        faults.push(Fault::new(&gate.id, FaultCode::Required));
    }
    for section in flow.sections() {
        let view = flow.section(section);
        for question in view.iter().flat_map(|view| &view.questions) {
            faults.extend(validate_question(question, flow.answers()));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(detach(instrument, lang, assignment, &flow))
}

/// Faults for answers to questions that are not asked with the answers given, and for fields that
/// no question has.
#[must_use]
pub fn not_asked(
    instrument: &Instrument,
    lang: Lang,
    seed: Seed,
    assignment: &Assignment,
    answers: &Answers,
) -> Vec<Fault> {
    let flow = Flow::new(instrument, lang, seed, assignment, answers);
    let mut faults = unknown_fields(instrument, answers);
    for question in instrument.questions() {
        let counts = flow.asked(&question.id) || flow.answers().contains_key(&question.id);
        if answers.contains_key(&question.id) && !counts {
            faults.push(Fault::new(&question.id, FaultCode::NotAsked));
        }
    }
    faults
}

/// True when this answer opens the gate: the first option does.
fn accepts(gate: &Question, answer: &Answer) -> bool {
    let accepting = gate.choices().first().map(|choice| choice.code.as_str());
    matches!(answer, Answer::Code(code) if Some(code.as_str()) == accepting)
}

fn unknown_fields(instrument: &Instrument, answers: &Answers) -> Vec<Fault> {
    let known = |key: &str| {
        instrument.question(key).is_some()
            || instrument.questions().any(|question| {
                let mut texts = question.choices().iter().filter(|c| c.text_max.is_some());
                texts.any(|choice| other_key(&question.id, &choice.code) == key)
            })
    };
    answers
        .keys()
        .filter(|key| !known(key))
        .map(|key| Fault::new(key, FaultCode::UnknownField))
        .collect()
}

/// The assignment must give every factor a level that it has.
fn levels(instrument: &Instrument, assignment: &Assignment) -> Vec<Fault> {
    let mut faults: Vec<Fault> = instrument
        .factors
        .iter()
        .filter(|factor| {
            assignment.get(&factor.id).is_none_or(|level| {
                !factor.levels.contains(level) && factor.fixed.as_ref() != Some(level)
            })
        })
        .map(|factor| Fault::new(&factor.id, FaultCode::UnknownCode))
        .collect();
    let unknown = assignment
        .keys()
        .filter(|id| instrument.factor(id).is_none());
    faults.extend(unknown.map(|id| Fault::new(id, FaultCode::UnknownField)));
    faults
}

fn detach(
    instrument: &Instrument,
    lang: Lang,
    assignment: &Assignment,
    flow: &Flow<'_>,
) -> Submission {
    let mut sheet = Sheet {
        lang,
        assignment: assignment.clone(),
        answers: Answers::new(),
        flags: Flags::default(),
    };
    let mut texts = Vec::new();
    let mut votes = BTreeMap::new();
    for question in instrument.questions() {
        let Some(answer) = flow.answers().get(&question.id) else {
            if let Some(code) = &question.default_if_skipped
                && flow.asked(&question.id)
            {
                sheet
                    .answers
                    .insert(question.id.clone(), Answer::Code(code.clone()));
            }
            continue;
        };
        match (&question.kind, answer) {
            (Kind::ShortText(text) | Kind::LongText(text), Answer::Text(typed)) => {
                let Some(may_show) = consent(&text.release, flow.answers()) else {
                    continue;
                };
                texts.push(DetachedText {
                    item: question.id.clone(),
                    text: typed.clone(),
                    may_show,
                });
            }
            (Kind::Votes(_), Answer::Rows(cast)) => votes.clone_from(cast),
            (Kind::Multiple(list), Answer::Codes(codes)) => {
                let declared = list.options.iter().map(|option| &option.code);
                let in_order = declared
                    .filter(|code| codes.contains(code))
                    .cloned()
                    .collect();
                sheet
                    .answers
                    .insert(question.id.clone(), Answer::Codes(in_order));
            }
            _ => {
                sheet.answers.insert(question.id.clone(), answer.clone());
            }
        }
        for choice in question
            .choices()
            .iter()
            .filter(|choice| choice.text_max.is_some())
        {
            let item = other_key(&question.id, &choice.code);
            if let Some(Answer::Text(typed)) = flow.answers().get(&item) {
                texts.push(DetachedText {
                    item,
                    text: typed.clone(),
                    may_show: false,
                });
            }
        }
    }
    sheet.flags = flags(instrument, &sheet.answers);
    Submission {
        sheet,
        texts,
        votes,
    }
}

/// Whether a text may be shown; `None` when it is to be deleted.
fn consent(release: &TextRelease, answers: &Answers) -> Option<bool> {
    match release {
        TextRelease::Never => Some(false),
        TextRelease::AfterReview => Some(true),
        TextRelease::Asked {
            question,
            show,
            delete,
        } => match answers.get(question) {
            Some(Answer::Code(code)) if code == delete => None,
            Some(Answer::Code(code)) => Some(code == show),
            _ => Some(false),
        },
    }
}

fn flags(instrument: &Instrument, answers: &Answers) -> Flags {
    let mut flags = Flags::default();
    for question in instrument.questions() {
        let (Kind::Matrix(matrix), Some(Answer::Rows(rows))) =
            (&question.kind, answers.get(&question.id))
        else {
            continue;
        };
        for row in &matrix.rows {
            if let (Some(expected), Some(code)) = (&row.expected, rows.get(&row.code)) {
                flags.attentive = Some(flags.attentive.unwrap_or(true) && expected == code);
            }
        }
        flags.straightlined |= straightlined(matrix, rows);
    }
    flags
}

fn straightlined(matrix: &Matrix, rows: &BTreeMap<String, String>) -> bool {
    let content = matrix.rows.iter().filter(|row| row.expected.is_none());
    let codes: Vec<Option<&String>> = content.map(|row| rows.get(&row.code)).collect();
    codes.len() >= LONG_MATRIX
        && codes
            .first()
            .is_some_and(|first| first.is_some() && codes.iter().all(|c| c == first))
}

//! From the answers of one respondent to what is stored.

use std::collections::BTreeMap;

use super::{
    Answer, Answers, Assignment, DetachedText, Fault, FaultCode, Flags, Sheet, Submission,
    other_key,
    validate::{unknown_fields, validate_question},
};
use crate::{
    flow::{Flow, Seed},
    instrument::{ChoiceList, Instrument, Kind, Matrix, Question, TextRelease},
    lang::Lang,
};

/// A matrix with fewer rows says little when all its rows carry the same code.
const LONG_MATRIX: usize = 6;

/// Clears what is not asked, checks everything, and takes free text and votes off the sheet.
///
/// - Answers to questions that are not asked are dropped; [`finish_only_asked`] refuses them.
/// - A skipped question with a declared default has that default on the sheet.
/// - A text whose author asked for its deletion is dropped; `may_show` is true only where the
///   author agreed, or where writing it is asking for it to be shown. Texts of "other" options are
///   never shown.
/// - Faults stand in the order in which the instrument declares the questions.
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
    answers: Answers,
) -> Result<Submission, Vec<Fault>> {
    let (flow, ignored) = Flow::owning(instrument, lang, seed, assignment, answers);
    let mut faults = Vec::new();
    unknown_fields(&flow, &ignored, &mut faults);
    finish_flow(flow, &ignored, faults)
}

/// The same for answers from outside, of which none may be lost without a word: an answer to a
/// question that is not asked with the others is a fault. Where there are such, nothing else is
/// checked.
///
/// # Errors
/// Every fault of every section, or every answer and field that was not asked for.
pub fn finish_only_asked(
    instrument: &Instrument,
    lang: Lang,
    seed: Seed,
    assignment: &Assignment,
    answers: Answers,
) -> Result<Submission, Vec<Fault>> {
    let (flow, ignored) = Flow::owning(instrument, lang, seed, assignment, answers);
    let faults = not_asked(&flow, &ignored);
    if !faults.is_empty() {
        return Err(faults);
    }
    finish_flow(flow, &ignored, faults)
}

/// Faults for answers to questions that are not asked with the answers given, and for fields that
/// no question has.
fn not_asked(flow: &Flow<'_>, ignored: &Answers) -> Vec<Fault> {
    let mut faults = Vec::new();
    unknown_fields(flow, ignored, &mut faults);
    for question in flow.instrument().questions() {
        if ignored.contains_key(&question.id) && !flow.asked(&question.id) {
            faults.push(Fault::new(&question.id, FaultCode::NotAsked));
        }
    }
    faults
}

fn finish_flow(
    flow: Flow<'_>,
    ignored: &Answers,
    mut faults: Vec<Fault>,
) -> Result<Submission, Vec<Fault>> {
    let instrument = flow.instrument();
    levels(instrument, flow.assignment, &mut faults);
    let gate = &instrument.consent.gate;
    if let Some(answer) = ignored.get(&gate.id)
        && !accepts(gate, answer)
    {
        faults.push(Fault::new(&gate.id, FaultCode::Required));
    }
    for question in instrument.questions() {
        if flow.asked(&question.id) {
            validate_question(&flow, question, flow.answers(), &mut faults);
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(detach(flow))
}

/// True when this answer opens the gate: the first option does.
fn accepts(gate: &Question, answer: &Answer) -> bool {
    let accepting = gate.choices().first().map(|choice| choice.code.as_str());
    matches!(answer, Answer::Code(code) if Some(code.as_str()) == accepting)
}

/// The assignment must give every factor a level that it has.
fn levels(instrument: &Instrument, assignment: &Assignment, faults: &mut Vec<Fault>) {
    for factor in &instrument.factors {
        let level = assignment.get(&factor.id);
        let known =
            level.is_some_and(|l| factor.levels.contains(l) || factor.fixed.as_ref() == Some(l));
        if !known {
            faults.push(Fault::new(&factor.id, FaultCode::UnknownCode));
        }
    }
    for id in assignment.keys() {
        if instrument.factor(id).is_none() {
            faults.push(Fault::new(id, FaultCode::UnknownField));
        }
    }
}

fn detach(flow: Flow<'_>) -> Submission {
    let (instrument, lang, assignment) = (flow.instrument(), flow.lang, flow.assignment);
    let defaults: Vec<(&str, &str)> = instrument
        .questions()
        .filter_map(|question| {
            Some((
                question.id.as_str(),
                question.default_if_skipped.as_deref()?,
            ))
        })
        .filter(|(id, _)| flow.asked(id) && !flow.answers().contains_key(*id))
        .collect();
    let mut answers = flow.into_answers();
    let mut texts = Vec::new();
    let mut votes = BTreeMap::new();
    for question in instrument.questions() {
        match &question.kind {
            Kind::ShortText(text) | Kind::LongText(text) => {
                let may_show = consent(&text.release, &answers);
                if let Some((item, Answer::Text(text))) = answers.remove_entry(&question.id)
                    && let Some(may_show) = may_show
                {
                    texts.push(DetachedText {
                        item,
                        text,
                        may_show,
                    });
                }
            }
            Kind::Votes(_) => {
                if let Some(Answer::Rows(cast)) = answers.remove(&question.id) {
                    votes = cast;
                }
            }
            Kind::Multiple(list) => {
                if let Some(Answer::Codes(codes)) = answers.get_mut(&question.id) {
                    in_declared_order(list, codes);
                }
            }
            _ => {}
        }
        for choice in question.choices().iter().filter(|c| c.text_max.is_some()) {
            let key = other_key(&question.id, &choice.code);
            if let Some((item, Answer::Text(text))) = answers.remove_entry(&key) {
                texts.push(DetachedText {
                    item,
                    text,
                    may_show: false,
                });
            }
        }
    }
    for (question, code) in defaults {
        answers.insert(question.to_owned(), Answer::Code(code.to_owned()));
    }
    Submission {
        sheet: Sheet {
            lang,
            assignment: assignment.clone(),
            flags: flags(instrument, &answers),
            answers,
        },
        texts,
        votes,
    }
}

fn in_declared_order(list: &ChoiceList, codes: &mut Vec<String>) {
    let mut ordered = Vec::with_capacity(codes.len());
    for option in &list.options {
        if let Some(at) = codes.iter().position(|code| *code == option.code) {
            ordered.push(codes.swap_remove(at));
        }
    }
    *codes = ordered;
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
        let Kind::Matrix(matrix) = &question.kind else {
            continue;
        };
        let Some(Answer::Rows(rows)) = answers.get(&question.id) else {
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

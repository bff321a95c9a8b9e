//! How a sheet is stored: about a hundred bytes, readable only with the instrument of its wave.
//!
//! Version byte; one byte of language and flags; for each factor its level's place plus one; one
//! bit for each question of the instrument, set when it has an answer; then the answers in order.
//! A code is its place in the declared list, a multiple choice one bit for each option, a matrix
//! one number for each row (0: left blank), a number its step above the least value. The instrument
//! of a wave never changes, so places do not either; the version byte is there for this format.

use std::collections::BTreeMap;

use super::{
    Answer, Answers, Assignment, Flags, Pace, Pick, Sheet,
    varint::{self, Bytes},
};
use crate::{
    instrument::{BestWorst, Choice, Factor, Instrument, Kind, Question, Row},
    lang::Lang,
};

const VERSION: u8 = 1;

/// Bytes that are not a sheet of this instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The format is of another version.
    #[error("stored with format {0}, which this program does not read")]
    Version(u8),
    /// The bytes end early, go on too long, or name a place that the instrument does not have.
    #[error("not a sheet of this instrument")]
    Malformed,
}

/// The sheet as bytes. The sheet is one that [`super::finish`] made for this instrument; an answer
/// that the instrument does not know is left out.
#[must_use]
pub fn encode_sheet(instrument: &Instrument, sheet: &Sheet) -> Vec<u8> {
    let mut out = vec![VERSION, header(sheet.lang, sheet.flags)];
    for factor in &instrument.factors {
        let level = sheet.assignment.get(&factor.id);
        let at = level.and_then(|level| levels(factor).position(|l| l == level));
        varint::write(&mut out, place(at));
    }
    let mut bodies = Vec::new();
    let mut present = Vec::new();
    for question in instrument.questions() {
        let begun = bodies.len();
        let answer = sheet.answers.get(&question.id);
        let encoded =
            answer.and_then(|answer| encode(&mut bodies, instrument, question, answer, sheet));
        if encoded.is_none() {
            bodies.truncate(begun);
        }
        present.push(encoded.is_some());
    }
    varint::write_bits(&mut out, present.into_iter());
    out.extend(bodies);
    out
}

/// The sheet that these bytes say.
///
/// # Errors
/// When the bytes are not a sheet of this instrument.
pub fn decode_sheet(instrument: &Instrument, bytes: &[u8]) -> Result<Sheet, DecodeError> {
    let mut input = Bytes(bytes);
    match input.byte() {
        Some(VERSION) => {}
        Some(other) => return Err(DecodeError::Version(other)),
        None => return Err(DecodeError::Malformed),
    }
    let sheet = decode(instrument, &mut input).ok_or(DecodeError::Malformed)?;
    if input.0.is_empty() {
        Ok(sheet)
    } else {
        Err(DecodeError::Malformed)
    }
}

/// Votes as bytes: for each statement its ballot's place plus one, 0 when there is no vote.
#[must_use]
pub fn encode_votes(instrument: &Instrument, votes: &BTreeMap<String, String>) -> Vec<u8> {
    let mut out = vec![VERSION];
    for question in instrument.questions() {
        let Kind::Votes(declared) = &question.kind else {
            continue;
        };
        for statement in &declared.statements {
            let code = votes.get(&statement.code);
            let at = code.and_then(|code| position(&declared.ballot, code));
            varint::write(&mut out, place(at));
        }
    }
    out
}

/// The votes that these bytes say.
///
/// # Errors
/// When the bytes are not votes on this instrument's statements.
pub fn decode_votes(
    instrument: &Instrument,
    bytes: &[u8],
) -> Result<BTreeMap<String, String>, DecodeError> {
    let mut input = Bytes(bytes);
    match input.byte() {
        Some(VERSION) => {}
        Some(other) => return Err(DecodeError::Version(other)),
        None => return Err(DecodeError::Malformed),
    }
    let mut votes = BTreeMap::new();
    for question in instrument.questions() {
        let Kind::Votes(declared) = &question.kind else {
            continue;
        };
        for statement in &declared.statements {
            let at = input.index().ok_or(DecodeError::Malformed)?;
            if let Some(at) = at.checked_sub(1) {
                let ballot = declared.ballot.get(at).ok_or(DecodeError::Malformed)?;
                votes.insert(statement.code.clone(), ballot.code.clone());
            }
        }
    }
    if input.0.is_empty() {
        Ok(votes)
    } else {
        Err(DecodeError::Malformed)
    }
}

fn header(lang: Lang, flags: Flags) -> u8 {
    let lang = match lang {
        Lang::Zh => 0,
        Lang::En => 1,
    };
    let attentive = match flags.attentive {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    };
    let pace = match flags.pace {
        Pace::Unknown => 0,
        Pace::Usual => 1,
        Pace::Fast => 2,
    };
    lang | attentive << 1 | u8::from(flags.straightlined) << 3 | pace << 4
}

fn read_header(byte: u8) -> Option<(Lang, Flags)> {
    let lang = if byte & 1 == 0 { Lang::Zh } else { Lang::En };
    let attentive = match byte >> 1 & 3 {
        0 => None,
        1 => Some(false),
        2 => Some(true),
        _ => return None,
    };
    let pace = match byte >> 4 & 3 {
        0 => Pace::Unknown,
        1 => Pace::Usual,
        2 => Pace::Fast,
        _ => return None,
    };
    (byte >> 6 == 0).then_some((
        lang,
        Flags {
            attentive,
            straightlined: byte >> 3 & 1 == 1,
            pace,
        },
    ))
}

/// The levels that a stored sheet may name: those drawn, and the one set by the owner.
fn levels(factor: &Factor) -> impl Iterator<Item = &String> {
    factor.levels.iter().chain(&factor.fixed)
}

fn place(at: Option<usize>) -> u64 {
    at.and_then(|at| u64::try_from(at + 1).ok())
        .unwrap_or_default()
}

fn position(choices: &[Choice], code: &str) -> Option<usize> {
    choices.iter().position(|choice| choice.code == code)
}

/// Adds an answer to `out`; `None`, and perhaps a part of it, where the instrument does not know it.
fn encode(
    out: &mut Vec<u8>,
    instrument: &Instrument,
    question: &Question,
    answer: &Answer,
    sheet: &Sheet,
) -> Option<()> {
    let mut index = |at: usize| varint::write(out, u64::try_from(at).unwrap_or(u64::MAX));
    match (&question.kind, answer) {
        (Kind::Single(list), Answer::Code(code)) => index(position(&list.options, code)?),
        (Kind::Multiple(list), Answer::Codes(codes)) => {
            varint::write_bits(out, list.options.iter().map(|o| codes.contains(&o.code)));
        }
        (Kind::Matrix(matrix), Answer::Rows(rows)) => {
            for row in &matrix.rows {
                let at = rows
                    .get(&row.code)
                    .and_then(|code| position(&matrix.scale, code));
                varint::write(out, place(at));
            }
        }
        (Kind::Slider(slider), Answer::Code(code)) => index(position(&slider.missing, code)?),
        (Kind::Slider(slider), Answer::Number(n)) => {
            number(out, *n, slider.min, slider.step, slider.missing.len());
        }
        (Kind::Number(declared), Answer::Code(code)) => index(position(&declared.missing, code)?),
        (Kind::Number(declared), Answer::Number(n)) => {
            number(out, *n, declared.min, 1.0, declared.missing.len());
        }
        (Kind::Ranking(ranking), Answer::Ranking(codes)) => {
            index(codes.len());
            for code in codes {
                index(position(&ranking.options, code)?);
            }
        }
        (Kind::BestWorst(bw), Answer::BestWorst(picks)) => {
            let sets = class(instrument, bw, &sheet.assignment)?;
            index(picks.len());
            for (set, pick) in sets.iter().zip(picks) {
                for code in [&pick.best, &pick.worst] {
                    let at = code
                        .as_ref()
                        .and_then(|code| set.iter().position(|c| c == code));
                    varint::write(out, place(at));
                }
            }
        }
        _ => return None,
    }
    Some(())
}

fn class<'a>(
    instrument: &Instrument,
    bw: &'a BestWorst,
    assignment: &Assignment,
) -> Option<&'a Vec<Vec<String>>> {
    let level = assignment.get(&instrument.factor(&bw.factor)?.id)?;
    bw.classes
        .iter()
        .find(|(name, _)| name == level)
        .map(|(_, sets)| sets)
}

/// Steps above the least value, after the places of the missing codes and one place for a value
/// off the steps, which follows as it is.
fn number(out: &mut Vec<u8>, n: f64, min: f64, step: f64, missing: usize) {
    let base = u64::try_from(missing).unwrap_or_default();
    match steps(n, min, step) {
        Some(steps) => varint::write(out, base + 1 + u64::from(steps)),
        None => {
            varint::write(out, base);
            out.extend(n.to_le_bytes());
        }
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked before"
)]
fn steps(n: f64, min: f64, step: f64) -> Option<u32> {
    let steps = (n - min) / step;
    let whole = steps.fract() == 0.0 && (0.0..f64::from(u32::MAX)).contains(&steps);
    let exact = whole
        && min + steps * step == n
        && n.is_sign_positive() == (min + steps * step).is_sign_positive();
    exact.then_some(steps as u32)
}

fn decode(instrument: &Instrument, input: &mut Bytes<'_>) -> Option<Sheet> {
    let (lang, flags) = read_header(input.byte()?)?;
    let mut assignment = Assignment::new();
    for factor in &instrument.factors {
        if let Some(at) = input.index()?.checked_sub(1) {
            assignment.insert(factor.id.clone(), levels(factor).nth(at)?.clone());
        }
    }
    let present = input.bits(instrument.questions().count())?;
    let mut answers = Answers::new();
    for (question, _) in instrument
        .questions()
        .zip(present)
        .filter(|(_, there)| *there)
    {
        let answer = read(instrument, question, input, &assignment)?;
        answers.insert(question.id.clone(), answer);
    }
    Some(Sheet {
        lang,
        assignment,
        answers,
        flags,
    })
}

fn read(
    instrument: &Instrument,
    question: &Question,
    input: &mut Bytes<'_>,
    assignment: &Assignment,
) -> Option<Answer> {
    let code = |choices: &[Choice], at: usize| choices.get(at).map(|c| c.code.clone());
    Some(match &question.kind {
        Kind::Single(list) => Answer::Code(code(&list.options, input.index()?)?),
        Kind::Multiple(list) => {
            let bits = input.bits(list.options.len())?;
            let chosen = list.options.iter().zip(bits).filter(|(_, bit)| *bit);
            Answer::Codes(chosen.map(|(option, _)| option.code.clone()).collect())
        }
        Kind::Matrix(matrix) => Answer::Rows(read_rows(&matrix.rows, &matrix.scale, input)?),
        Kind::Slider(slider) => match input.index()? {
            at if at < slider.missing.len() => Answer::Code(code(&slider.missing, at)?),
            at => {
                let above = at - slider.missing.len();
                Answer::Number(read_number(input, above, slider.min, slider.step)?)
            }
        },
        Kind::Number(declared) => match input.index()? {
            at if at < declared.missing.len() => Answer::Code(code(&declared.missing, at)?),
            at => {
                let above = at - declared.missing.len();
                Answer::Number(read_number(input, above, declared.min, 1.0)?)
            }
        },
        Kind::Ranking(ranking) => {
            let n = input.index().filter(|n| *n <= ranking.options.len())?;
            let codes: Option<Vec<String>> = (0..n)
                .map(|_| code(&ranking.options, input.index()?))
                .collect();
            Answer::Ranking(codes?)
        }
        Kind::BestWorst(bw) => {
            let sets = class(instrument, bw, assignment)?;
            let n = input.index().filter(|n| *n <= sets.len())?;
            let mut picks = Vec::with_capacity(n);
            for set in sets.iter().take(n) {
                let mut side = || match input.index()?.checked_sub(1) {
                    None => Some(None),
                    Some(at) => set.get(at).cloned().map(Some),
                };
                picks.push(Pick {
                    best: side()?,
                    worst: side()?,
                });
            }
            Answer::BestWorst(picks)
        }
        Kind::ShortText(_) | Kind::LongText(_) | Kind::Votes(_) | Kind::Statement => return None,
    })
}

fn read_rows(
    rows: &[Row],
    scale: &[Choice],
    input: &mut Bytes<'_>,
) -> Option<BTreeMap<String, String>> {
    let mut given = BTreeMap::new();
    for row in rows {
        if let Some(at) = input.index()?.checked_sub(1) {
            given.insert(row.code.clone(), scale.get(at)?.code.clone());
        }
    }
    Some(given)
}

fn read_number(input: &mut Bytes<'_>, above: usize, min: f64, step: f64) -> Option<f64> {
    match above.checked_sub(1) {
        Some(steps) => Some(min + f64::from(u32::try_from(steps).ok()?) * step),
        None => Some(f64::from_le_bytes(input.take()?)),
    }
}

//! How long it takes, by the ways that people go.

use crate::{
    flow::{Scope, Seed, assign},
    instrument::{Instrument, Kind, Question},
    response::{Answer, Answers},
};

/// Expected seconds from the first question to the last, optional sections left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// The shortest way found.
    pub shortest: u32,
    /// Half of the ways are shorter.
    pub median: u32,
    /// The longest way found.
    pub longest: u32,
}

/// Times over ways drawn at random: at each question every answer is equally likely. More ways are
/// drawn for short instruments than for long ones, so that this takes no longer than a moment.
#[must_use]
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "seconds are small and not negative"
)]
pub fn times(instrument: &Instrument) -> Times {
    let count = instrument.questions().count().max(1);
    let ways = u32::try_from(20_000 / count)
        .unwrap_or(u32::MAX)
        .clamp(40, 600);
    let mut all: Vec<u32> = (0..ways)
        .map(|way| seconds(instrument, Seed(way)).round() as u32)
        .collect();
    all.sort_unstable();
    Times {
        shortest: all.first().copied().unwrap_or_default(),
        median: all.get(all.len() / 2).copied().unwrap_or_default(),
        longest: all.last().copied().unwrap_or_default(),
    }
}

fn seconds(instrument: &Instrument, seed: Seed) -> f64 {
    let assignment = assign(instrument, seed);
    let mut answers = Answers::new();
    let mut seconds = instrument.consent.gate.est_seconds;
    for section in &instrument.sections {
        for question in &section.questions {
            let scope = Scope::new(instrument, &assignment, &answers);
            if question
                .show_if
                .as_ref()
                .is_some_and(|condition| !scope.truth(condition))
            {
                continue;
            }
            if !section.optional {
                seconds += question.est_seconds;
            }
            if let Some(answer) = drawn(question, seed) {
                answers.insert(question.id.clone(), answer);
            }
        }
    }
    seconds
}

fn drawn(question: &Question, seed: Seed) -> Option<Answer> {
    let id = question.id.as_str();
    let choices = question.choices();
    let code = || Some(choices.get(seed.below(id, choices.len()))?.code.clone());
    Some(match &question.kind {
        Kind::Single(_) => Answer::Code(code()?),
        Kind::Multiple(_) => Answer::Codes(vec![code()?]),
        Kind::Matrix(matrix) => {
            let rows = matrix.rows.iter().filter_map(|row| {
                let at = seed.below(&format!("{id}__{}", row.code), choices.len());
                Some((row.code.clone(), choices.get(at)?.code.clone()))
            });
            Answer::Rows(rows.collect())
        }
        Kind::Slider(slider) => Answer::Number(between(slider.min, slider.max, seed, id)),
        Kind::Number(number) => Answer::Number(between(number.min, number.max, seed, id)),
        Kind::Ranking(_) => Answer::Ranking(vec![code()?]),
        Kind::ShortText(_) | Kind::LongText(_) => Answer::Text("…".to_owned()),
        Kind::BestWorst(_) | Kind::Votes(_) | Kind::Statement => return None,
    })
}

fn between(min: f64, max: f64, seed: Seed, id: &str) -> f64 {
    let share = f64::from(u32::try_from(seed.below(id, 1_001)).unwrap_or_default()) / 1_000.0;
    (min + (max - min) * share).round()
}

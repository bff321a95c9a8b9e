//! An answer in words: the labels that were chosen, as the question put them.

use partake_core::{
    date::Date,
    flow::{Body, OptionView, QuestionView},
    response::{Answer, Answers, other_key},
};

use crate::{Words, widgets::place};

/// The lines of an answer; `None` when there is none. What was written beside an option is not
/// part of it, see [`beside`].
#[must_use]
pub fn told(words: &Words, question: &QuestionView, answers: &Answers) -> Option<Vec<String>> {
    let pair = |label: &str, item: &str| words.fill("pair", &[("label", label), ("item", item)]);
    let lines = match (&question.body, answers.get(&question.id)?) {
        (Body::Single(options), Answer::Code(code)) => vec![label(options, code)],
        (Body::Multiple(options, _), Answer::Codes(codes)) => {
            codes.iter().map(|code| label(options, code)).collect()
        }
        (Body::Slider { missing, .. } | Body::Number { missing, .. }, Answer::Code(code)) => {
            vec![label(missing, code)]
        }
        (Body::Number { date: true, .. }, Answer::Number(days)) => {
            vec![Date::from_days(*days).map(Date::iso)?]
        }
        (Body::Number { unit, .. }, Answer::Number(number)) => {
            let unit = unit.as_deref().unwrap_or_default();
            vec![format!("{number} {unit}").trim().to_owned()]
        }
        (Body::Slider { .. }, Answer::Number(number)) => vec![number.to_string()],
        (
            Body::Matrix {
                rows,
                scale: points,
            }
            | Body::Votes {
                statements: rows,
                ballot: points,
                ..
            },
            Answer::Rows(given),
        ) => rows
            .iter()
            .filter_map(|row| {
                let code = given.get(&row.code)?;
                Some(pair(&row.label, &label(points, code)))
            })
            .collect(),
        (Body::Ranking { options, .. }, Answer::Ranking(codes)) => codes
            .iter()
            .zip(1..)
            .map(|(code, n)| pair(&place(words, n), &label(options, code)))
            .collect(),
        (Body::BestWorst { tasks, best, worst }, Answer::BestWorst(picks)) => {
            let mut lines = Vec::new();
            for task in tasks {
                let pick = usize::try_from(task.index)
                    .ok()
                    .and_then(|at| picks.get(at));
                let Some(pick) = pick else { continue };
                for (end, code) in [(best, &pick.best), (worst, &pick.worst)] {
                    if let Some(code) = code {
                        lines.push(pair(end, &label(&task.items, code)));
                    }
                }
            }
            lines
        }
        (Body::ShortText { .. } | Body::LongText { .. }, Answer::Text(text)) => vec![text.clone()],
        _ => return None,
    };
    Some(lines)
}

/// What was written beside options of the question: the option's label and the text.
#[must_use]
pub fn beside(question: &QuestionView, answers: &Answers) -> Vec<(String, String)> {
    let (Body::Single(options) | Body::Multiple(options, _)) = &question.body else {
        return Vec::new();
    };
    let mut texts = Vec::new();
    for option in options {
        if let Some(Answer::Text(text)) = answers.get(&other_key(&question.id, &option.code)) {
            texts.push((option.label.clone(), text.clone()));
        }
    }
    texts
}

fn label(options: &[OptionView], code: &str) -> String {
    let found = options.iter().find(|option| option.code == code);
    found.map_or(code, |option| &option.label).to_owned()
}

//! What a posted section does to the answers: the same step on the server and in the runner.

use partake_core::{
    flow::{Body, Flow, SectionView, Seed},
    instrument::Instrument,
    lang::Lang,
    response::{Answers, Assignment, Fault, decode_section, validate},
};

/// Names of fields that steer the page and are not answers.
const STEERING: [&str; 5] = ["state", "from", "go", "clear", "sure"];

/// One respondent's fixed circumstances.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    pub instrument: &'a Instrument,
    pub lang: Lang,
    pub seed: Seed,
    pub assignment: &'a Assignment,
}

/// What came of reading a section's form.
#[derive(Clone, Debug)]
pub struct Taken {
    /// All answers, those of this section replaced by what was posted.
    pub answers: Answers,
    /// Everything that stands in the way of going on.
    pub faults: Vec<Fault>,
    /// True when these answers brought up questions that were not on the page.
    pub opened: bool,
    /// Unlikely numbers that were not confirmed yet: question, number as typed, what to ask.
    pub doubts: Vec<(String, String, String)>,
}

impl<'a> Step<'a> {
    /// The flow that follows from `answers`.
    #[must_use]
    pub fn flow(self, answers: &Answers) -> Flow<'a> {
        Flow::new(
            self.instrument,
            self.lang,
            self.seed,
            self.assignment,
            answers,
        )
    }

    /// Reads the posted fields of `section`, which was shown under `answers`.
    #[must_use]
    pub fn take(self, answers: &Answers, section: &str, pairs: &[(String, String)]) -> Taken {
        let fields: Vec<_> = pairs
            .iter()
            .filter(|(name, _)| !STEERING.contains(&name.as_str()))
            .cloned()
            .collect();
        let Self {
            instrument,
            lang,
            seed,
            assignment,
        } = self;
        let decoded = decode_section(
            instrument, lang, seed, assignment, answers, section, &fields,
        );

        let declared = instrument.section(section).map(|s| s.questions.as_slice());
        let replaced = |key: &str| {
            declared
                .unwrap_or_default()
                .iter()
                .any(|q| is_of(key, &q.id))
        };
        let mut merged: Answers = answers
            .iter()
            .filter(|(key, _)| !replaced(key))
            .map(|(key, answer)| (key.clone(), answer.clone()))
            .collect();
        merged.extend(decoded.answers);

        let mut faults = decoded.faults;
        let mut opened = false;
        let mut doubts = Vec::new();
        if let Some(now) = self.flow(&merged).section(section) {
            let before = self.flow(answers).section(section);
            opened = now.questions.iter().any(|question| {
                before
                    .iter()
                    .flat_map(|b| &b.questions)
                    .all(|shown| shown.id != question.id)
            });
            doubts = unconfirmed(&now, pairs);
            for fault in validate(instrument, &now, &merged) {
                // What could not be read is missing from the answers; one message is enough.
                let told = faults
                    .iter()
                    .any(|f| f.question == fault.question && f.row == fault.row);
                if !told {
                    faults.push(fault);
                }
            }
        }
        Taken {
            answers: merged,
            faults,
            opened,
            doubts,
        }
    }
}

fn is_of(key: &str, question: &str) -> bool {
    key.strip_prefix(question)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
}

fn unconfirmed(shown: &SectionView, pairs: &[(String, String)]) -> Vec<(String, String, String)> {
    let typed = |id: &str| {
        pairs
            .iter()
            .find(|(n, _)| n == id)
            .map_or("", |(_, v)| v.trim())
    };
    let sure = |id: &str, value: &str| {
        pairs
            .iter()
            .any(|(n, v)| n == "sure" && *v == format!("{id}={value}"))
    };
    shown
        .questions
        .iter()
        .filter_map(|question| {
            let Body::Number {
                soft_max: Some(most),
                soft_message: Some(ask),
                ..
            } = &question.body
            else {
                return None;
            };
            let value = typed(&question.id);
            let unlikely = value.parse::<f64>().is_ok_and(|number| number > *most);
            (unlikely && !sure(&question.id, value))
                .then(|| (question.id.clone(), value.to_owned(), ask.clone()))
        })
        .collect()
}

//! From form fields to answers.
//!
//! | question | fields |
//! |---|---|
//! | single, multiple, number, slider, text | `id` (multiple: repeated) |
//! | missing code of a slider or number | `id.missing` |
//! | text of an "other" option | `id__code__text` |
//! | matrix row, statement | `id__row` |
//! | ranking | `id.1`, `id.2`, … |
//! | best-worst | `id.0.best`, `id.0.worst`, `id.1.best`, … |
//!
//! Fields whose name starts with `_` belong to the page and are not looked at.

use std::collections::BTreeMap;

use super::{Answer, Answers, Assignment, Fault, FaultCode, Pick, other_key};
use crate::{
    date::Date,
    flow::{Body, Flow, OptionView, QuestionView, SectionView, Seed},
    instrument::{Instrument, Kind, Question},
    invisible::{is_invisible, is_unseen},
    lang::Lang,
};

/// What a form said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decoded {
    /// Answers, also faulty ones, so that the page can show them again.
    pub answers: Answers,
    /// Only what cannot be told from `answers`: unknown fields, repeated fields, numbers that are
    /// none. [`super::validate`] finds the rest.
    pub faults: Vec<Fault>,
    /// What was typed into number and text fields, by field name, as typed.
    pub raw: BTreeMap<String, String>,
}

/// Reads the fields of one section as it was shown.
#[must_use]
pub fn decode_form(view: &SectionView, fields: &[(String, String)]) -> Decoded {
    let mut form = Form::new(fields);
    let mut decoded = Decoded::default();
    for question in &view.questions {
        form.read(question, &mut decoded);
    }
    for name in form.fields.keys() {
        decoded
            .faults
            .push(Fault::new(name, FaultCode::UnknownField));
    }
    decoded
}

/// Reads the fields of one section when answers in it decide what else in it is asked: each
/// question is read under the routing that follows from the questions before it. `known` are the
/// answers so far; what they say about this section is replaced.
///
/// A field of a question that is asked neither now nor was asked under `known` is
/// [`FaultCode::NotAsked`]; one that was asked before, and was hidden by a change in this very
/// form, is dropped without a fault, because the respondent did nothing wrong.
///
/// `answers` of the result hold this section only.
#[must_use]
pub fn decode_section(
    instrument: &Instrument,
    lang: Lang,
    seed: Seed,
    assignment: &Assignment,
    known: &Answers,
    section: &str,
    fields: &[(String, String)],
) -> Decoded {
    let before = Flow::new(instrument, lang, seed, assignment, known);
    let mut form = Form::new(fields);
    let mut decoded = Decoded::default();
    let questions = instrument
        .section(section)
        .map(|s| s.questions.as_slice())
        .unwrap_or_default();
    let mut answers: Answers = known.clone();
    answers.retain(|key, _| {
        questions
            .iter()
            .all(|q| *key != q.id && !key.starts_with(&format!("{}__", q.id)))
    });
    for declared in questions {
        let now = Flow::new(instrument, lang, seed, assignment, &answers);
        if now.asked(&declared.id) {
            let question = now.view(declared);
            form.read(&question, &mut decoded);
            drop_withdrawn(declared, &question, &mut decoded.answers);
            answers.extend(decoded.answers.iter().map(|(k, a)| (k.clone(), a.clone())));
        } else {
            for name in form.take_all(&declared.id) {
                if !before.asked(&declared.id) && !answers_itself(&now, &declared.id) {
                    decoded
                        .faults
                        .push(Fault::at(&declared.id, name, FaultCode::NotAsked));
                }
            }
        }
    }
    for name in form.fields.keys() {
        decoded
            .faults
            .push(Fault::new(name, FaultCode::UnknownField));
    }
    decoded
}

/// An option that an earlier answer in this very form has taken away is as if it had not been
/// chosen.
fn drop_withdrawn(declared: &Question, shown: &QuestionView, answers: &mut Answers) {
    let (Kind::Single(list), Body::Single(offered)) = (&declared.kind, &shown.body) else {
        return;
    };
    let Some(Answer::Code(code)) = answers.get(&declared.id) else {
        return;
    };
    let withdrawn = list.only_chosen_in.is_some()
        && list.options.iter().any(|option| option.code == *code)
        && offered.iter().all(|option| option.code != *code);
    if withdrawn {
        answers.remove(&declared.id);
    }
}

fn answers_itself(flow: &Flow<'_>, id: &str) -> bool {
    flow.answers().contains_key(id)
}

struct Form<'a> {
    fields: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Form<'a> {
    fn new(fields: &'a [(String, String)]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in fields.iter().filter(|(name, _)| !name.starts_with('_')) {
            by_name.entry(name).or_default().push(value);
        }
        Self { fields: by_name }
    }

    /// Every field of a question.
    fn take_all(&mut self, id: &str) -> Vec<String> {
        let belongs = |name: &str| {
            name.strip_prefix(id).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('.') || rest.starts_with("__")
            })
        };
        let names: Vec<&str> = self
            .fields
            .keys()
            .copied()
            .filter(|name| belongs(name))
            .collect();
        names
            .into_iter()
            .filter(|name| {
                self.fields
                    .remove(name)
                    .is_some_and(|v| v.iter().any(|x| !x.is_empty()))
            })
            .map(ToOwned::to_owned)
            .collect()
    }

    /// The one value of a field; an empty one is none.
    fn one(&mut self, name: &str, question: &str, faults: &mut Vec<Fault>) -> Option<&'a str> {
        let values = self.fields.remove(name)?;
        if values.len() > 1 {
            faults.push(Fault::new(question, FaultCode::Repeated));
        }
        values.first().copied().filter(|value| !value.is_empty())
    }

    fn read(&mut self, question: &QuestionView, out: &mut Decoded) {
        let id = question.id.as_str();
        let answer = match &question.body {
            Body::Single(options) => {
                self.other_texts(id, options, out);
                self.one(id, id, &mut out.faults)
                    .map(|code| Answer::Code(code.to_owned()))
            }
            Body::Multiple(options, _) => {
                self.other_texts(id, options, out);
                self.multiple(id)
            }
            Body::Matrix { rows, .. }
            | Body::Votes {
                statements: rows, ..
            } => self.rows(id, rows, out),
            Body::Slider { .. } | Body::Number { date: false, .. } => {
                self.open(id, Self::number, out)
            }
            Body::Number { date: true, .. } => self.open(id, Self::date, out),
            Body::Ranking { places, .. } => self.ranking(id, *places, out),
            Body::BestWorst { tasks, .. } => {
                let count = tasks
                    .iter()
                    .map(|task| task.index + 1)
                    .max()
                    .unwrap_or_default();
                self.picks(id, count, out)
            }
            Body::ShortText { .. } | Body::LongText { .. } => self.text(id, id, out),
            Body::Statement => None,
        };
        if let Some(answer) = answer {
            out.answers.insert(id.to_owned(), answer);
        }
    }

    fn multiple(&mut self, id: &str) -> Option<Answer> {
        // One fixed order, so that the order in which boxes were shown is not kept.
        let mut codes: Vec<String> = Vec::new();
        for code in self.fields.remove(id)? {
            if !code.is_empty() {
                let at = codes.partition_point(|other| other.as_str() < code);
                codes.insert(at, code.to_owned());
            }
        }
        (!codes.is_empty()).then_some(Answer::Codes(codes))
    }

    fn rows(&mut self, id: &str, rows: &[OptionView], out: &mut Decoded) -> Option<Answer> {
        let mut given = BTreeMap::new();
        for row in rows {
            let name = format!("{id}__{}", row.code);
            if let Some(code) = self.one(&name, id, &mut out.faults) {
                given.insert(row.code.clone(), code.to_owned());
            }
        }
        (!given.is_empty()).then_some(Answer::Rows(given))
    }

    /// A number, or the missing code beside it.
    fn open(
        &mut self,
        id: &str,
        read: fn(&mut Self, &str, &mut Decoded) -> Option<f64>,
        out: &mut Decoded,
    ) -> Option<Answer> {
        let missing = self.one(&format!("{id}.missing"), id, &mut out.faults);
        let number = read(self, id, out);
        match (missing, number) {
            (Some(_), Some(n)) => {
                out.faults.push(Fault::new(id, FaultCode::Exclusive));
                Some(Answer::Number(n))
            }
            (Some(code), None) => Some(Answer::Code(code.to_owned())),
            (None, number) => number.map(Answer::Number),
        }
    }

    fn number(&mut self, id: &str, out: &mut Decoded) -> Option<f64> {
        let typed = self.one(id, id, &mut out.faults)?;
        out.raw.insert(id.to_owned(), typed.to_owned());
        let plain = half_width(typed);
        if plain.is_empty() {
            return None;
        }
        let number = read_number(&plain);
        if number.is_none() {
            out.faults.push(Fault::new(id, FaultCode::NotANumber));
        }
        number
    }

    fn date(&mut self, id: &str, out: &mut Decoded) -> Option<f64> {
        let typed = self.one(id, id, &mut out.faults)?;
        out.raw.insert(id.to_owned(), typed.to_owned());
        let plain = half_width(typed);
        if plain.is_empty() {
            return None;
        }
        let date = Date::typed(&plain);
        if date.is_none() {
            out.faults.push(Fault::new(id, FaultCode::NotADate));
        }
        date.map(Date::days)
    }

    fn ranking(&mut self, id: &str, places: u32, out: &mut Decoded) -> Option<Answer> {
        let mut codes: Vec<String> = (1..=places)
            .map(|place| self.one(&format!("{id}.{place}"), id, &mut out.faults))
            .map(|code| code.unwrap_or_default().to_owned())
            .collect();
        while codes.last().is_some_and(String::is_empty) {
            codes.pop();
        }
        (!codes.is_empty()).then_some(Answer::Ranking(codes))
    }

    fn picks(&mut self, id: &str, count: u32, out: &mut Decoded) -> Option<Answer> {
        let mut side = |index: u32, which: &str| {
            self.one(&format!("{id}.{index}.{which}"), id, &mut out.faults)
                .map(ToOwned::to_owned)
        };
        let picks: Vec<Pick> = (0..count)
            .map(|index| Pick {
                best: side(index, "best"),
                worst: side(index, "worst"),
            })
            .collect();
        let any = picks
            .iter()
            .any(|pick| pick.best.is_some() || pick.worst.is_some());
        any.then_some(Answer::BestWorst(picks))
    }

    fn other_texts(&mut self, id: &str, options: &[OptionView], out: &mut Decoded) {
        for option in options.iter().filter(|option| option.text_max.is_some()) {
            let key = other_key(id, &option.code);
            if let Some(text) = self.text(&key, id, out) {
                out.answers.insert(key, text);
            }
        }
    }

    fn text(&mut self, name: &str, id: &str, out: &mut Decoded) -> Option<Answer> {
        let typed = self.one(name, id, &mut out.faults)?;
        // A form sends each line break as CR LF, whatever was typed.
        let mut text = typed.replace("\r\n", "\n").replace('\r', "\n");
        // Nobody types them: they come along with what is pasted.
        text.retain(|c| !is_invisible(c));
        out.raw.insert(name.to_owned(), text.clone());
        (!is_unseen(&text)).then_some(Answer::Text(text))
    }
}

/// Chinese input methods type full-width digits; they mean the same number.
fn half_width(typed: &str) -> String {
    typed
        .trim()
        .chars()
        .map(|c| match u32::from(c) {
            full @ 0xff01..=0xff5e => char::from_u32(full - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Digits with an optional sign and fraction; none of the other spellings that a float may have.
fn read_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    (plain && digits.starts_with(|c: char| c.is_ascii_digit()) && digits.len() <= 20)
        .then(|| text.parse().ok())
        .flatten()
}

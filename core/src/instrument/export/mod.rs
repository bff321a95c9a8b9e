//! An instrument in the languages of other survey programs, as far as they can say it.
//!
//! What they cannot say is listed, never dropped in silence. A question is left out as a whole when
//! it cannot be asked there, or when the condition under which it is asked cannot be written there.

mod expression;
mod pipes;
mod surveyjs;
mod xlsform;

use std::{collections::BTreeSet, fmt};

pub use surveyjs::surveyjs_json;
pub use xlsform::{Sheet, xlsform};

use super::{Instrument, Kind, Question};
use crate::{
    flow::{Part, has_pipes, parts},
    lang::Text,
};
use expression::{condition, held, value};

/// Another program's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The JSON of SurveyJS.
    SurveyJs,
    /// The worksheets of XLSForm, for ODK and its relatives.
    XlsForm,
}

/// Something that an export cannot carry over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The question, or another part of the instrument.
    pub part: String,
    /// What of it is lost.
    pub what: &'static str,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part, self.what)
    }
}

/// What can be carried over, and what is lost.
pub(super) struct Carried<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) target: Target,
    /// Ids of the questions that can be asked there.
    pub(super) questions: BTreeSet<&'a str>,
    pub(super) lost: Vec<Lost>,
}

/// Everything that an export to `target` loses, in the order of the instrument.
#[must_use]
pub fn lost(instrument: &Instrument, target: Target) -> Vec<Lost> {
    Carried::new(instrument, target).lost
}

impl<'a> Carried<'a> {
    pub(super) fn new(instrument: &'a Instrument, target: Target) -> Self {
        let mut carried = Self {
            instrument,
            target,
            questions: BTreeSet::new(),
            lost: Vec::new(),
        };
        if piped(&instrument.consent.text) {
            carried.lose(
                "consent",
                "what the site fills in; its place is named in brackets",
            );
        }
        carried.consider(&instrument.consent.gate);
        for section in &instrument.sections {
            for question in &section.questions {
                carried.consider(question);
            }
            if section.intro.is_some() && target == Target::XlsForm {
                carried.lose(&section.id, "the text under its heading");
            }
            if !section.shuffled.is_empty() {
                carried.lose(&section.id, "the order of questions, drawn for each person");
            }
        }
        for factor in &instrument.factors {
            carried.lose(&factor.id, "levels drawn for an experiment");
        }
        for derived in &instrument.derived {
            let carried_over = target == Target::SurveyJs
                && derived
                    .expr
                    .as_ref()
                    .is_some_and(|expr| value(&carried, expr).is_some());
            if !carried_over {
                carried.lose(&derived.id, "an index of the results");
            }
        }
        for hypothesis in &instrument.hypotheses {
            carried.lose(&hypothesis.id, "a registered hypothesis");
        }
        if instrument.public_file.is_some() {
            carried.lose("public_file", "the rules for publishing single answers");
        }
        carried
    }

    fn lose(&mut self, part: &str, what: &'static str) {
        self.lost.push(Lost {
            part: part.to_owned(),
            what,
        });
    }

    fn consider(&mut self, question: &'a Question) {
        let id = question.id.as_str();
        if let Some(what) = self.unknown_kind(&question.kind) {
            self.lose(id, what);
            return;
        }
        if let Some(show_if) = &question.show_if
            && condition(self, show_if).is_none()
        {
            self.lose(id, "asked under a condition that cannot be written there");
            return;
        }
        for what in self.details(question) {
            self.lose(id, what);
        }
        self.questions.insert(id);
        for check in &question.checks {
            if held(self, &check.that).is_none() {
                self.lose(id, "a check that cannot be written there");
            }
        }
    }

    fn unknown_kind(&self, kind: &Kind) -> Option<&'static str> {
        match kind {
            Kind::BestWorst(_) => Some("sets of best and worst"),
            Kind::Votes(_) => Some("votes on statements"),
            Kind::Ranking(_) if self.target == Target::XlsForm => {
                Some("a ranking of the first few only")
            }
            Kind::Single(list) | Kind::Multiple(list) if list.only_chosen_in.is_some() => {
                Some("options taken from an earlier answer")
            }
            _ => None,
        }
    }

    /// What a question loses that is asked all the same.
    fn details(&self, question: &Question) -> Vec<&'static str> {
        let mut lost = Vec::new();
        let texts = [
            Some(&question.title),
            question.stem.as_ref(),
            question.help.as_ref(),
        ];
        let written_out = |text: &Text| {
            piped(text) && (self.target == Target::XlsForm || !pipes::all_carried(self, text))
        };
        if texts.into_iter().flatten().any(written_out) {
            lost.push("texts that depend on earlier answers; all alternatives are written out");
        }
        if question.order_group.is_some() {
            lost.push("its place among the questions, drawn for each person");
        }
        if question.default_if_skipped.is_some() {
            lost.push("the code that stands for a skip");
        }
        if question.stem.is_some() && question.help.is_some() {
            lost.push("the text before the question");
        }
        if question.required
            && self.target == Target::XlsForm
            && matches!(question.kind, Kind::Matrix(_))
        {
            lost.push("that it must be answered");
        }
        if question.soft_required {
            lost.push("the question whether it was left blank on purpose");
        }
        match &question.kind {
            Kind::Single(list) | Kind::Multiple(list) => {
                if list.randomise || list.flip_with.is_some() {
                    lost.push("the order of options, drawn for each person");
                }
                if list.options.iter().any(|o| o.text_max.is_some()) {
                    lost.push("the text beside an option");
                }
            }
            Kind::Matrix(matrix) if matrix.randomise => {
                lost.push("the order of rows, drawn for each person");
            }
            Kind::Ranking(ranking) if ranking.randomise => {
                lost.push("the order of options, drawn for each person");
            }
            Kind::Number(number) if !number.missing.is_empty() => {
                lost.push("the codes beside the number");
            }
            Kind::Slider(slider) => {
                lost.push("the words at the ends of the scale");
                if !slider.missing.is_empty() {
                    lost.push("the codes beside the scale");
                }
            }
            Kind::ShortText(free) | Kind::LongText(free)
                if free.placeholder.is_some() && self.target == Target::XlsForm =>
            {
                lost.push("the example inside the field");
            }
            Kind::Number(number) if number.soft_max.is_some() => {
                lost.push("the question whether a large number is right");
            }
            _ => {}
        }
        lost
    }
}

/// What is read before anybody agrees: the information, and how words are used.
fn before(instrument: &Instrument) -> [(&'static str, Text); 2] {
    [
        ("text__consent", in_brackets(&instrument.consent.text)),
        ("text__terms", instrument.terms.clone()),
    ]
}

/// A text with the names of what a site fills in.
fn in_brackets(text: &Text) -> Text {
    let filled = |written: &String| {
        parts(written)
            .into_iter()
            .map(|part| match part {
                Part::Plain(plain) => plain.to_owned(),
                Part::Pipe { id, .. } => format!("[{id}]"),
            })
            .collect()
    };
    Text {
        zh: text.zh.as_ref().map(filled),
        en: text.en.as_ref().map(filled),
    }
}

fn piped(text: &Text) -> bool {
    [&text.zh, &text.en]
        .into_iter()
        .flatten()
        .any(|text| has_pipes(text))
}

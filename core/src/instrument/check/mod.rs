//! What is in order for the loader and still wrong: questions nobody reaches, conditions that
//! decide nothing, texts that show a gap, answers that are never published; and how long it takes.

mod paths;
mod reading;
mod worlds;

use std::fmt;

pub use paths::{Times, times};

use self::worlds::{Decided, Worlds};
use super::{ComputedValue, Instrument, Kind, Question};
use crate::{
    flow::{Expr, pipe_names},
    lang::{Lang, Text},
};

/// Something that an author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the question, computed value or section.
    pub part: String,
    /// What it is.
    pub what: Concern,
}

/// What an author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// No answers lead to the question.
    Unreachable,
    /// The condition holds whatever is answered.
    AlwaysAsked,
    /// This case of a computed text can never be the one, from 1.
    IdleCase(usize),
    /// The check can never be broken, from 1.
    IdleCheck(usize),
    /// The check is broken by every answer, from 1.
    ImpossibleCheck(usize),
    /// The pipe has no text for some people, and no fallback: its name.
    EmptyPipe(String),
    /// The languages have different pipes.
    DifferentPipes,
    /// A number or day without bands is asked and never published.
    NeverPublished,
    /// The text is hard to read in this language: the grade of school it takes, or the length of
    /// its longest sentence.
    HardToRead(Lang, u32),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = &self.part;
        match &self.what {
            Concern::Unreachable => write!(f, "`{part}` is never asked: its condition cannot hold"),
            Concern::AlwaysAsked => {
                write!(
                    f,
                    "`{part}` is always asked: its condition always holds; remove it"
                )
            }
            Concern::IdleCase(n) => write!(f, "`{part}`: case {n} can never be the one"),
            Concern::IdleCheck(n) => write!(f, "`{part}`: check {n} can never be broken"),
            Concern::ImpossibleCheck(n) => {
                write!(f, "`{part}`: check {n} is broken by every answer")
            }
            Concern::EmptyPipe(name) => write!(
                f,
                "`{part}`: `{{{{{name}}}}}` can be empty; give it a fallback, `{{{{{name}|…}}}}`"
            ),
            Concern::DifferentPipes => {
                write!(f, "`{part}`: the languages have different pipes")
            }
            Concern::NeverPublished => write!(
                f,
                "`{part}` has no `bands`: what is answered is stored and never published"
            ),
            Concern::HardToRead(Lang::En, grade) => {
                write!(
                    f,
                    "`{part}`: the English takes {grade} years of school to read"
                )
            }
            Concern::HardToRead(Lang::Zh, length) => {
                write!(
                    f,
                    "`{part}`: a sentence of the Chinese has {length} characters"
                )
            }
        }
    }
}

/// Everything that an author should look at, in the order of the instrument.
#[must_use]
pub fn check(instrument: &Instrument) -> Vec<Finding> {
    let worlds = Worlds::new(instrument);
    let mut findings = Findings {
        worlds,
        found: Vec::new(),
    };
    for computed in &instrument.computed {
        if let ComputedValue::Cases(cases) = &computed.value {
            findings.cases(&computed.id, cases);
        }
    }
    for section in &instrument.sections {
        for text in [Some(&section.title), section.intro.as_ref()]
            .into_iter()
            .flatten()
        {
            findings.text(&section.id, text);
        }
        for question in &section.questions {
            findings.question(question);
        }
    }
    findings.found
}

struct Findings<'a> {
    worlds: Worlds<'a>,
    found: Vec<Finding>,
}

impl Findings<'_> {
    fn find(&mut self, part: &str, what: Concern) {
        let finding = Finding {
            part: part.to_owned(),
            what,
        };
        if !self.found.contains(&finding) {
            self.found.push(finding);
        }
    }

    fn question(&mut self, question: &Question) {
        let id = question.id.as_str();
        let mut reached = true;
        if let Some(condition) = &question.show_if {
            match self.worlds.decide(condition, None) {
                Decided::Never => {
                    self.find(id, Concern::Unreachable);
                    reached = false;
                }
                Decided::Always => self.find(id, Concern::AlwaysAsked),
                Decided::Both => {}
            }
        }
        for (check, n) in question.checks.iter().zip(1..) {
            match self.worlds.decide_index(&check.that, question) {
                Decided::Never => self.find(id, Concern::ImpossibleCheck(n)),
                Decided::Always => self.find(id, Concern::IdleCheck(n)),
                Decided::Both => {}
            }
        }
        if let Kind::Number(number) = &question.kind
            && number.bands.is_empty()
        {
            self.find(id, Concern::NeverPublished);
        }
        let mut texts = vec![&question.title];
        texts.extend(&question.stem);
        texts.extend(&question.help);
        texts.extend(question.choices().iter().map(|choice| &choice.label));
        if let Kind::Matrix(matrix) = &question.kind {
            texts.extend(matrix.rows.iter().map(|row| &row.label));
        }
        for text in texts {
            self.text(id, text);
            if reached {
                self.pipes(question, text);
            }
        }
    }

    fn cases(&mut self, id: &str, cases: &[(Option<Expr>, Text)]) {
        for (at, (when, text)) in cases.iter().enumerate() {
            self.text(id, text);
            let Some(when) = when else { continue };
            // It is the one when it holds and none before it does.
            let before = cases.iter().take(at).filter_map(|(when, _)| when.clone());
            let alone = before.fold(when.clone(), |all, earlier| {
                Expr::And(Box::new(all), Box::new(Expr::Not(Box::new(earlier))))
            });
            if self.worlds.decide(&alone, None) == Decided::Never {
                self.find(id, Concern::IdleCase(at + 1));
            }
        }
    }

    fn text(&mut self, part: &str, text: &Text) {
        let names = |lang| {
            let mut names: Vec<String> = pipe_names(text)
                .into_iter()
                .filter(|(of, _)| *of == lang)
                .map(|(_, name)| name)
                .collect();
            names.sort();
            names.dedup();
            names
        };
        if text.zh.is_some() && text.en.is_some() && names(Lang::Zh) != names(Lang::En) {
            self.find(part, Concern::DifferentPipes);
        }
        for lang in Lang::ALL {
            let written = match lang {
                Lang::Zh => &text.zh,
                Lang::En => &text.en,
            };
            if let Some(level) = written
                .as_deref()
                .and_then(|text| reading::hard(text, lang))
            {
                self.find(part, Concern::HardToRead(lang, level));
            }
        }
    }

    /// A pipe is empty for those who are shown the text and have not answered what it names.
    fn pipes(&mut self, owner: &Question, text: &Text) {
        for name in worlds::bare_pipes(text) {
            let condition = owner.show_if.as_ref();
            if self.worlds.may_be_empty(&name, condition) {
                self.find(&owner.id, Concern::EmptyPipe(name));
            }
        }
    }
}

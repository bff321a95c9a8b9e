//! The instrument as the checks read it: questions by place, and what decides that each is asked.

use std::collections::BTreeMap;

use crate::{
    flow::Expr,
    instrument::{Instrument, Kind, Question},
    lang::Lang,
};

/// Options of which every two are looked at together.
const MOST_PAIRED: usize = 40;

/// A question with its place.
pub(super) struct Placed<'a> {
    pub(super) question: &'a Question,
    /// Place of its section.
    pub(super) section: usize,
    pub(super) optional: bool,
    /// For options chosen earlier: that enough of them are offered for the question to be asked.
    pub(super) offered: Option<Expr>,
}

pub(super) struct Model<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) questions: Vec<Placed<'a>>,
    places: BTreeMap<&'a str, usize>,
    /// The instrument without its questions and texts.
    pub(super) frame: Instrument,
}

impl<'a> Model<'a> {
    pub(super) fn new(instrument: &'a Instrument) -> Self {
        let mut frame = instrument.for_runner(Lang::En);
        frame.sections.clear();
        frame.derived.clone_from(&instrument.derived);
        let mut questions = Vec::new();
        for (section, declared) in instrument.sections.iter().enumerate() {
            questions.extend(declared.questions.iter().map(|question| Placed {
                question,
                section,
                optional: declared.optional,
                offered: offered(question),
            }));
        }
        let places = questions
            .iter()
            .enumerate()
            .map(|(at, placed)| (placed.question.id.as_str(), at))
            .collect();
        Self {
            instrument,
            questions,
            places,
            frame,
        }
    }

    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    pub(super) fn question(&self, id: &str) -> Option<&'a Question> {
        let placed = self.questions.get(self.place(id)?)?;
        Some(placed.question)
    }
}

impl Placed<'_> {
    /// True when nobody who is asked goes on without an answer: the section cannot be left out, and
    /// an option is always there.
    pub(super) const fn must(&self) -> bool {
        self.question.required && !self.optional && self.offered.is_none()
    }

    /// True when an option is taken as the answer without asking.
    pub(super) const fn answers_itself(&self) -> bool {
        match &self.question.kind {
            Kind::Single(list) | Kind::Multiple(list) => list.auto_answer_if_single,
            _ => false,
        }
    }
}

/// That one of its options was chosen, or two where a single one is not asked about.
fn offered(question: &Question) -> Option<Expr> {
    let (Kind::Single(list) | Kind::Multiple(list)) = &question.kind else {
        return None;
    };
    let source = list.only_chosen_in.as_ref()?;
    let has: Vec<Expr> = list
        .options
        .iter()
        .map(|option| Expr::Has(source.clone(), option.code.clone()))
        .collect();
    // With more options than that, one is enough to say that it may be asked.
    let ways = if list.auto_answer_if_single && has.len() <= MOST_PAIRED {
        let pairs = has.iter().enumerate().flat_map(|(at, one)| {
            let others = has.iter().skip(at + 1);
            others.map(|other| Expr::And(Box::new(one.clone()), Box::new(other.clone())))
        });
        pairs.collect()
    } else {
        has
    };
    let never = Expr::Not(Box::new(Expr::Answered(Box::new(Expr::Number(0.0)))));
    Some(any(ways).unwrap_or(never))
}

/// That one of them holds; not deeper than it has to be.
pub(super) fn any(mut conditions: Vec<Expr>) -> Option<Expr> {
    while conditions.len() > 1 {
        let mut paired = Vec::new();
        let mut left = conditions.into_iter();
        while let Some(one) = left.next() {
            paired.push(match left.next() {
                Some(other) => Expr::Or(Box::new(one), Box::new(other)),
                None => one,
            });
        }
        conditions = paired;
    }
    conditions.pop()
}

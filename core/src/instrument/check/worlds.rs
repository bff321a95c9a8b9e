//! Everything that could be answered, as far as a condition can tell the difference.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    flow::{Expr, Scope, pipes_without_fallback},
    instrument::{ComputedValue, Instrument, Kind, Question, Section},
    lang::{Lang, Text},
    response::{Answer, Answers, Assignment, Pick},
};

/// Ways that are tried before a question is left undecided.
const MOST_WAYS: u32 = 6_000;
/// Questions that are looked at together.
const MOST_QUESTIONS: usize = 12;

/// What a condition comes to in all ways of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decided {
    Never,
    Always,
    /// It depends, or there are too many ways to try them all.
    Both,
}

pub(super) struct Worlds<'a> {
    instrument: &'a Instrument,
    places: BTreeMap<&'a str, usize>,
    /// The instrument without its questions and texts.
    frame: Instrument,
    questions: Vec<&'a Question>,
    /// Numbers that some expression compares a question with.
    landmarks: BTreeMap<String, BTreeSet<i64>>,
}

/// Names without a fallback in either language of a text.
pub(super) fn bare_pipes(text: &Text) -> BTreeSet<String> {
    [Lang::Zh, Lang::En]
        .into_iter()
        .flat_map(|lang| pipes_without_fallback(text.get(lang)))
        .collect()
}

/// One way of answering what matters.
struct Search<'w, 'a> {
    worlds: &'w Worlds<'a>,
    small: &'w Instrument,
    relevant: Vec<&'a Question>,
    /// Whether the conditions of the questions themselves count.
    routed: bool,
    ways: u32,
    answers: Answers,
    assignment: Assignment,
    /// What is wanted of a way: a verdict, or none when the way does not count.
    verdict: &'w dyn Fn(&Scope<'_>) -> Option<bool>,
    seen: (bool, bool),
    gave_up: bool,
}

impl<'a> Worlds<'a> {
    pub(super) fn new(instrument: &'a Instrument) -> Self {
        let questions: Vec<&Question> = instrument.questions().collect();
        let mut landmarks = BTreeMap::new();
        let conditions = questions.iter().filter_map(|q| q.show_if.as_ref());
        let checks = questions
            .iter()
            .flat_map(|q| q.checks.iter().map(|c| &c.that));
        let cases = instrument.computed.iter().flat_map(|c| match &c.value {
            ComputedValue::Expr(inner) => vec![inner],
            ComputedValue::Cases(cases) => {
                cases.iter().filter_map(|(when, _)| when.as_ref()).collect()
            }
        });
        for expr in conditions.chain(checks).chain(cases) {
            mark(instrument, expr, &mut landmarks);
        }
        let mut frame = instrument.for_runner(Lang::En);
        frame.sections.clear();
        frame.derived.clone_from(&instrument.derived);
        Self {
            instrument,
            frame,
            places: questions
                .iter()
                .enumerate()
                .map(|(at, q)| (q.id.as_str(), at))
                .collect(),
            questions,
            landmarks,
        }
    }

    /// Whether a condition can hold and fail, among the ways in which `under` holds.
    pub(super) fn decide(&self, condition: &Expr, under: Option<&Expr>) -> Decided {
        let verdict = |scope: &Scope<'_>| {
            if under.is_some_and(|under| !scope.truth(under)) {
                return None;
            }
            Some(scope.truth(condition))
        };
        let mut ids = BTreeSet::new();
        condition.mentions(self.instrument, &mut ids);
        if let Some(under) = under {
            under.mentions(self.instrument, &mut ids);
        }
        self.search(ids, &[condition], &verdict)
    }

    /// The same for a check, which counts only when everything that it reads is there.
    pub(super) fn decide_index(&self, that: &Expr, owner: &Question) -> Decided {
        let verdict = |scope: &Scope<'_>| {
            if owner
                .show_if
                .as_ref()
                .is_some_and(|when| !scope.truth(when))
            {
                return None;
            }
            scope.index(that).map(|n| n != 0.0)
        };
        let mut ids = BTreeSet::from([owner.id.clone()]);
        that.mentions(self.instrument, &mut ids);
        let mut read = vec![that];
        if let Some(when) = &owner.show_if {
            when.mentions(self.instrument, &mut ids);
            read.push(when);
        }
        self.search(ids, &read, &verdict)
    }

    /// Whether a pipe can have no text while `under` holds.
    pub(super) fn may_be_empty(&self, name: &str, under: Option<&Expr>) -> bool {
        let Some(at) = self.places.get(name) else {
            // Factors and computed texts always have one.
            return false;
        };
        let Some(question) = self.questions.get(*at) else {
            return false;
        };
        let named = Expr::Question(question.id.clone());
        let verdict = |scope: &Scope<'_>| {
            if under.is_some_and(|under| !scope.truth(under)) {
                return None;
            }
            Some(scope.truth(&Expr::Answered(Box::new(named.clone()))))
        };
        let mut ids = BTreeSet::from([question.id.clone()]);
        if let Some(under) = under {
            under.mentions(self.instrument, &mut ids);
        }
        let read: Vec<&Expr> = under.into_iter().collect();
        self.search(ids, &read, &verdict) != Decided::Always
    }

    /// First as if each question could be asked or not on its own: what never or always holds then
    /// holds so anyway. Else with everything that decides whether they are asked, unless that is
    /// too much.
    fn search(
        &self,
        ids: BTreeSet<String>,
        conditions: &[&Expr],
        verdict: &dyn Fn(&Scope<'_>) -> Option<bool>,
    ) -> Decided {
        let near: BTreeSet<usize> = ids
            .iter()
            .filter_map(|id| self.places.get(id.as_str()).copied())
            .collect();
        let shallow = self.walk(&near, false, conditions, verdict);
        if shallow != Decided::Both {
            return shallow;
        }
        let mut all = BTreeSet::new();
        let mut open: Vec<usize> = near.iter().copied().collect();
        while let Some(at) = open.pop() {
            if !all.insert(at) {
                continue;
            }
            if all.len() > MOST_QUESTIONS {
                return Decided::Both;
            }
            if let Some(condition) = self.questions.get(at).and_then(|q| q.show_if.as_ref()) {
                let mut more = BTreeSet::new();
                condition.mentions(self.instrument, &mut more);
                open.extend(more.iter().filter_map(|id| self.places.get(id.as_str())));
            }
        }
        self.walk(&all, true, conditions, verdict)
    }

    fn walk(
        &self,
        places: &BTreeSet<usize>,
        routed: bool,
        conditions: &[&Expr],
        verdict: &dyn Fn(&Scope<'_>) -> Option<bool>,
    ) -> Decided {
        let relevant: Vec<&Question> = places
            .iter()
            .filter_map(|at| self.questions.get(*at).copied())
            .collect();
        let shown = relevant
            .iter()
            .filter(|_| routed)
            .filter_map(|q| q.show_if.as_ref());
        let mut factors = BTreeSet::new();
        for expr in conditions.iter().copied().chain(shown) {
            factors_in(self.instrument, expr, &mut factors);
        }
        // Looking a question up takes as long as the instrument is; this one holds what is needed.
        let mut small = self.frame.clone();
        small.sections = vec![Section {
            id: String::new(),
            title: Text::default(),
            intro: None,
            optional: false,
            shuffled: Vec::new(),
            questions: relevant.iter().map(|q| (*q).clone()).collect(),
        }];
        let mut search = Search {
            worlds: self,
            small: &small,
            relevant,
            routed,
            ways: 0,
            answers: Answers::new(),
            assignment: Assignment::new(),
            verdict,
            seen: (false, false),
            gave_up: false,
        };
        search.levels(&factors.into_iter().collect::<Vec<_>>());
        match search.seen {
            _ if search.gave_up => Decided::Both,
            (true, false) => Decided::Always,
            (false, _) => Decided::Never,
            (true, true) => Decided::Both,
        }
    }

    /// Answers that differ in what conditions can see, besides none.
    fn answers_to(&self, question: &Question) -> Vec<Answer> {
        let codes = || question.choices().iter().map(|c| c.code.clone());
        match &question.kind {
            Kind::Single(_) => codes().map(Answer::Code).collect(),
            Kind::Multiple(list) => {
                let most = list.max_selected.unwrap_or(u32::MAX);
                let plain: Vec<String> = list
                    .options
                    .iter()
                    .filter(|o| !o.exclusive && o.missing.is_none())
                    .map(|o| o.code.clone())
                    .collect();
                let mut sets: Vec<Answer> = codes().map(|code| Answer::Codes(vec![code])).collect();
                for (at, first) in plain.iter().enumerate().filter(|_| most > 1) {
                    for second in plain.iter().skip(at + 1) {
                        sets.push(Answer::Codes(vec![first.clone(), second.clone()]));
                    }
                }
                let most = usize::try_from(most).unwrap_or(usize::MAX);
                sets.push(Answer::Codes(plain.into_iter().take(most).collect()));
                sets
            }
            Kind::Matrix(matrix) => codes()
                .map(|code| {
                    let rows = matrix
                        .rows
                        .iter()
                        .map(|row| (row.code.clone(), code.clone()));
                    Answer::Rows(rows.collect())
                })
                .collect(),
            Kind::Slider(slider) => self.numbers(question, slider.min, slider.max, slider.step),
            Kind::Number(number) => {
                let step = if number.integer { 1.0 } else { 0.5 };
                let mut all = self.numbers(question, number.min, number.max, step);
                all.extend(codes().map(Answer::Code));
                all
            }
            Kind::Ranking(_) => codes().map(|code| Answer::Ranking(vec![code])).collect(),
            Kind::ShortText(_) | Kind::LongText(_) => vec![Answer::Text("text".to_owned())],
            Kind::Votes(votes) => votes
                .statements
                .iter()
                .take(1)
                .flat_map(|statement| {
                    codes().map(|code| Answer::Rows([(statement.code.clone(), code)].into()))
                })
                .collect(),
            Kind::BestWorst(_) => vec![Answer::BestWorst(vec![Pick {
                best: codes().next(),
                worst: None,
            }])],
            Kind::Statement => Vec::new(),
        }
    }

    /// The ends, the numbers that something is compared with, and their neighbours.
    fn numbers(&self, question: &Question, min: f64, max: f64, step: f64) -> Vec<Answer> {
        let near = self.landmarks.get(&question.id).into_iter().flatten();
        let mut all: Vec<f64> = near
            .flat_map(|mark| {
                let mark = f64::from(i32::try_from(*mark).unwrap_or(i32::MAX));
                [mark - step, mark, mark + step]
            })
            .chain([min, max, f64::midpoint(min, max).round()])
            .filter(|n| (min..=max).contains(n))
            .collect();
        all.sort_by(f64::total_cmp);
        all.dedup();
        all.into_iter().map(Answer::Number).collect()
    }
}

impl Search<'_, '_> {
    fn levels(&mut self, factors: &[String]) {
        let Some((id, rest)) = factors.split_first() else {
            return self.answer(0);
        };
        let Some(factor) = self.worlds.instrument.factor(id) else {
            return self.levels(rest);
        };
        let levels: Vec<String> = factor.levels.iter().chain(&factor.fixed).cloned().collect();
        for level in levels {
            self.assignment.insert(id.clone(), level);
            self.levels(rest);
        }
    }

    fn answer(&mut self, at: usize) {
        if self.seen == (true, true) || self.gave_up {
            return;
        }
        self.ways += 1;
        if self.ways > MOST_WAYS {
            self.gave_up = true;
            return;
        }
        let Some(question) = self.relevant.get(at).copied() else {
            match (self.verdict)(&self.scope()) {
                Some(true) => self.seen.0 = true,
                Some(false) => self.seen.1 = true,
                None => {}
            }
            return;
        };
        let condition = question.show_if.as_ref().filter(|_| self.routed);
        let asked = condition.is_none_or(|condition| self.scope().truth(condition));
        if asked {
            for answer in self.worlds.answers_to(question) {
                self.answers.insert(question.id.clone(), answer);
                self.answer(at + 1);
            }
            self.answers.remove(&question.id);
        }
        // Without its condition a question may also not have been asked.
        let must = question.required && (self.routed || question.show_if.is_none());
        if !(asked && must) {
            self.answer(at + 1);
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope::new(self.small, &self.assignment, &self.answers)
    }
}

fn factors_in(instrument: &Instrument, expr: &Expr, factors: &mut BTreeSet<String>) {
    match expr {
        Expr::Factor(id) => {
            factors.insert(id.clone());
        }
        Expr::Computed(id) => {
            if let Some(ComputedValue::Expr(inner)) = instrument.computed(id).map(|c| &c.value) {
                factors_in(instrument, inner, factors);
            }
        }
        _ => expr
            .parts()
            .into_iter()
            .for_each(|part| factors_in(instrument, part, factors)),
    }
}

/// Notes the numbers of an expression with every question that it reads.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "what is cut off only makes a landmark less exact"
)]
fn mark(instrument: &Instrument, expr: &Expr, landmarks: &mut BTreeMap<String, BTreeSet<i64>>) {
    if let Expr::Compare(_, left, right) = expr {
        let mut numbers = Vec::new();
        let mut open = vec![&**left, &**right];
        while let Some(part) = open.pop() {
            if let Expr::Number(n) = part {
                numbers.push(*n);
            }
            open.extend(part.parts());
        }
        let mut ids = BTreeSet::new();
        expr.mentions(instrument, &mut ids);
        let years = numbers.iter().filter_map(|n| {
            let year = (1.0..=9_999.0).contains(n).then_some(*n as u16)?;
            Some(crate::date::Date::new(year, 1, 1)?.days())
        });
        for id in ids {
            let marks = landmarks.entry(id.clone()).or_default();
            marks.extend(numbers.iter().map(|n| *n as i64));
            let date = instrument
                .question(&id)
                .is_some_and(|q| matches!(&q.kind, Kind::Number(n) if n.date));
            if date {
                marks.extend(years.clone().map(|n| n as i64));
            }
        }
    }
    expr.parts()
        .into_iter()
        .for_each(|part| mark(instrument, part, landmarks));
}

//! Ways that people could go, drawn at random: whatever happens on one of them can happen.

use super::model::Model;
use crate::{
    flow::{Expr, Flow, Scope, Seed, assign},
    instrument::{ChoiceList, Instrument, Kind, Question},
    lang::Lang,
    response::{Answer, Answers, Assignment, Pick},
};

/// Answers to all questions and levels of all factors, whether or not they come to count.
pub(super) struct Drawn {
    assignment: Assignment,
    answers: Answers,
}

/// The ways that follow from them.
pub(super) struct Ways<'a> {
    flows: Vec<Flow<'a>>,
}

/// Draws the answers. Short instruments have more ways drawn than long ones, so that this takes no
/// longer than a moment.
pub(super) fn draw(model: &Model<'_>) -> Vec<Drawn> {
    let count = model.questions.len().max(1);
    let ways = u32::try_from(30_000 / count)
        .unwrap_or(u32::MAX)
        .clamp(20, 600);
    let marks = marks(model);
    (0..ways)
        .map(|way| {
            let seed = Seed(way);
            let mut dice = Dice(u64::from(way));
            // Some people answer everything, some leave out a lot.
            let blank = [0, 15, 50].get(dice.below(3)).copied().unwrap_or(0);
            let mut answers = Answers::new();
            for (placed, marks) in model.questions.iter().zip(&marks) {
                if placed.must() || !dice.chance(blank) {
                    let answer = dice.answer(placed.question, marks);
                    answers.extend(answer.map(|answer| (placed.question.id.clone(), answer)));
                }
            }
            Drawn {
                assignment: assign(model.instrument, seed),
                answers,
            }
        })
        .collect()
}

impl<'a> Ways<'a> {
    pub(super) fn new(instrument: &'a Instrument, drawn: &'a [Drawn]) -> Self {
        let flows = drawn.iter().map(|drawn| {
            Flow::new(
                instrument,
                Lang::En,
                Seed(0),
                &drawn.assignment,
                &drawn.answers,
            )
        });
        Self {
            flows: flows.collect(),
        }
    }

    /// Whether some way has the verdict yes, and some way no.
    pub(super) fn seen(
        &self,
        verdict: impl Fn(&Flow<'_>, &Scope<'_>) -> Option<bool>,
    ) -> (bool, bool) {
        let mut seen = (false, false);
        for flow in &self.flows {
            match verdict(flow, &flow.scope()) {
                Some(true) => seen.0 = true,
                Some(false) => seen.1 = true,
                None => {}
            }
            if seen == (true, true) {
                break;
            }
        }
        seen
    }

    pub(super) fn flows(&self) -> &[Flow<'a>] {
        &self.flows
    }
}

/// Numbers that some expression names together with a question, by the question's place.
fn marks(model: &Model<'_>) -> Vec<Vec<f64>> {
    let mut marks = vec![Vec::new(); model.questions.len()];
    let mut note = |expr: &Expr| {
        let mut numbers = Vec::new();
        super::domain::Uses::numbers(expr, &mut numbers);
        if numbers.is_empty() {
            return;
        }
        let mut ids = std::collections::BTreeSet::new();
        expr.mentions(model.instrument, &mut ids);
        for id in ids {
            if let Some(marks) = model.place(&id).and_then(|at| marks.get_mut(at)) {
                marks.extend(&numbers);
            }
        }
    };
    for placed in &model.questions {
        let question = placed.question;
        let checks = question.checks.iter().map(|check| &check.that);
        question.show_if.iter().chain(checks).for_each(&mut note);
    }
    for computed in &model.instrument.computed {
        match &computed.value {
            crate::instrument::ComputedValue::Expr(inner) => note(inner),
            crate::instrument::ComputedValue::Cases(cases) => {
                cases
                    .iter()
                    .filter_map(|(when, _)| when.as_ref())
                    .for_each(&mut note);
            }
        }
    }
    marks
}

/// A small generator of its own: the same ways on every machine and in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or_default()
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next()).unwrap_or_default() % n.max(1)
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.next() % 100 < percent
    }

    fn answer(&mut self, question: &Question, marks: &[f64]) -> Option<Answer> {
        let choices = question.choices();
        let code = |dice: &mut Self| Some(choices.get(dice.below(choices.len()))?.code.clone());
        Some(match &question.kind {
            Kind::Single(_) => Answer::Code(code(self)?),
            Kind::Multiple(list) => Answer::Codes(self.set(list)),
            Kind::Matrix(matrix) => {
                let blank = [0, 0, 30].get(self.below(3)).copied().unwrap_or(0);
                let mut rows = std::collections::BTreeMap::new();
                for row in &matrix.rows {
                    if !self.chance(blank) {
                        rows.insert(row.code.clone(), code(self)?);
                    }
                }
                Answer::Rows(rows)
            }
            Kind::Slider(slider) => {
                if !choices.is_empty() && self.chance(10) {
                    Answer::Code(code(self)?)
                } else {
                    let n = self.number(slider.min, slider.max, marks);
                    let steps = ((n - slider.min) / slider.step).round();
                    Answer::Number((slider.min + steps * slider.step).clamp(slider.min, slider.max))
                }
            }
            Kind::Number(number) => {
                if !choices.is_empty() && self.chance(10) {
                    Answer::Code(code(self)?)
                } else {
                    let n = self.number(number.min, number.max, marks);
                    let whole = number.integer || self.chance(50);
                    let n = if whole { n.round() } else { n };
                    Answer::Number(n.clamp(number.min, number.max))
                }
            }
            Kind::Ranking(_) => Answer::Ranking(vec![code(self)?]),
            Kind::ShortText(_) | Kind::LongText(_) => Answer::Text("…".to_owned()),
            Kind::Votes(votes) => {
                let statement = votes.statements.first()?.code.clone();
                Answer::Rows([(statement, code(self)?)].into())
            }
            Kind::BestWorst(_) => Answer::BestWorst(vec![Pick {
                best: code(self),
                worst: None,
            }]),
            Kind::Statement => return None,
        })
    }

    fn set(&mut self, list: &ChoiceList) -> Vec<String> {
        let alone: Vec<_> = list.options.iter().filter(|o| o.exclusive).collect();
        if !alone.is_empty() && self.chance(15) {
            let option = alone.get(self.below(alone.len()));
            return option.map(|o| o.code.clone()).into_iter().collect();
        }
        let share = [15, 40, 85].get(self.below(3)).copied().unwrap_or(40);
        let mut set: Vec<String> = Vec::new();
        for option in list.options.iter().filter(|o| !o.exclusive) {
            // A missing code beside others is rare.
            let share = if option.missing.is_some() { 5 } else { share };
            if self.chance(share) {
                set.push(option.code.clone());
            }
        }
        if let Some(most) = list.max_selected.and_then(|n| usize::try_from(n).ok()) {
            while set.len() > most {
                set.remove(self.below(set.len()));
            }
        }
        if set.is_empty() {
            let open: Vec<_> = list.options.iter().filter(|o| !o.exclusive).collect();
            let option = open.get(self.below(open.len())).copied();
            let option = option.or_else(|| list.options.first());
            set.extend(option.map(|o| o.code.clone()));
        }
        set
    }

    /// Half of the time near a number that matters.
    fn number(&mut self, min: f64, max: f64, marks: &[f64]) -> f64 {
        if !marks.is_empty() && self.chance(50) {
            let mark = marks.get(self.below(marks.len())).copied().unwrap_or(min);
            let near = [-1.0, 0.0, 1.0].get(self.below(3)).copied().unwrap_or(0.0);
            return (mark + near).clamp(min, max);
        }
        let share = f64::from(u32::try_from(self.below(1_001)).unwrap_or_default()) / 1_000.0;
        min + (max - min) * share
    }
}

//! Answers to one question that conditions can tell apart.

use std::collections::BTreeSet;

use crate::{
    date::Date,
    flow::Expr,
    instrument::{ChoiceList, Kind, Question},
    response::{Answer, Pick},
};

/// Numbers that are all tried where nothing but this question is compared.
const MOST_ALONE: f64 = 40_000.0;
/// Numbers that are all tried where several questions are compared with each other.
const MOST_TOGETHER: f64 = 400.0;
/// Codes of a multiple choice of which every set is tried.
const MOST_CODES: usize = 12;
/// Sets of one multiple choice that are all tried.
const MOST_SETS: usize = 20_000;

/// How expressions look at a question.
#[derive(Clone, Default)]
pub(super) struct Uses {
    /// Codes that are asked for in a multiple choice.
    pub(super) codes: BTreeSet<String>,
    /// How many were chosen matters.
    pub(super) counted: bool,
    /// Numbers at which a comparison may change.
    pub(super) cuts: Vec<f64>,
    /// Some comparison changes elsewhere too.
    pub(super) reckoned: bool,
    /// It is compared with another question.
    pub(super) joint: bool,
    /// Something reads it together with another question.
    pub(super) shared: bool,
}

/// Answers, and whether no condition can tell any other answer from all of them.
pub(super) struct Domain {
    pub(super) answers: Vec<Answer>,
    pub(super) whole: bool,
}

impl Uses {
    /// Where a comparison of one question changes its truth: at these numbers and nowhere else.
    pub(super) fn cuts_of(expr: &Expr) -> Option<Vec<f64>> {
        let (side, number) = match expr {
            Expr::Answered(inner) if matches!(**inner, Expr::Question(_)) => {
                return Some(Vec::new());
            }
            Expr::Compare(_, side, number) if matches!(**number, Expr::Number(_)) => (side, number),
            Expr::Compare(_, number, side) if matches!(**number, Expr::Number(_)) => (side, number),
            _ => return None,
        };
        let Expr::Number(number) = **number else {
            return None;
        };
        let side = match &**side {
            Expr::Val(inner) => inner,
            other => other,
        };
        match side {
            Expr::Question(_) => Some(vec![number]),
            Expr::Year(inner) if matches!(**inner, Expr::Question(_)) => Some(new_years(number)),
            _ => None,
        }
    }

    /// Every number of an expression, for a sample.
    pub(super) fn numbers(expr: &Expr, numbers: &mut Vec<f64>) {
        if let Expr::Number(n) = expr {
            numbers.push(*n);
            numbers.extend(new_years(*n));
        }
        for part in expr.parts() {
            Self::numbers(part, numbers);
        }
    }
}

/// The first days of a year and of the next.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be in range"
)]
fn new_years(year: f64) -> Vec<f64> {
    if !(0.0..=9_998.0).contains(&year) {
        return Vec::new();
    }
    let year = year.floor() as u16;
    let days = [year, year + 1].into_iter();
    days.filter_map(|year| Some(Date::new(year, 1, 1)?.days()))
        .collect()
}

impl Domain {
    pub(super) fn of(question: &Question, uses: &Uses) -> Self {
        let whole = |answers| Self {
            answers,
            whole: true,
        };
        let choices = question.choices();
        // A declared missing code is the same as a blank to every condition.
        let codes = || {
            choices
                .iter()
                .filter(|c| c.missing.is_none())
                .map(|c| c.code.clone())
        };
        match &question.kind {
            Kind::Single(_) => whole(codes().map(Answer::Code).collect()),
            Kind::Multiple(list) => sets(list, uses),
            Kind::Slider(slider) => {
                let grid = slider.step.fract() == 0.0 && slider.step > 0.0;
                let step = grid.then_some(slider.step);
                numbers(slider.min, slider.max, step, uses)
            }
            Kind::Number(number) if number.integer => {
                numbers(number.min.ceil(), number.max.floor(), Some(1.0), uses)
            }
            Kind::Number(number) => numbers(number.min, number.max, None, uses),
            Kind::Ranking(_) => {
                let first = choices.iter().take(1);
                whole(
                    first
                        .map(|c| Answer::Ranking(vec![c.code.clone()]))
                        .collect(),
                )
            }
            Kind::ShortText(_) | Kind::LongText(_) => whole(vec![Answer::Text("text".to_owned())]),
            Kind::BestWorst(_) => whole(vec![Answer::BestWorst(vec![Pick {
                best: codes().next(),
                worst: None,
            }])]),
            Kind::Votes(votes) => {
                let statement = votes.statements.first().map(|s| s.code.clone());
                let vote = statement.zip(codes().next());
                whole(
                    vote.into_iter()
                        .map(|vote| Answer::Rows([vote].into()))
                        .collect(),
                )
            }
            // A matrix is looked at row by row.
            Kind::Matrix(_) => Self {
                answers: Vec::new(),
                whole: false,
            },
            Kind::Statement => whole(Vec::new()),
        }
    }

    /// The answers to one row of a matrix.
    pub(super) fn row(question: &Question, row: &str) -> Self {
        let points = question.choices().iter().filter(|c| c.missing.is_none());
        let answers =
            points.map(|point| Answer::Rows([(row.to_owned(), point.code.clone())].into()));
        Self {
            answers: answers.collect(),
            whole: true,
        }
    }
}

/// The ends and, of every stretch between two cuts, one number; or all of them.
fn numbers(min: f64, max: f64, step: Option<f64>, uses: &Uses) -> Domain {
    let few = |most: f64| step.is_some_and(|step| (max - min) / step <= most);
    let all =
        (uses.joint && few(MOST_TOGETHER)) || (!uses.joint && uses.reckoned && few(MOST_ALONE));
    let whole = all || !(uses.joint || uses.reckoned);
    let mut found: Vec<f64> = match step {
        // Not by adding up: above a certain size a number plus one is itself.
        Some(step) if all => (0_u32..)
            .map(|n| min + f64::from(n) * step)
            .take_while(|n| *n <= max)
            .collect(),
        Some(step) => {
            let on = |n: f64| min + n * step;
            let near = uses.cuts.iter().flat_map(|cut| {
                let at = (cut - min) / step;
                let (down, up) = (at.floor(), at.ceil());
                [on(down - 1.0), on(down), on(up), on(up + 1.0)]
            });
            let last = on(((max - min) / step).floor());
            near.chain([min, last]).collect()
        }
        None => {
            let mut ends: Vec<f64> = uses.cuts.iter().copied().chain([min, max]).collect();
            ends.retain(|n| (min..=max).contains(n));
            ends.sort_by(f64::total_cmp);
            let between = ends.windows(2).filter_map(|pair| match pair {
                [a, b] => Some(f64::midpoint(*a, *b)),
                _ => None,
            });
            between
                .collect::<Vec<_>>()
                .into_iter()
                .chain(ends.clone())
                .collect()
        }
    };
    found.retain(|n| (min..=max).contains(n));
    found.sort_by(f64::total_cmp);
    found.dedup();
    Domain {
        answers: found.into_iter().map(Answer::Number).collect(),
        whole,
    }
}

/// Every set of the codes that are asked for, with or without others.
fn sets(list: &ChoiceList, uses: &Uses) -> Domain {
    let asked: Vec<&str> = uses.codes.iter().map(String::as_str).collect();
    let named = |code: &str| uses.codes.contains(code);
    let rest = |exclusive: bool, missing: bool| {
        list.options
            .iter()
            .filter(|o| {
                !named(&o.code) && o.exclusive == exclusive && o.missing.is_some() == missing
            })
            .map(|o| o.code.as_str())
            .collect::<Vec<_>>()
    };
    let plain = rest(false, false);
    let counts = if uses.counted {
        plain.len()
    } else {
        plain.len().min(1)
    };
    let mut others: Vec<Vec<&str>> = Vec::new();
    for n in 0..=counts {
        let some: Vec<&str> = plain.iter().take(n).copied().collect();
        // A missing code may stand beside others.
        if let Some(missing) = rest(false, true).first() {
            others.push(some.iter().copied().chain([*missing]).collect());
        }
        others.push(some);
    }
    for alone in [rest(true, false), rest(true, true)] {
        others.extend(alone.first().map(|code| vec![*code]));
    }
    let whole = asked.len() <= MOST_CODES && others.len() << asked.len() <= MOST_SETS;
    let chosen: Vec<Vec<&str>> = if whole {
        (0..1_u32 << asked.len())
            .map(|bits| picked(&asked, |at| bits >> at & 1 == 1))
            .collect()
    } else {
        let count = asked.len();
        let one = (0..count).map(|n| picked(&asked, |at| at == n));
        let but_one = (0..count).map(|n| picked(&asked, |at| at != n));
        let first = (0..=count).map(|n| picked(&asked, |at| at < n));
        one.chain(but_one).chain(first).collect()
    };
    let most = list.max_selected.and_then(|n| usize::try_from(n).ok());
    let allowed = |set: &Vec<&str>| {
        let exclusive = list
            .options
            .iter()
            .any(|o| o.exclusive && set.contains(&o.code.as_str()));
        !set.is_empty()
            && most.is_none_or(|most| set.len() <= most)
            && (set.len() == 1 || !exclusive)
    };
    let mut answers: Vec<Answer> = chosen
        .iter()
        .flat_map(|set| {
            others
                .iter()
                .map(|more| [set.as_slice(), more.as_slice()].concat())
        })
        .filter(allowed)
        .map(|set| Answer::Codes(set.into_iter().map(str::to_owned).collect()))
        .collect();
    if list.auto_answer_if_single {
        let codes = list.options.iter().filter(|o| o.missing.is_none());
        answers.extend(codes.take(1).map(|o| Answer::Code(o.code.clone())));
    }
    Domain { answers, whole }
}

fn picked<'c>(codes: &[&'c str], chosen: impl Fn(usize) -> bool) -> Vec<&'c str> {
    let codes = codes.iter().enumerate();
    codes
        .filter(|(at, _)| chosen(*at))
        .map(|(_, code)| *code)
        .collect()
}

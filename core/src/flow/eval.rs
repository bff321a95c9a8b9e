//! Evaluating expressions. There is no error at this point: names and types were checked when
//! the instrument was loaded, and whatever is not there is missing.

use std::collections::BTreeMap;

use super::{Comparison, Expr};
use crate::{
    date::Date,
    instrument::{Choice, ComputedValue, Instrument, Kind, Question},
    invisible::is_unseen,
    response::{Answer, Answers, Assignment},
};

/// What an expression comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Not asked, skipped, or a declared missing code.
    Missing,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A code or a level.
    Code(&'a str),
}

/// Where names get their values: the instrument, the levels drawn and the answers that count.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// Levels drawn.
    pub assignment: &'a Assignment,
    /// Answers to questions that are asked; an answer to a hidden question must not be here.
    pub answers: &'a Answers,
    /// Questions that are asked, by id, where they are at hand: found without a search.
    pub(super) asked: Option<&'a BTreeMap<&'a str, &'a Question>>,
}

impl<'a> Scope<'a> {
    /// Names have their values from these.
    #[must_use]
    pub const fn new(
        instrument: &'a Instrument,
        assignment: &'a Assignment,
        answers: &'a Answers,
    ) -> Self {
        Self {
            instrument,
            assignment,
            answers,
            asked: None,
        }
    }

    fn question(&self, id: &str) -> Option<&'a Question> {
        let asked = self.asked.and_then(|asked| asked.get(id).copied());
        asked.or_else(|| self.instrument.question(id))
    }

    /// Whether a condition holds.
    #[must_use]
    pub fn truth(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Not(inner) => !self.truth(inner),
            Expr::And(left, right) => self.truth(left) && self.truth(right),
            Expr::Or(left, right) => self.truth(left) || self.truth(right),
            Expr::Compare(op, left, right) => self.compare(*op, left, right),
            Expr::In(item, codes) => {
                matches!(self.value(item), Value::Code(c) if codes.iter().any(|x| x == c))
            }
            Expr::NotIn(item, codes) => {
                matches!(self.value(item), Value::Code(c) if codes.iter().all(|x| x != c))
            }
            Expr::Answered(inner) => self.answered(inner),
            Expr::Has(question, code) => matches!(
                self.answers.get(question),
                Some(Answer::Codes(codes)) if codes.contains(code)
            ),
            Expr::Computed(id) => match self.instrument.computed(id).map(|c| &c.value) {
                Some(ComputedValue::Expr(inner)) => self.truth(inner),
                _ => false,
            },
            Expr::Derived(id) => self
                .instrument
                .derived(id)
                .and_then(|d| d.expr.as_ref())
                .is_some_and(|inner| self.truth(inner)),
            _ => false,
        }
    }

    /// The numeric value of a formula; `None` when it is missing.
    #[must_use]
    pub fn number(&self, expr: &Expr) -> Option<f64> {
        match expr {
            Expr::Number(n) => Some(*n),
            Expr::Question(_) | Expr::Cell(..) => self.scale_value(expr),
            Expr::Val(inner) => self.number(inner),
            Expr::Rev(inner) => {
                let (min, max) = self.scale_range(inner)?;
                Some(min + max - self.scale_value(inner)?)
            }
            Expr::Add(left, right) => finite(self.number(left)? + self.number(right)?),
            Expr::Sub(left, right) => finite(self.number(left)? - self.number(right)?),
            Expr::Mul(left, right) => finite(self.number(left)? * self.number(right)?),
            Expr::Div(left, right) => {
                let (over, under) = (self.number(left)?, self.number(right)?);
                finite(over / under)
            }
            Expr::Year(inner) => Some(f64::from(Date::from_days(self.number(inner)?)?.year)),
            Expr::Count(question) => self.count(question),
            Expr::Mean(min_valid, args) => {
                let valid: Vec<f64> = args.iter().filter_map(|a| self.number(a)).collect();
                let n = u32::try_from(valid.len()).ok()?;
                (n > 0 && n >= *min_valid).then(|| valid.iter().sum::<f64>() / f64::from(n))
            }
            Expr::Rescale(inner, low, high) => {
                finite((self.number(inner)? - low) / (high - low) * 100.0)
            }
            Expr::Computed(id) => match self.instrument.computed(id).map(|c| &c.value) {
                Some(ComputedValue::Expr(inner)) => self.number(inner),
                _ => None,
            },
            Expr::Derived(id) => self.number(self.instrument.derived(id)?.expr.as_ref()?),
            _ => None,
        }
    }

    /// The value of an index for this respondent: its number, or 1 and 0 for a condition whose
    /// parts are all there; `None` when something it needs is missing.
    #[must_use]
    pub fn index(&self, expr: &Expr) -> Option<f64> {
        match expr {
            Expr::Compare(_, left, right) => {
                let missing = |e| matches!(self.value(e), Value::Missing);
                if missing(left) || missing(right) {
                    return None;
                }
                Some(f64::from(u8::from(self.truth(expr))))
            }
            Expr::And(left, right) => Some(self.index(left)? * self.index(right)?),
            Expr::Or(left, right) => Some(self.index(left)?.max(self.index(right)?)),
            Expr::Not(inner) => Some(1.0 - self.index(inner)?),
            Expr::In(item, _) | Expr::NotIn(item, _) => match self.value(item) {
                Value::Missing => None,
                _ => Some(f64::from(u8::from(self.truth(expr)))),
            },
            Expr::Has(question, _) => {
                self.answers.get(question)?;
                Some(f64::from(u8::from(self.truth(expr))))
            }
            Expr::Answered(_) => Some(f64::from(u8::from(self.truth(expr)))),
            Expr::Computed(id) => match self.instrument.computed(id).map(|c| &c.value) {
                Some(ComputedValue::Expr(inner)) => self.index(inner),
                _ => None,
            },
            Expr::Derived(id) => self.index(self.instrument.derived(id)?.expr.as_ref()?),
            _ => self.number(expr),
        }
    }

    /// The value of an expression as it stands.
    #[must_use]
    pub fn value<'b>(&self, expr: &'b Expr) -> Value<'b>
    where
        'a: 'b,
    {
        match expr {
            Expr::Text(text) => Value::Code(text),
            Expr::Question(id) => match self.answers.get(id) {
                Some(Answer::Code(code)) => self.substantive(id, code),
                Some(Answer::Number(n)) => Value::Number(*n),
                _ => Value::Missing,
            },
            Expr::Cell(id, row) => match self.answers.get(id) {
                Some(Answer::Rows(rows)) => rows
                    .get(row)
                    .map_or(Value::Missing, |code| self.substantive(id, code)),
                _ => Value::Missing,
            },
            Expr::Factor(id) => self
                .assignment
                .get(id)
                .map_or(Value::Missing, |level| Value::Code(level)),
            Expr::Computed(id) => match self.instrument.computed(id).map(|c| &c.value) {
                Some(ComputedValue::Expr(inner)) => self.value(inner),
                _ => Value::Missing,
            },
            Expr::Derived(id) => self
                .instrument
                .derived(id)
                .and_then(|d| d.expr.as_ref())
                .map_or(Value::Missing, |inner| self.value(inner)),
            Expr::Not(_)
            | Expr::And(..)
            | Expr::Or(..)
            | Expr::Compare(..)
            | Expr::In(..)
            | Expr::NotIn(..)
            | Expr::Answered(_)
            | Expr::Has(..) => Value::Bool(self.truth(expr)),
            _ => self.number(expr).map_or(Value::Missing, Value::Number),
        }
    }

    fn substantive(&self, question: &str, code: &'a str) -> Value<'a> {
        let choice = self.question(question).and_then(|q| q.choice(code));
        match choice {
            Some(choice) if choice.missing.is_none() => Value::Code(code),
            _ => Value::Missing,
        }
    }

    fn compare(&self, op: Comparison, left: &Expr, right: &Expr) -> bool {
        let ordering = match (self.value(left), self.value(right)) {
            (Value::Code(a), Value::Code(b)) => match op {
                Comparison::Equal => return a == b,
                Comparison::NotEqual => return a != b,
                _ => return false,
            },
            (Value::Bool(a), Value::Bool(b)) => a.partial_cmp(&b),
            (Value::Number(a), Value::Number(b)) => a.partial_cmp(&b),
            _ => None,
        };
        ordering.is_some_and(|ordering| op.holds(ordering))
    }

    fn answered(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Question(id) => match self.answers.get(id) {
                Some(Answer::Code(_) | Answer::Number(_)) => self.value(expr) != Value::Missing,
                Some(Answer::Codes(codes)) => codes
                    .iter()
                    .any(|code| matches!(self.substantive_owned(id, code), Some(true))),
                Some(Answer::Rows(rows)) => rows
                    .values()
                    .any(|code| matches!(self.substantive_owned(id, code), Some(true))),
                Some(Answer::Ranking(codes)) => !codes.is_empty(),
                Some(Answer::BestWorst(picks)) => {
                    picks.iter().any(|p| p.best.is_some() || p.worst.is_some())
                }
                Some(Answer::Text(text)) => !is_unseen(text),
                None => false,
            },
            other => self.value(other) != Value::Missing,
        }
    }

    fn substantive_owned(&self, question: &str, code: &str) -> Option<bool> {
        let choice = self.question(question)?.choice(code)?;
        Some(choice.missing.is_none())
    }

    fn count(&self, question: &str) -> Option<f64> {
        let Some(Answer::Codes(codes)) = self.answers.get(question) else {
            return None;
        };
        let declared = self.question(question)?;
        let mut missing = false;
        let mut n = 0_u32;
        for choice in codes.iter().filter_map(|code| declared.choice(code)) {
            missing |= choice.missing.is_some();
            n += u32::from(choice.missing.is_none() && !choice.exclusive);
        }
        (!missing).then_some(f64::from(n))
    }

    fn scale_value(&self, expr: &Expr) -> Option<f64> {
        let (question, code) = match expr {
            Expr::Question(id) => match self.answers.get(id)? {
                Answer::Number(n) => return Some(*n),
                Answer::Code(code) => (id, code),
                _ => return None,
            },
            Expr::Cell(id, row) => match self.answers.get(id)? {
                Answer::Rows(rows) => (id, rows.get(row)?),
                _ => return None,
            },
            _ => return self.number(expr),
        };
        let choice = self.question(question)?.choice(code)?;
        if choice.missing.is_some() {
            None
        } else {
            choice.value
        }
    }

    fn scale_range(&self, expr: &Expr) -> Option<(f64, f64)> {
        let (Expr::Question(id) | Expr::Cell(id, _)) = expr else {
            return None;
        };
        let question = self.question(id)?;
        match &question.kind {
            Kind::Slider(slider) => Some((slider.min, slider.max)),
            Kind::Number(number) => Some((number.min, number.max)),
            _ => range_of(question),
        }
    }
}

/// What is not a number any more is missing.
fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

fn range_of(question: &Question) -> Option<(f64, f64)> {
    question
        .choices()
        .iter()
        .filter(|c: &&Choice| c.missing.is_none())
        .filter_map(|c| c.value)
        .fold(None, |range, v| match range {
            None => Some((v, v)),
            Some((min, max)) => Some((f64::min(min, v), f64::max(max, v))),
        })
}

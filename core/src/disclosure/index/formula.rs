//! Formulas over a few numbers, made once and computed for each sheet.

use crate::{
    disclosure::bands,
    flow::{Comparison, Expr},
    instrument::{ComputedValue, Instrument, Kind, Question},
};

/// An index as arithmetic over slots, each the value of one answer. It gives what
/// [`crate::flow::Scope::index`] gives, without looking anything up.
#[derive(Clone, Debug)]
pub(crate) struct Formula {
    term: Term,
    /// Question and row of each slot.
    pub(crate) slots: Vec<(String, Option<String>)>,
    /// Least and greatest value of each slot.
    ranges: Vec<(f64, f64)>,
}

#[derive(Clone, Debug)]
enum Term {
    Slot(usize),
    /// Least plus greatest value, minus the slot.
    Turned(usize, f64),
    Number(f64),
    Add(Box<Term>, Box<Term>),
    Sub(Box<Term>, Box<Term>),
    Mean(u32, Vec<Term>),
    Rescale(Box<Term>, f64, f64),
    Compare(Comparison, Box<Term>, Box<Term>),
    And(Box<Term>, Box<Term>),
    Or(Box<Term>, Box<Term>),
    Not(Box<Term>),
}

/// What is known of one slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Given {
    /// It is there and lies between these.
    Between(f64, f64),
    /// It is not there.
    Missing,
}

/// What a cell of a question's table says of the value.
pub(super) fn given(question: &Question, code: &str) -> Given {
    if let Kind::Slider(slider) = &question.kind
        && let Some(band) = bands::of_slider(slider).iter().find(|b| b.code == code)
    {
        return Given::Between(band.low, band.high.unwrap_or(slider.max));
    }
    match question.choice(code) {
        Some(choice) if choice.missing.is_none() => choice
            .value
            .map_or(Given::Missing, |v| Given::Between(v, v)),
        _ => Given::Missing,
    }
}

impl Formula {
    /// `None` when the expression holds something else than numbers on scales.
    pub(crate) fn of(instrument: &Instrument, expr: &Expr) -> Option<Self> {
        let mut formula = Self {
            term: Term::Number(0.0),
            slots: vec![],
            ranges: vec![],
        };
        formula.term = formula.term(instrument, expr)?;
        Some(formula)
    }

    fn slot(&mut self, instrument: &Instrument, id: &str, row: Option<&str>) -> Option<usize> {
        let key = (id.to_owned(), row.map(str::to_owned));
        if let Some(at) = self.slots.iter().position(|s| *s == key) {
            return Some(at);
        }
        let question = instrument.question(id)?;
        let range = match &question.kind {
            Kind::Slider(slider) => (slider.min, slider.max),
            Kind::Single(_) | Kind::Matrix(_) => {
                let values = || {
                    let scale = question.choices().iter();
                    scale
                        .filter(|c| c.missing.is_none())
                        .filter_map(|c| c.value)
                };
                values().next()?;
                (
                    values().fold(f64::INFINITY, f64::min),
                    values().fold(f64::NEG_INFINITY, f64::max),
                )
            }
            _ => return None,
        };
        self.slots.push(key);
        self.ranges.push(range);
        Some(self.slots.len() - 1)
    }

    fn term(&mut self, instrument: &Instrument, expr: &Expr) -> Option<Term> {
        let mut two = |a: &Expr, b: &Expr| {
            Some((
                Box::new(self.term(instrument, a)?),
                Box::new(self.term(instrument, b)?),
            ))
        };
        Some(match expr {
            Expr::Number(n) => Term::Number(*n),
            Expr::Question(id) => Term::Slot(self.slot(instrument, id, None)?),
            Expr::Cell(id, row) => Term::Slot(self.slot(instrument, id, Some(row))?),
            Expr::Val(inner) => self.term(instrument, inner)?,
            Expr::Rev(inner) => {
                let Term::Slot(slot) = self.term(instrument, inner)? else {
                    return None;
                };
                let (min, max) = *self.ranges.get(slot)?;
                Term::Turned(slot, min + max)
            }
            Expr::Add(a, b) => {
                let (a, b) = two(a, b)?;
                Term::Add(a, b)
            }
            Expr::Sub(a, b) => {
                let (a, b) = two(a, b)?;
                Term::Sub(a, b)
            }
            Expr::And(a, b) => {
                let (a, b) = two(a, b)?;
                Term::And(a, b)
            }
            Expr::Or(a, b) => {
                let (a, b) = two(a, b)?;
                Term::Or(a, b)
            }
            Expr::Compare(op, a, b) => {
                let (a, b) = two(a, b)?;
                Term::Compare(*op, a, b)
            }
            Expr::Not(a) => Term::Not(Box::new(self.term(instrument, a)?)),
            Expr::Mean(least, args) => Term::Mean(
                *least,
                args.iter()
                    .map(|arg| self.term(instrument, arg))
                    .collect::<Option<_>>()?,
            ),
            Expr::Rescale(inner, low, high) => {
                Term::Rescale(Box::new(self.term(instrument, inner)?), *low, *high)
            }
            Expr::Derived(id) => self.term(instrument, instrument.derived(id)?.expr.as_ref()?)?,
            Expr::Computed(id) => {
                let ComputedValue::Expr(inner) = &instrument.computed(id)?.value else {
                    return None;
                };
                self.term(instrument, inner)?
            }
            _ => return None,
        })
    }

    /// The value for one sheet; `None` when something it needs is missing.
    pub(crate) fn value(&self, slots: &[Option<f64>]) -> Option<f64> {
        self.term.value(slots)
    }

    /// The bounds of the value when one slot is known as `given` and the others may be anything,
    /// also missing; `None` when there is no value then.
    pub(super) fn reach(&self, slot: usize, given: Given) -> Option<(f64, f64)> {
        let known = Known {
            slot,
            given,
            ranges: &self.ranges,
        };
        self.term.reach(&known).map(|reach| (reach.low, reach.high))
    }
}

struct Known<'k> {
    slot: usize,
    given: Given,
    ranges: &'k [(f64, f64)],
}

#[derive(Clone, Copy)]
struct Reach {
    low: f64,
    high: f64,
    /// It is certainly there.
    there: bool,
}

fn holds(op: Comparison, a: f64, b: f64) -> bool {
    a.partial_cmp(&b).is_some_and(|ordering| op.holds(ordering))
}

impl Term {
    fn value(&self, slots: &[Option<f64>]) -> Option<f64> {
        let number = |truth: bool| f64::from(u8::from(truth));
        Some(match self {
            Self::Slot(slot) => slots.get(*slot).copied().flatten()?,
            Self::Turned(slot, sum) => sum - slots.get(*slot).copied().flatten()?,
            Self::Number(n) => *n,
            Self::Add(a, b) => a.value(slots)? + b.value(slots)?,
            Self::Sub(a, b) => a.value(slots)? - b.value(slots)?,
            Self::Mean(least, args) => {
                let (mut sum, mut n) = (0.0, 0_u32);
                for value in args.iter().filter_map(|arg| arg.value(slots)) {
                    sum += value;
                    n += 1;
                }
                if n == 0 || n < *least {
                    return None;
                }
                sum / f64::from(n)
            }
            Self::Rescale(inner, low, high) => (inner.value(slots)? - low) / (high - low) * 100.0,
            Self::Compare(op, a, b) => number(holds(*op, a.value(slots)?, b.value(slots)?)),
            Self::And(a, b) => a.value(slots)? * b.value(slots)?,
            Self::Or(a, b) => a.value(slots)?.max(b.value(slots)?),
            Self::Not(a) => 1.0 - a.value(slots)?,
        })
    }

    fn reach(&self, known: &Known<'_>) -> Option<Reach> {
        let slot = |slot: usize| {
            if slot == known.slot {
                return match known.given {
                    Given::Between(low, high) => Some(Reach {
                        low,
                        high,
                        there: true,
                    }),
                    Given::Missing => None,
                };
            }
            let (low, high) = *known.ranges.get(slot)?;
            Some(Reach {
                low,
                high,
                there: false,
            })
        };
        let both = |a: &Self, b: &Self, low_high: fn(Reach, Reach) -> (f64, f64)| {
            let (a, b) = (a.reach(known)?, b.reach(known)?);
            let (low, high) = low_high(a, b);
            Some(Reach {
                low,
                high,
                there: a.there && b.there,
            })
        };
        match self {
            Self::Slot(at) => slot(*at),
            Self::Turned(at, sum) => slot(*at).map(|r| Reach {
                low: sum - r.high,
                high: sum - r.low,
                there: r.there,
            }),
            Self::Number(n) => Some(Reach {
                low: *n,
                high: *n,
                there: true,
            }),
            Self::Add(a, b) => both(a, b, |a, b| (a.low + b.low, a.high + b.high)),
            Self::Sub(a, b) => both(a, b, |a, b| (a.low - b.high, a.high - b.low)),
            Self::And(a, b) => both(a, b, |a, b| (a.low * b.low, a.high * b.high)),
            Self::Or(a, b) => both(a, b, |a, b| (a.low.max(b.low), a.high.max(b.high))),
            Self::Not(a) => a.reach(known).map(|r| Reach {
                low: 1.0 - r.high,
                high: 1.0 - r.low,
                there: r.there,
            }),
            Self::Rescale(inner, low, high) => inner.reach(known).map(|r| Reach {
                low: (r.low - low) / (high - low) * 100.0,
                high: (r.high - low) / (high - low) * 100.0,
                there: r.there,
            }),
            Self::Compare(op, a, b) => {
                let (a, b) = (a.reach(known)?, b.reach(known)?);
                let ends = [
                    (a.low, b.low),
                    (a.low, b.high),
                    (a.high, b.low),
                    (a.high, b.high),
                ];
                let overlap = a.low <= b.high && b.low <= a.high;
                let (some, all) = match op {
                    Comparison::Equal => (overlap, ends.iter().all(|(x, y)| x == y)),
                    Comparison::NotEqual => (!ends.iter().all(|(x, y)| x == y), !overlap),
                    _ => (
                        ends.iter().any(|&(x, y)| holds(*op, x, y)),
                        ends.iter().all(|&(x, y)| holds(*op, x, y)),
                    ),
                };
                Some(Reach {
                    low: f64::from(u8::from(all)),
                    high: f64::from(u8::from(some)),
                    there: a.there && b.there,
                })
            }
            Self::Mean(least, args) => {
                let parts: Vec<Reach> = args.iter().filter_map(|arg| arg.reach(known)).collect();
                let least = usize::try_from(*least).unwrap_or(usize::MAX).max(1);
                if parts.len() < least {
                    return None;
                }
                Some(Reach {
                    low: lowest_mean(&parts, least, |r| r.low),
                    high: -lowest_mean(&parts, least, |r| -r.high),
                    there: parts.iter().any(|r| r.there),
                })
            }
        }
    }
}

/// The lowest mean of at least so many of the parts, among them all that are certainly there.
fn lowest_mean(parts: &[Reach], least: usize, of: impl Fn(&Reach) -> f64) -> f64 {
    let (there, others): (Vec<_>, Vec<_>) = parts.iter().partition(|r| r.there);
    let mut others: Vec<f64> = others.into_iter().map(&of).collect();
    others.sort_by(f64::total_cmp);
    let mut sum: f64 = there.iter().map(|r| of(r)).sum();
    let mut count = there.len();
    for value in others {
        let n = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        if count >= least && value * n >= sum {
            break;
        }
        sum += value;
        count += 1;
    }
    sum / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX))
}

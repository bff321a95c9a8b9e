//! How small and how large a number can become, whatever is answered.

use super::model::Model;
use crate::{
    date::Date,
    flow::{Comparison, Expr},
    instrument::{ComputedValue, Kind, Question},
};

/// True when the comparison fails whatever is answered.
pub(super) fn never(model: &Model<'_>, op: Comparison, left: &Expr, right: &Expr) -> bool {
    if is_code(model, left) || is_code(model, right) {
        return false;
    }
    let (Some((least, most)), Some((low, high))) = (bounds(model, left), bounds(model, right))
    else {
        return false;
    };
    match op {
        Comparison::Equal => most < low || high < least,
        Comparison::NotEqual => least == most && low == high && least == low,
        Comparison::Less => least >= high,
        Comparison::AtMost => least > high,
        Comparison::Greater => most <= low,
        Comparison::AtLeast => most < low,
    }
}

/// True for what is compared as a code, whatever value the code has.
fn is_code(model: &Model<'_>, expr: &Expr) -> bool {
    match expr {
        Expr::Question(id) | Expr::Cell(id, _) => model
            .question(id)
            .is_some_and(|q| !matches!(q.kind, Kind::Slider(_) | Kind::Number(_))),
        Expr::Computed(id) => match model.instrument.computed(id).map(|c| &c.value) {
            Some(ComputedValue::Expr(inner)) => is_code(model, inner),
            _ => false,
        },
        _ => false,
    }
}

/// The least and the greatest value; `None` when nothing is known of them.
fn bounds(model: &Model<'_>, expr: &Expr) -> Option<(f64, f64)> {
    let exact =
        |(low, high): (f64, f64)| (low.is_finite() && high.is_finite()).then_some((low, high));
    let of = |inner: &Expr| bounds(model, inner);
    // Rounding keeps order, so the ends of a sum are the sums of the ends.
    exact(match expr {
        Expr::Number(n) => (*n, *n),
        Expr::Question(id) | Expr::Cell(id, _) => range(model.question(id)?)?,
        Expr::Val(inner) => of(inner)?,
        Expr::Rev(inner) => {
            let (low, high) = of(inner)?;
            (low + high - high, low + high - low)
        }
        Expr::Add(left, right) => {
            let (left, right) = (of(left)?, of(right)?);
            (left.0 + right.0, left.1 + right.1)
        }
        Expr::Sub(left, right) => {
            let (left, right) = (of(left)?, of(right)?);
            (left.0 - right.1, left.1 - right.0)
        }
        Expr::Mul(left, right) => corners(of(left)?, of(right)?, |a, b| a * b),
        Expr::Div(left, right) => {
            let under = of(right)?;
            if under.0 <= 0.0 && under.1 >= 0.0 {
                return None;
            }
            corners(of(left)?, under, |a, b| a / b)
        }
        Expr::Year(inner) => {
            let year = |days| Some(f64::from(Date::from_days(days)?.year));
            let (low, high) = of(inner)?;
            (year(low)?, year(high)?)
        }
        Expr::Mean(_, parts) => {
            let all: Option<Vec<(f64, f64)>> = parts.iter().map(of).collect();
            let ends = all?.into_iter().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            let (low, high) = ends?;
            // Adding and dividing again can round past the ends.
            (low - low.abs() * 1e-9, high + high.abs() * 1e-9)
        }
        Expr::Computed(id) => match &model.instrument.computed(id)?.value {
            ComputedValue::Expr(inner) => of(inner)?,
            ComputedValue::Cases(_) => return None,
        },
        _ => return None,
    })
}

fn corners(a: (f64, f64), b: (f64, f64), join: fn(f64, f64) -> f64) -> (f64, f64) {
    let all = [
        join(a.0, b.0),
        join(a.0, b.1),
        join(a.1, b.0),
        join(a.1, b.1),
    ];
    let least = all.into_iter().fold(f64::INFINITY, f64::min);
    (least, all.into_iter().fold(f64::NEG_INFINITY, f64::max))
}

fn range(question: &Question) -> Option<(f64, f64)> {
    match &question.kind {
        Kind::Slider(slider) => Some((slider.min, slider.max)),
        Kind::Number(number) => Some((number.min, number.max)),
        _ => question
            .choices()
            .iter()
            .filter(|choice| choice.missing.is_none())
            .filter_map(|choice| choice.value)
            .map(|value| (value, value))
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))),
    }
}

//! Conditions in the languages of other programs.
//!
//! Here a comparison with what is missing is false, whatever the operator. There it is not always
//! so: each translation says first that there is an answer, and that it is none of the codes that
//! stand for a missing one.

use std::collections::BTreeSet;

use super::{Carried, Target};
use crate::{
    date::Date,
    flow::{Comparison, Expr},
    instrument::{ComputedValue, Kind, Question},
};

/// The condition; `None` when it, or a question it reads, cannot be carried over.
pub(super) fn condition(carried: &Carried<'_>, expr: &Expr) -> Option<String> {
    let joined = |a, b, word| {
        Some(format!(
            "({}) {word} ({})",
            condition(carried, a)?,
            condition(carried, b)?
        ))
    };
    match expr {
        Expr::And(a, b) => joined(a, b, "and"),
        Expr::Or(a, b) => joined(a, b, "or"),
        Expr::Not(inner) => {
            let inner = condition(carried, inner)?;
            Some(not(carried.target, &inner))
        }
        Expr::Computed(id) => match &carried.instrument.computed(id)?.value {
            ComputedValue::Expr(inner) => condition(carried, inner),
            ComputedValue::Cases(_) => None,
        },
        Expr::In(item, codes) => {
            let name = Operand::of(carried, item)?.coded()?.name;
            let one_of = codes.iter().map(|code| format!("{name} = '{code}'"));
            Some(format!("({})", one_of.collect::<Vec<_>>().join(" or ")))
        }
        Expr::NotIn(item, codes) => {
            let operand = Operand::of(carried, item)?.coded()?;
            Some(operand.none_of(codes.iter().map(String::as_str)))
        }
        Expr::Compare(Comparison::Equal, item, value) if matches!(**value, Expr::Text(_)) => {
            let name = Operand::of(carried, item)?.coded()?.name;
            Some(format!("{name} = '{}'", text(value)?))
        }
        Expr::Compare(Comparison::NotEqual, item, value) if matches!(**value, Expr::Text(_)) => {
            let operand = Operand::of(carried, item)?.coded()?;
            Some(operand.none_of([text(value)?]))
        }
        Expr::Compare(comparison, item, value) => {
            let (mut present, left) = formula(carried, item)?;
            let (more, right) = formula(carried, value)?;
            present.extend(more);
            let compared = format!("{left} {} {right}", sign(*comparison));
            present.push(compared);
            Some(present.join(" and "))
        }
        Expr::Answered(item) => Some(Operand::of(carried, item)?.answered()),
        Expr::Has(question, code) => {
            let operand = Operand::of(carried, &Expr::Question(question.clone()))?;
            Some(operand.has(code))
        }
        _ => None,
    }
}

/// A check: it holds as long as something that it reads is missing.
pub(super) fn held(carried: &Carried<'_>, expr: &Expr) -> Option<String> {
    let that = condition(carried, expr)?;
    let mut ids = BTreeSet::new();
    expr.mentions(carried.instrument, &mut ids);
    let missing: Option<Vec<String>> = ids
        .iter()
        .map(|id| {
            let there = Operand::of(carried, &Expr::Question(id.clone()))?.present();
            Some(not(carried.target, &there))
        })
        .collect();
    let absent = missing?.join(" or ");
    Some(if absent.is_empty() {
        that
    } else {
        format!("{absent} or ({that})")
    })
}

fn not(target: Target, inner: &str) -> String {
    match target {
        Target::SurveyJs => format!("!({inner})"),
        Target::XlsForm => format!("not({inner})"),
    }
}

/// A pattern of ours in the regular expressions of others: the whole text is meant.
pub(super) fn whole(source: &str) -> String {
    let source = source.strip_prefix('^').unwrap_or(source);
    let ends = source.ends_with('$') && !source.ends_with("\\$");
    let source = if ends {
        source.strip_suffix('$').unwrap_or(source)
    } else {
        source
    };
    format!("^(?:{source})$")
}

/// The day with this number.
pub(super) fn iso(days: f64) -> String {
    Date::from_days(days).map_or_else(String::new, Date::iso)
}

/// A formula as long as all of it can be written there: what has to be there for it to have a
/// value, and the value.
fn formula(carried: &Carried<'_>, expr: &Expr) -> Option<(Vec<String>, String)> {
    let joined = |a, b, sign| {
        let (mut present, left) = formula(carried, a)?;
        let (more, right) = formula(carried, b)?;
        present.extend(more);
        Some((present, format!("({left} {sign} {right})")))
    };
    match expr {
        Expr::Number(number) => Some((Vec::new(), number.to_string())),
        Expr::Add(a, b) => joined(a, b, "+"),
        Expr::Sub(a, b) => joined(a, b, "-"),
        Expr::Mul(a, b) => joined(a, b, "*"),
        Expr::Div(a, b) => {
            let (mut present, over_under) = joined(a, b, divide(carried.target))?;
            present.push(format!("{} != 0", formula(carried, b)?.1));
            Some((present, over_under))
        }
        Expr::Val(inner) => formula(carried, inner),
        Expr::Rev(inner) => {
            let (low, high) = Operand::of(carried, inner)?.range()?;
            let (present, value) = formula(carried, inner)?;
            Some((present, format!("({} - {value})", low + high)))
        }
        Expr::Rescale(inner, low, high) => {
            let (present, value) = formula(carried, inner)?;
            let by = divide(carried.target);
            let scaled = format!("(({value} - {low}) {by} {} * 100)", high - low);
            Some((present, scaled))
        }
        Expr::Mean(least, parts) => mean(carried, *least, parts),
        Expr::Computed(id) => match &carried.instrument.computed(id)?.value {
            ComputedValue::Expr(inner) => formula(carried, inner),
            ComputedValue::Cases(_) => None,
        },
        Expr::Derived(id) => formula(carried, carried.instrument.derived(id)?.expr.as_ref()?),
        _ => {
            let operand = Operand::of(carried, expr)?;
            let value = operand.numeric(carried.target)?;
            Some((vec![operand.valued()], value))
        }
    }
}

/// The mean of the parts that are there.
fn mean(carried: &Carried<'_>, least: u32, parts: &[Expr]) -> Option<(Vec<String>, String)> {
    let (mut sum, mut count) = (Vec::new(), Vec::new());
    for part in parts {
        let (present, value) = formula(carried, part)?;
        let there = present.join(" and ");
        sum.push(choose(carried.target, &there, &value, "0"));
        count.push(choose(carried.target, &there, "1", "0"));
    }
    let (sum, count) = (sum.join(" + "), count.join(" + "));
    let enough = format!("({count}) >= {}", least.max(1));
    let by = divide(carried.target);
    Some((vec![enough], format!("(({sum}) {by} ({count}))")))
}

/// A value for each person, empty when something that it needs is missing; conditions are 1 or 0.
pub(super) fn value(carried: &Carried<'_>, expr: &Expr) -> Option<String> {
    let (present, value) = match formula(carried, expr) {
        Some(whole) => whole,
        None => {
            let holds = condition(carried, expr)?;
            let mut present = Vec::new();
            needs(carried, expr, &mut present)?;
            (present, choose(carried.target, &holds, "1", "0"))
        }
    };
    Some(if present.is_empty() {
        value
    } else {
        choose(carried.target, &present.join(" and "), &value, "''")
    })
}

/// What has to be there for a condition to be true or false rather than missing.
fn needs(carried: &Carried<'_>, expr: &Expr, present: &mut Vec<String>) -> Option<()> {
    match expr {
        Expr::And(a, b) | Expr::Or(a, b) => {
            needs(carried, a, present)?;
            needs(carried, b, present)?;
        }
        Expr::Not(inner) => needs(carried, inner, present)?,
        Expr::In(item, _) | Expr::NotIn(item, _) => {
            present.push(Operand::of(carried, item)?.present());
        }
        Expr::Compare(_, item, value) if matches!(**value, Expr::Text(_)) => {
            present.push(Operand::of(carried, item)?.present());
        }
        Expr::Compare(_, a, b) => {
            present.extend(formula(carried, a)?.0);
            present.extend(formula(carried, b)?.0);
        }
        Expr::Has(id, _) => {
            present.push(Operand::of(carried, &Expr::Question(id.clone()))?.given());
        }
        Expr::Answered(_) => {}
        Expr::Computed(id) => match &carried.instrument.computed(id)?.value {
            ComputedValue::Expr(inner) => needs(carried, inner, present)?,
            ComputedValue::Cases(_) => return None,
        },
        _ => return None,
    }
    Some(())
}

const fn divide(target: Target) -> &'static str {
    match target {
        Target::SurveyJs => "/",
        Target::XlsForm => "div",
    }
}

/// One of two values.
pub(super) fn choose(target: Target, when: &str, then: &str, otherwise: &str) -> String {
    let word = match target {
        Target::SurveyJs => "iif",
        Target::XlsForm => "if",
    };
    format!("{word}({when}, {then}, {otherwise})")
}

fn text(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Text(text) => Some(text),
        _ => None,
    }
}

const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

/// A question, one of its rows, or the number of its options chosen.
pub(super) struct Operand<'a> {
    target: Target,
    question: &'a Question,
    name: String,
    counted: bool,
}

impl<'a> Operand<'a> {
    pub(super) fn of(carried: &Carried<'a>, expr: &Expr) -> Option<Self> {
        let (id, row, counted) = match expr {
            Expr::Question(id) => (id, None, false),
            Expr::Count(id) => (id, None, true),
            Expr::Cell(id, row) => (id, Some(row), false),
            _ => return None,
        };
        carried.questions.get(id.as_str())?;
        let question = carried.instrument.question(id)?;
        let name = match (carried.target, row) {
            (Target::SurveyJs, None) => format!("{{{id}}}"),
            (Target::SurveyJs, Some(row)) => format!("{{{id}.{row}}}"),
            (Target::XlsForm, None) => format!("${{{id}}}"),
            (Target::XlsForm, Some(row)) => format!("${{{id}__{row}}}"),
        };
        Some(Self {
            target: carried.target,
            question,
            name,
            counted,
        })
    }

    fn coded(self) -> Option<Self> {
        let codes = matches!(self.question.kind, Kind::Single(_) | Kind::Matrix(_));
        (codes && !self.counted).then_some(self)
    }

    fn numeric(&self, target: Target) -> Option<String> {
        match (&self.question.kind, self.counted) {
            (Kind::Number(number), false) if number.date => None,
            (Kind::Slider(_) | Kind::Number(_), false) => Some(self.name.clone()),
            (Kind::Multiple(list), true) => {
                // "None of these" is an answer, but it counts as none.
                let none: Vec<String> = list
                    .options
                    .iter()
                    .filter(|o| o.exclusive && o.missing.is_none())
                    .map(|o| self.has(&o.code))
                    .collect();
                let all = match target {
                    Target::SurveyJs => format!("{{{}.length}}", self.question.id),
                    Target::XlsForm => format!("count-selected({})", self.name),
                };
                let less = none
                    .iter()
                    .map(|has| format!(" - {}", choose(target, has, "1", "0")));
                Some(format!("({all}{})", less.collect::<String>()))
            }
            (Kind::Single(_) | Kind::Matrix(_), false) => {
                let values = self.values();
                let (last, others) = values.split_last()?;
                let chain = others
                    .iter()
                    .rev()
                    .fold(last.1.to_string(), |rest, (code, n)| {
                        let is = format!("{} = '{code}'", self.name);
                        choose(target, &is, &n.to_string(), &rest)
                    });
                Some(chain)
            }
            _ => None,
        }
    }

    /// Codes that have a value on the question's scale.
    fn values(&self) -> Vec<(&'a str, f64)> {
        let substantive = self
            .question
            .choices()
            .iter()
            .filter(|c| c.missing.is_none());
        substantive
            .filter_map(|c| Some((c.code.as_str(), c.value?)))
            .collect()
    }

    fn range(&self) -> Option<(f64, f64)> {
        match &self.question.kind {
            Kind::Slider(slider) => Some((slider.min, slider.max)),
            Kind::Number(number) => Some((number.min, number.max)),
            _ => {
                let values = self.values();
                let numbers = || values.iter().map(|(_, value)| *value);
                Some((numbers().reduce(f64::min)?, numbers().reduce(f64::max)?))
            }
        }
    }

    fn has(&self, code: &str) -> String {
        match self.target {
            Target::SurveyJs => format!("{} contains '{code}'", self.name),
            Target::XlsForm => format!("selected({}, '{code}')", self.name),
        }
    }

    /// There is an answer that says something: of several codes, one that is not missing is enough.
    fn answered(&self) -> String {
        let Kind::Multiple(list) = &self.question.kind else {
            return self.present();
        };
        let chosen: Vec<String> = list
            .options
            .iter()
            .filter(|o| o.missing.is_none())
            .map(|o| self.has(&o.code))
            .collect();
        format!("({})", chosen.join(" or "))
    }

    /// There is an answer, and it is no missing code.
    pub(super) fn present(&self) -> String {
        self.none_of([])
    }

    /// There is an answer, and it has a value.
    fn valued(&self) -> String {
        let coded = matches!(self.question.kind, Kind::Single(_) | Kind::Matrix(_));
        let choices = self.question.choices().iter();
        self.none_of(
            choices
                .filter(|c| coded && c.missing.is_none() && c.value.is_none())
                .map(|c| c.code.as_str()),
        )
    }

    /// There is an answer of whatever kind.
    fn given(&self) -> String {
        match self.target {
            Target::SurveyJs => format!("{} notempty", self.name),
            Target::XlsForm => format!("{} != ''", self.name),
        }
    }

    /// There is an answer, and it is neither a missing code nor one of these.
    fn none_of<'c>(&'c self, codes: impl IntoIterator<Item = &'c str>) -> String {
        // The codes beside a scale are not carried over, so nobody can give them.
        let missing = self
            .question
            .choices()
            .iter()
            .filter(|c| {
                let beside = matches!(self.question.kind, Kind::Slider(_) | Kind::Number(_));
                c.missing.is_some() && !beside
            })
            .map(|c| c.code.as_str());
        let others = missing.chain(codes).map(|code| match self.question.kind {
            Kind::Multiple(_) => match self.target {
                Target::SurveyJs => format!("!({})", self.has(code)),
                Target::XlsForm => format!("not({})", self.has(code)),
            },
            _ => format!("{} != '{code}'", self.name),
        });
        let all: Vec<String> = [self.given()].into_iter().chain(others).collect();
        format!("({})", all.join(" and "))
    }
}

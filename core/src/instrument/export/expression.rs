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

/// A sum, difference or product of numbers, as long as all of it can be written there.
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
        _ => {
            let operand = Operand::of(carried, expr)?;
            let value = operand.numeric(carried.target)?;
            Some((vec![operand.present()], value))
        }
    }
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
struct Operand<'a> {
    target: Target,
    question: &'a Question,
    name: String,
    counted: bool,
}

impl<'a> Operand<'a> {
    fn of(carried: &Carried<'a>, expr: &Expr) -> Option<Self> {
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
                let choose = match target {
                    Target::SurveyJs => "iif",
                    Target::XlsForm => "if",
                };
                let less = none.iter().map(|has| format!(" - {choose}({has}, 1, 0)"));
                Some(format!("({all}{})", less.collect::<String>()))
            }
            _ => None,
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
    fn present(&self) -> String {
        self.none_of([])
    }

    /// There is an answer, and it is neither a missing code nor one of these.
    fn none_of<'c>(&'c self, codes: impl IntoIterator<Item = &'c str>) -> String {
        let there = match self.target {
            Target::SurveyJs => format!("{} notempty", self.name),
            Target::XlsForm => format!("{} != ''", self.name),
        };
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
        let all: Vec<String> = [there].into_iter().chain(others).collect();
        format!("({})", all.join(" and "))
    }
}

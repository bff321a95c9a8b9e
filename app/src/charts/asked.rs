//! Who was asked a question, in words.

use partake_core::{
    flow::{Comparison, Expr},
    instrument::{ComputedValue, Question},
};

use super::source::Source;
use crate::i18n::{t, t_with};

/// The condition of a question in words; `None` when everyone was asked. Conditions beyond the
/// forms that instruments use here are named as what they are, not paraphrased.
pub(super) fn asked(source: &Source<'_>, question: &Question) -> Option<String> {
    let condition = question.show_if.as_ref()?;
    let words = words(source, condition);
    Some(words.map_or_else(
        || t(source.lang, "results-asked-some"),
        |who| t_with(source.lang, "results-asked", &[("who", who.into())]),
    ))
}

fn words(source: &Source<'_>, condition: &Expr) -> Option<String> {
    let both = |key: &str, a: &Expr, b: &Expr| {
        Some(t_with(
            source.lang,
            key,
            &[
                ("a", words(source, a)?.into()),
                ("b", words(source, b)?.into()),
            ],
        ))
    };
    match condition {
        Expr::And(a, b) => both("results-asked-and", a, b),
        Expr::Or(a, b) => both("results-asked-or", a, b),
        Expr::Not(inner) => match &**inner {
            Expr::Has(question, code) => chose(source, "results-asked-not-chose", question, code),
            _ => None,
        },
        Expr::Has(question, code) => chose(source, "results-asked-chose", question, code),
        Expr::Computed(id) => match &source.instrument.computed(id)?.value {
            ComputedValue::Expr(expr) => words(source, expr),
            ComputedValue::Cases(_) => None,
        },
        Expr::In(of, codes) => one_of(source, of, codes),
        Expr::Compare(Comparison::Equal, of, value) => match &**value {
            Expr::Text(code) => one_of(source, of, std::slice::from_ref(code)),
            Expr::Number(n) => counted(source, "results-asked-count-is", of, *n),
            _ => None,
        },
        Expr::Compare(Comparison::AtLeast, of, value) => match &**value {
            Expr::Number(n) => counted(source, "results-asked-count", of, *n),
            _ => None,
        },
        Expr::Compare(Comparison::Greater, of, value) => match &**value {
            Expr::Number(n) => counted(source, "results-asked-count", of, n + 1.0),
            _ => None,
        },
        Expr::Answered(of) => match &**of {
            Expr::Question(id) => Some(t_with(
                source.lang,
                "results-asked-answered",
                &[("question", title(source, id)?.into())],
            )),
            _ => None,
        },
        _ => None,
    }
}

fn title(source: &Source<'_>, question: &str) -> Option<String> {
    Some(source.text(&source.instrument.question(question)?.title))
}

fn label(source: &Source<'_>, question: &str, code: &str) -> Option<String> {
    Some(source.text(&source.instrument.question(question)?.choice(code)?.label))
}

fn chose(source: &Source<'_>, key: &str, question: &str, code: &str) -> Option<String> {
    Some(t_with(
        source.lang,
        key,
        &[
            ("question", title(source, question)?.into()),
            ("option", label(source, question, code)?.into()),
        ],
    ))
}

fn counted(source: &Source<'_>, key: &str, of: &Expr, least: f64) -> Option<String> {
    let Expr::Count(question) = of else {
        return None;
    };
    Some(t_with(
        source.lang,
        key,
        &[
            ("question", title(source, question)?.into()),
            ("n", least.into()),
        ],
    ))
}

fn one_of(source: &Source<'_>, of: &Expr, codes: &[String]) -> Option<String> {
    match of {
        Expr::Question(question) => {
            let labels: Vec<_> = codes
                .iter()
                .map(|c| label(source, question, c))
                .collect::<Option<_>>()?;
            let labels = labels
                .iter()
                .map(|l| t_with(source.lang, "results-quoted", &[("text", l.clone().into())]))
                .collect::<Vec<_>>()
                .join(&t(source.lang, "results-asked-alternative"));
            Some(t_with(
                source.lang,
                "results-asked-one-of",
                &[
                    ("question", title(source, question)?.into()),
                    ("options", labels.into()),
                ],
            ))
        }
        Expr::Factor(id) => {
            let factor = source.instrument.factor(id)?;
            let drawn = factor
                .levels
                .iter()
                .filter(|level| codes.contains(level))
                .count();
            let everyone = factor
                .fixed
                .as_ref()
                .is_some_and(|level| codes.contains(level));
            Some(if everyone {
                t(source.lang, "results-asked-everyone")
            } else {
                t_with(
                    source.lang,
                    "results-asked-drawn",
                    &[
                        ("drawn", u32::try_from(drawn).ok()?.into()),
                        ("of", u32::try_from(factor.levels.len()).ok()?.into()),
                    ],
                )
            })
        }
        _ => None,
    }
}

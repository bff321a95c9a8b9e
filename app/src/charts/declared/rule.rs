//! The rule of an index in words, made from the expression that the instrument declares.

use partake_core::{
    flow::{Comparison, Expr},
    instrument::{Choice, ComputedValue, Derived, Kind, Question},
    lang::Lang,
};

use super::super::source::Source;
use crate::i18n::{t, t_with};

/// As many answers as are named inside of a sentence; of more only how many they are, for they are
/// listed below it.
const NAMED: usize = 3;

/// One answer that an index reads.
struct Item<'a> {
    question: &'a Question,
    row: Option<&'a str>,
    reversed: bool,
}

/// How an index is computed. `None` for forms that have no words here.
pub(super) fn rule(source: &Source<'_>, derived: &Derived) -> Option<String> {
    let expr = derived.expr.as_ref()?;
    let words = Words { source };
    let truth = derived.range.is_none();
    let key = if truth {
        "charts-index-holds"
    } else {
        "charts-index-computed"
    };
    let computed = match item_of(source, expr, false) {
        Some(item) if !matches!(expr, Expr::Count(_)) => {
            words.say("charts-index-answer", &[("item", words.item(&item))])
        }
        _ => words.phrase(expr)?,
    };
    let mut sentences = vec![words.say(key, &[("rule", computed)])];
    if !truth {
        sentences.extend(words.scales(&items(source, expr)));
    }
    Some(sentences.join(match source.lang {
        Lang::Zh => "",
        Lang::En => " ",
    }))
}

/// The answers that an index reads, in the order of its rule, each with the place of its chart.
pub(super) fn sources(source: &Source<'_>, derived: &Derived) -> Vec<(String, String)> {
    let Some(expr) = &derived.expr else {
        return vec![];
    };
    let words = Words { source };
    let link = |item: &Item<'_>| {
        let id = &item.question.id;
        let place = match item.row {
            Some(row) if expected(item.question, row).is_none() => format!(
                "{}/results/{}/charts/{id}__{row}",
                source.survey_base, source.aggregates.release
            ),
            _ => format!("#{id}"),
        };
        (words.item(item), place)
    };
    items(source, expr).iter().map(link).collect()
}

/// The code that an attention row asks for: such a row has no chart of its own.
fn expected<'q>(question: &'q Question, row: &str) -> Option<&'q str> {
    let Kind::Matrix(matrix) = &question.kind else {
        return None;
    };
    let row = matrix.rows.iter().find(|r| r.code == row)?;
    row.expected.as_deref()
}

fn items<'a>(source: &Source<'a>, expr: &'a Expr) -> Vec<Item<'a>> {
    let mut found: Vec<Item<'a>> = vec![];
    collect(source, expr, false, &mut found);
    found
}

fn collect<'a>(source: &Source<'a>, expr: &'a Expr, reversed: bool, found: &mut Vec<Item<'a>>) {
    if let Some(item) = item_of(source, expr, reversed) {
        let known = |f: &Item<'_>| f.question.id == item.question.id && f.row == item.row;
        if !found.iter().any(known) {
            found.push(item);
        }
        return;
    }
    match expr {
        Expr::Rev(inner) => collect(source, inner, !reversed, found),
        Expr::Derived(id) => {
            let inner = source.instrument.derived(id).and_then(|d| d.expr.as_ref());
            inner
                .into_iter()
                .for_each(|e| collect(source, e, reversed, found));
        }
        Expr::Computed(id) => {
            if let Some(ComputedValue::Expr(inner)) =
                source.instrument.computed(id).map(|c| &c.value)
            {
                collect(source, inner, reversed, found);
            }
        }
        _ => {
            for part in expr.parts() {
                collect(source, part, reversed, found);
            }
        }
    }
}

fn item_of<'a>(source: &Source<'a>, expr: &'a Expr, reversed: bool) -> Option<Item<'a>> {
    let (id, row) = match expr {
        Expr::Question(id) | Expr::Count(id) | Expr::Has(id, _) => (id, None),
        Expr::Cell(id, row) => (id, Some(row.as_str())),
        Expr::Val(inner) => return item_of(source, inner, reversed),
        Expr::Rev(inner) => return item_of(source, inner, !reversed),
        _ => return None,
    };
    Some(Item {
        question: source.instrument.question(id)?,
        row,
        reversed,
    })
}

struct Words<'s, 'a> {
    source: &'s Source<'a>,
}

impl Words<'_, '_> {
    fn say(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let args: Vec<_> = args.iter().map(|(k, v)| (*k, v.clone().into())).collect();
        t_with(self.source.lang, key, &args)
    }

    fn quoted(&self, text: String) -> String {
        self.say("results-quoted", &[("text", text)])
    }

    /// An answer by the words it was asked with, and whether it counts the other way round.
    fn item(&self, item: &Item<'_>) -> String {
        let label = match (&item.question.kind, item.row) {
            (Kind::Matrix(matrix), Some(row)) => matrix
                .rows
                .iter()
                .find(|r| r.code == row)
                .map(|r| self.source.text(&r.label)),
            _ => None,
        };
        let label = label.unwrap_or_else(|| self.source.text(&item.question.title));
        let quoted = self.quoted(label);
        if item.reversed {
            self.say("charts-index-reversed", &[("item", quoted)])
        } else {
            quoted
        }
    }

    fn phrase(&self, expr: &Expr) -> Option<String> {
        if let Expr::Count(_) = expr {
            let item = item_of(self.source, expr, false)?;
            return Some(self.say("charts-index-chosen", &[("item", self.item(&item))]));
        }
        if let Some(item) = item_of(self.source, expr, false) {
            return Some(self.item(&item));
        }
        let two = |key: &str, a: &Expr, b: &Expr| {
            Some(self.say(key, &[("a", self.phrase(a)?), ("b", self.phrase(b)?)]))
        };
        match expr {
            Expr::Number(n) => Some(n.to_string()),
            Expr::Mean(least, parts) => self.mean(*least, parts),
            Expr::Rescale(inner, low, high) => Some(self.say(
                "charts-index-rescaled",
                &[
                    ("inner", self.phrase(inner)?),
                    ("low", low.to_string()),
                    ("high", high.to_string()),
                ],
            )),
            Expr::Add(a, b) => two("charts-index-plus", a, b),
            Expr::Sub(a, b) => two("charts-index-minus", a, b),
            Expr::And(a, b) => two("charts-index-and", a, b),
            Expr::Or(a, b) => two("charts-index-or", a, b),
            Expr::Not(inner) => {
                Some(self.say("charts-index-unless", &[("inner", self.phrase(inner)?)]))
            }
            Expr::Compare(op, a, b) => self.answered(*op, a, b).or_else(|| {
                let key = match op {
                    Comparison::Equal => "charts-index-is",
                    Comparison::NotEqual => "charts-index-is-not",
                    Comparison::Less => "charts-index-below",
                    Comparison::AtMost => "charts-index-at-most",
                    Comparison::Greater => "charts-index-above",
                    Comparison::AtLeast => "charts-index-at-least",
                };
                two(key, a, b)
            }),
            Expr::Derived(id) => {
                let derived = self.source.instrument.derived(id)?;
                Some(self.quoted(self.source.text(&derived.label)))
            }
            Expr::Computed(id) => match &self.source.instrument.computed(id)?.value {
                ComputedValue::Expr(inner) => self.phrase(inner),
                ComputedValue::Cases(_) => None,
            },
            _ => None,
        }
    }

    /// A mean, of what, and how many of its parts have to be there.
    fn mean(&self, least: u32, parts: &[Expr]) -> Option<String> {
        let of = if parts.len() > NAMED {
            let n = parts.len().to_string();
            self.say("charts-index-below-listed", &[("n", n)])
        } else {
            let parts: Vec<_> = parts
                .iter()
                .map(|part| self.phrase(part))
                .collect::<Option<_>>()?;
            parts.join(match self.source.lang {
                Lang::Zh => "、",
                Lang::En => ", ",
            })
        };
        let all = usize::try_from(least).is_ok_and(|least| least >= parts.len());
        let key = if all {
            "charts-index-mean-all"
        } else {
            "charts-index-mean"
        };
        let (least, n) = (least.max(1).to_string(), parts.len().to_string());
        Some(self.say(key, &[("of", of), ("least", least), ("n", n)]))
    }

    /// A comparison with an answer, as the answers that meet it.
    fn answered(&self, op: Comparison, a: &Expr, b: &Expr) -> Option<String> {
        let item = item_of(self.source, a, false).filter(|item| !item.reversed)?;
        let meets = |choice: &Choice| match b {
            Expr::Text(code) => op.holds(choice.code.cmp(code)),
            Expr::Number(n) => choice
                .value
                .and_then(|value| value.partial_cmp(n))
                .is_some_and(|ordering| op.holds(ordering)),
            _ => false,
        };
        let labels: Vec<_> = item
            .question
            .choices()
            .iter()
            .filter(|choice| choice.missing.is_none() && meets(choice))
            .map(|choice| self.quoted(self.source.text(&choice.label)))
            .collect();
        let options = labels.join(&t(self.source.lang, "results-asked-alternative"));
        (!labels.is_empty()).then(|| {
            let args = [("item", self.item(&item)), ("options", options)];
            self.say("charts-index-answered", &args)
        })
    }

    /// What the points of each scale count.
    fn scales(&self, items: &[Item<'_>]) -> Vec<String> {
        let mut told: Vec<&str> = vec![];
        let mut sentences = vec![];
        for item in items {
            let valued = item
                .question
                .choices()
                .iter()
                .filter(|c| c.missing.is_none());
            let mut points: Vec<_> = valued.filter_map(|c| Some((c.value?, &c.label))).collect();
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            let ([(low, least), .., (high, most)], false) =
                (points.as_slice(), told.contains(&item.question.id.as_str()))
            else {
                continue;
            };
            told.push(&item.question.id);
            let args = [
                ("low", low.to_string()),
                ("least", self.quoted(self.source.text(least))),
                ("high", high.to_string()),
                ("most", self.quoted(self.source.text(most))),
            ];
            sentences.push(self.say("charts-index-scale", &args));
        }
        if items.iter().any(|item| item.reversed) {
            sentences.push(t(self.source.lang, "charts-index-turned"));
        }
        sentences
    }
}

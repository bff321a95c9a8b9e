//! One's own answers beside everyone's, from the figures of a public release. It runs on the
//! device: what somebody answered is nobody else's business.

use partake_core::{
    flow::{Body, Flow, OptionView, QuestionView},
    response::{Answer, Answers},
};
use serde_json::Value;

use crate::{
    Words, json,
    markup::{Element, el},
};

/// A published one-way table.
struct Table {
    base: u64,
    /// Code, and the count where it is shown.
    cells: Vec<(String, Option<u64>)>,
    few: Vec<String>,
}

/// Every closed answer with the release's distribution; one fold for each section. `release` is
/// what the API serves.
pub(crate) fn compare(
    flow: &Flow<'_>,
    answers: &Answers,
    release: &Value,
    words: &Words,
) -> Vec<Element> {
    let mut parts = Vec::new();
    for id in flow.sections() {
        let Some(section) = flow.section(id) else {
            continue;
        };
        let mut figures = Vec::new();
        for question in &section.questions {
            if let Some(answer) = answers.get(&question.id) {
                figures.extend(figures_of(question, answer, release, words));
            }
        }
        if !figures.is_empty() {
            parts.push(
                el("details")
                    .class("beside-part")
                    .flag("open", parts.is_empty())
                    .child(el("summary").text(section.title.as_str()))
                    .children(figures),
            );
        }
    }
    parts
}

fn figures_of(
    question: &QuestionView,
    answer: &Answer,
    release: &Value,
    words: &Words,
) -> Vec<Element> {
    let one = |id: &str, title: &str, options: &[OptionView], mine: &[String]| {
        table(release, id).map(|table| figure(title, &table, options, mine, words))
    };
    let (id, title) = (question.id.as_str(), question.title.as_str());
    match (&question.body, answer) {
        (Body::Single(options), Answer::Code(code)) => {
            let mine = std::slice::from_ref(code);
            one(id, title, options, mine).into_iter().collect()
        }
        (Body::Multiple(options, _), Answer::Codes(codes)) => {
            one(id, title, options, codes).into_iter().collect()
        }
        (Body::Slider { missing, .. }, Answer::Code(code)) => {
            let mine = std::slice::from_ref(code);
            one(id, title, missing, mine).into_iter().collect()
        }
        (Body::Slider { .. } | Body::Number { .. }, Answer::Number(number)) => {
            let missing: &[OptionView] = match &question.body {
                Body::Slider { missing, .. } => missing,
                _ => &[],
            };
            let Some(table) = table(release, id) else {
                return Vec::new();
            };
            let mine = band(&table, *number).into_iter().collect::<Vec<_>>();
            vec![figure(title, &table, missing, &mine, words)]
        }
        (Body::Ranking { options, .. }, Answer::Ranking(codes)) => {
            let title = format!("{title} ({})", words.get("rank-1"));
            let first = codes.get(..1).unwrap_or_default();
            one(&format!("{id}__first"), &title, options, first)
                .into_iter()
                .collect()
        }
        (
            Body::Matrix { rows, scale }
            | Body::Votes {
                statements: rows,
                ballot: scale,
                ..
            },
            Answer::Rows(given),
        ) => {
            let mut figures = Vec::new();
            for row in rows {
                if let Some(code) = given.get(&row.code) {
                    let mine = std::slice::from_ref(code);
                    let id = format!("{id}__{}", row.code);
                    figures.extend(one(&id, &row.label, scale, mine));
                }
            }
            if !figures.is_empty() {
                figures.insert(0, el("p").class("beside-of").text(title));
            }
            figures
        }
        _ => Vec::new(),
    }
}

/// The one-way table of this id, if the release shows it.
fn table(release: &Value, id: &str) -> Option<Table> {
    let tables = release.get("tables")?.as_array()?;
    let found = tables.iter().find(|table| {
        table.get("id").and_then(Value::as_str) == Some(id)
            && table.get("by").is_none_or(Value::is_null)
    })?;
    let mut table = Table {
        base: found.get("base")?.as_u64().filter(|base| *base > 0)?,
        cells: Vec::new(),
        few: Vec::new(),
    };
    for cell in found.get("cells")?.as_array()? {
        let code = json::text(cell.get("code")?)?;
        if cell.get("status").and_then(Value::as_str) == Some("fewer_than_10") {
            table.few.push(code.clone());
        }
        table
            .cells
            .push((code, cell.get("count").and_then(Value::as_u64)));
    }
    Some(table)
}

/// Code of the band that holds the number: bands are named by their least value.
fn band(table: &Table, number: f64) -> Option<String> {
    let low = |code: &str| code.split('_').next()?.parse::<f64>().ok();
    let mut found = None;
    for (code, _) in &table.cells {
        if low(code).is_some_and(|low| low <= number) {
            found = Some(code.clone());
        }
    }
    found
}

fn figure(
    title: &str,
    table: &Table,
    options: &[OptionView],
    mine: &[String],
    words: &Words,
) -> Element {
    let mut lines = Vec::new();
    for (code, count) in &table.cells {
        let label = options
            .iter()
            .find(|option| option.code == *code)
            .map_or_else(|| band_label(code), |option| option.label.clone());
        let own = mine.contains(code);
        let share = count.map(|count| ((count * 100 + table.base / 2) / table.base).min(100));
        let told = match share {
            Some(share) => format!("{share}%"),
            None if table.few.contains(code) => words.get("beside-few"),
            None => words.get("beside-withheld"),
        };
        let bar = el("rect")
            .attr("width", share.unwrap_or_default().to_string())
            .attr("height", "8")
            .attr("fill", "currentColor");
        let bar = el("svg")
            .attr("viewBox", "0 0 100 8")
            .attr("preserveAspectRatio", "none")
            .attr("aria-hidden", "true")
            .child(bar);
        let you = own.then(|| el("b").class("you").text(words.get("beside-you")));
        lines.push(
            el("li")
                .class(if own { "mine" } else { "others" })
                .child(el("span").class("of").text(label).children(you))
                .child(bar)
                .child(el("span").class("share").text(told)),
        );
    }
    el("div")
        .class("beside-figure")
        .child(el("h3").text(title))
        .child(el("ul").children(lines))
}

/// `0_9` as 0–9, `21_plus` as 21+.
fn band_label(code: &str) -> String {
    match code.split_once('_') {
        Some((low, "plus")) => format!("{low}+"),
        Some((low, high)) => format!("{low}–{high}"),
        None => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::html;

    fn release() -> Value {
        let cell = |code: &str, count: Option<u32>, status: &str| serde_json::json!({ "code": code, "count": count, "status": status });
        serde_json::json!({ "release": 1, "tables": [
            { "id": "hours", "by": null, "base": 200, "cells": [
                cell("0", Some(100), "shown"), cell("1_20", Some(90), "shown"),
                cell("21_plus", None, "fewer_than_10"),
            ] },
            { "id": "hours", "by": "age", "base": 200, "cells": [] },
        ] })
    }

    #[test]
    fn an_answer_without_a_published_table_is_left_out() {
        let instrument = partake_core::instrument::load(include_str!(
            "../../instruments/partake_core/instrument.yaml"
        ))
        .expect("the built-in instrument");
        let assignment = partake_core::flow::assign(&instrument, partake_core::flow::Seed(1));
        let answers: Answers = [("gender", "woman"), ("region", "cn")]
            .map(|(id, code)| (id.to_owned(), Answer::Code(code.to_owned())))
            .into();
        let seed = partake_core::flow::Seed(1);
        let lang = partake_core::lang::Lang::En;
        let flow = Flow::new(&instrument, lang, seed, &assignment, &answers);
        let release = serde_json::json!({ "tables": [{ "id": "gender", "by": null, "base": 40,
            "cells": [{ "code": "woman", "count": 20, "status": "shown" }] }] });
        let drawn = html(&compare(&flow, &answers, &release, &Words::default()));
        assert_eq!(drawn.matches("beside-figure").count(), 1);
        assert!(drawn.contains("50%") && drawn.contains("class=\"mine\""));
    }

    #[test]
    fn a_number_lies_in_the_band_that_begins_at_or_below_it() {
        let table = table(&release(), "hours").expect("the table");
        for (number, code) in [(0.0, "0"), (0.5, "0"), (20.0, "1_20"), (99.0, "21_plus")] {
            assert_eq!(band(&table, number).as_deref(), Some(code));
        }
    }

    #[test]
    fn ones_own_line_is_marked_and_hidden_counts_stay_hidden() {
        let table = table(&release(), "hours").expect("the table");
        let words = Words::default();
        let drawn = html(&[figure("t", &table, &[], &["21_plus".to_owned()], &words)]);
        assert_eq!(drawn.matches("class=\"mine\"").count(), 1);
        let mine = drawn.find("class=\"mine\"").expect("a marked line");
        assert!(drawn[mine..].contains("21+") && drawn[mine..].contains("beside-few"));
        assert!(drawn.contains("50%") && drawn.contains("1–20"));
    }
}

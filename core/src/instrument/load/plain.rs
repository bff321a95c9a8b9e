//! Kinds of questions that need little said: yes or no, a row of numbers, a day.

use super::{
    choices::plain,
    fields::{Fields, Reader},
    tree::{Data, Node, Position},
};
use crate::{
    date::Date,
    instrument::{Choice, ChoiceList, Number},
    lang::{Lang, Text},
};

/// Longest row of numbers that still stands in one row of a page.
const MOST_NUMBERS: u32 = 21;

impl<'t> Reader<'t> {
    /// Yes and no, in the words of the site unless the file has its own.
    pub(super) fn yes_no(&mut self, f: &Fields<'t>) -> ChoiceList {
        let labels = f
            .get("labels")
            .and_then(|n| self.fields(n, "the labels", &["yes", "no"], &[]));
        let mut option = |code: &'static str, zh: &str, en: &str, value| {
            let own = labels.and_then(|labels| self.optional_text(&labels, code));
            Choice {
                value: Some(value),
                ..plain(code.to_owned(), own.unwrap_or_else(|| self.said(zh, en)))
            }
        };
        let mut options = vec![
            option("yes", "是", "Yes", 1.0),
            option("no", "否", "No", 0.0),
        ];
        options.extend(self.missing_options(f));
        list(options, None)
    }

    /// Whole numbers from `from` to `to`, the two ends in words.
    pub(super) fn row_of_numbers(&mut self, f: &Fields<'t>) -> Option<ChoiceList> {
        let from_node = self.required(f, "from")?;
        let from = self.whole(from_node, "`from`")?;
        let to_node = self.required(f, "to")?;
        let to = self.whole(to_node, "`to`")?;
        let node = self.required(f, "ends")?;
        let ends = self.fields(node, "the ends", &["low", "high"], &[])?;
        let low = self.required_text(&ends, "low");
        let high = self.required_text(&ends, "high");
        if to <= from || to - from >= MOST_NUMBERS {
            self.error(
                to_node.at,
                format!("a row of numbers runs upwards and has at most {MOST_NUMBERS} of them"),
            );
            return None;
        }
        let (low, high) = (low?, high?);
        let mut options: Vec<Choice> = (from..=to)
            .map(|n| {
                let label = match n {
                    n if n == from => self.end(n, &low),
                    n if n == to => self.end(n, &high),
                    n => self.said(&n.to_string(), &n.to_string()),
                };
                Choice {
                    value: Some(f64::from(n)),
                    ..plain(n.to_string(), label)
                }
            })
            .collect();
        options.extend(self.missing_options(f));
        Some(list(options, Some((low, high))))
    }

    /// A day between two days.
    pub(super) fn date(&mut self, f: &Fields<'t>) -> Option<Number> {
        let node = self.required(f, "validation")?;
        let v = self.fields(node, "the validation", &["min", "max"], &[])?;
        let min = self.required(&v, "min").and_then(|n| self.day(n));
        let max = self.required(&v, "max").and_then(|n| self.day(n));
        let bands = f.get("bands").map(|n| self.years(n)).unwrap_or_default();
        let (min, max) = (min?, max?);
        if max <= min {
            self.error(v.at, "`max` must be after `min`");
        }
        Some(Number {
            min,
            max,
            integer: true,
            soft_max: None,
            soft_message: None,
            unit: None,
            bands,
            date: true,
            missing: self.missing_options(f),
        })
    }

    /// Options beside the answer; each stands for a missing one.
    pub(super) fn missing_options(&mut self, f: &Fields<'t>) -> Vec<Choice> {
        let Some(node) = f.get("extra_options") else {
            return Vec::new();
        };
        let options = self.options(node, "extra_options");
        for option in options.iter().filter(|option| option.missing.is_none()) {
            self.error(
                node.at,
                format!(
                    "`{}` stands beside the answer; say what it is `missing` for",
                    option.code
                ),
            );
        }
        options
    }

    fn day(&mut self, node: &'t Node) -> Option<f64> {
        let written = self.word(node, "a day")?;
        let date = Date::typed(written).filter(|date| date.iso() == written);
        if date.is_none() {
            self.error(node.at, "a day is written \"2026-01-31\"");
        }
        date.map(Date::days)
    }

    /// First years of the bands in which days are published, as their first days.
    fn years(&mut self, node: &'t Node) -> Vec<f64> {
        let mut days: Vec<f64> = Vec::new();
        for item in self.list(node, "bands") {
            let year = self.whole(item, "the first year of a band");
            let Some(day) = year
                .and_then(|year| u16::try_from(year).ok())
                .and_then(|year| Date::new(year, 1, 1))
            else {
                continue;
            };
            days.push(day.days());
        }
        if !days.is_sorted_by(|a, b| a < b) {
            self.error(node.at, "bands are first years and must rise");
        }
        days
    }

    /// The end of a row, with what it means for those who do not see the row.
    fn end(&self, n: u32, meaning: &Text) -> Text {
        let zh = format!("{n}（{}）", meaning.get(Lang::Zh));
        self.said(&zh, &format!("{n} ({})", meaning.get(Lang::En)))
    }

    /// Words of the program in the languages of the file.
    fn said(&self, zh: &str, en: &str) -> Text {
        let has = |lang, text: &str| self.languages.contains(&lang).then(|| text.to_owned());
        Text {
            zh: has(Lang::Zh, zh),
            en: has(Lang::En, en),
        }
    }
}

const fn list(options: Vec<Choice>, ends: Option<(Text, Text)>) -> ChoiceList {
    ChoiceList {
        options,
        randomise: false,
        keep_last: Vec::new(),
        flip_with: None,
        only_chosen_in: None,
        auto_answer_if_single: false,
        max_selected: None,
        ends,
    }
}

/// Where a word stands inside a scalar.
pub(super) fn inside(node: &Node, offset: usize) -> Position {
    let quoted = matches!(node.data, Data::Scalar { quoted: true, .. });
    Position {
        line: node.at.line,
        column: node.at.column + usize::from(quoted) + offset,
    }
}

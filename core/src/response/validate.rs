//! The one validator. Browser and server call it, and so does everything that creates responses.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::{Answer, Answers, Fault, FaultCode, Pattern, Pick, other_key};
use crate::{
    date::Date,
    flow::{Body, OptionView, QuestionView, SectionView, TaskView, TextRule, is_blank},
    instrument::Instrument,
};

/// The faults of the answers to one section as it is shown under these answers. Answers to other sections are not
/// looked at, nor are answers to questions of this section that are not asked: a change of an
/// earlier answer may have hidden them, and [`super::finish`] clears them.
#[must_use]
pub fn validate(instrument: &Instrument, view: &SectionView, answers: &Answers) -> Vec<Fault> {
    let mut faults: Vec<Fault> = view
        .questions
        .iter()
        .flat_map(|q| validate_question(q, answers))
        .collect();
    for key in answers.keys() {
        let owner = key.split_once("__").map_or(key.as_str(), |(id, _)| id);
        if instrument.question(owner).is_none() {
            faults.push(Fault::new(key, FaultCode::UnknownField));
        }
    }
    faults
}

/// The faults of the answer to one question as it is shown.
#[must_use]
pub fn validate_question(question: &QuestionView, answers: &Answers) -> Vec<Fault> {
    let mut check = Check {
        id: &question.id,
        faults: Vec::new(),
    };
    match answers.get(&question.id).filter(|answer| !is_blank(answer)) {
        Some(answer) => check.answer(&question.body, answer),
        None if question.required => check.fault(FaultCode::Required),
        None => {}
    }
    if let Body::Single(options) | Body::Multiple(options, _) = &question.body {
        check.other_texts(options, answers);
    }
    for message in &question.broken {
        check.fault(FaultCode::Check {
            message: message.clone(),
        });
    }
    check.faults
}

struct Check<'a> {
    id: &'a str,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, code: FaultCode) {
        self.faults.push(Fault::new(self.id, code));
    }

    fn fault_at(&mut self, row: &str, code: FaultCode) {
        self.faults.push(Fault::at(self.id, row, code));
    }

    fn answer(&mut self, body: &Body, answer: &Answer) {
        match (body, answer) {
            (Body::Single(options), Answer::Code(code))
            | (
                Body::Slider {
                    missing: options, ..
                }
                | Body::Number {
                    missing: options, ..
                },
                Answer::Code(code),
            ) => {
                if !has(options, code) {
                    self.fault(FaultCode::UnknownCode);
                }
            }
            (Body::Multiple(options, max), Answer::Codes(codes)) => {
                self.multiple(options, *max, codes);
            }
            (Body::Matrix { rows, scale }, Answer::Rows(given)) => self.rows(rows, scale, given),
            (
                Body::Votes {
                    statements, ballot, ..
                },
                Answer::Rows(given),
            ) => {
                self.rows(statements, ballot, given);
            }
            (Body::Slider { min, max, step, .. }, Answer::Number(n)) => {
                self.number(*n, *min, *max);
                if *step > 0.0 && ((n - min) / step).fract() != 0.0 {
                    self.fault(FaultCode::OffStep { step: *step });
                }
            }
            (
                Body::Number {
                    min,
                    max,
                    integer,
                    date,
                    ..
                },
                Answer::Number(n),
            ) => {
                if *date {
                    self.date(*n, *min, *max);
                } else {
                    self.number(*n, *min, *max);
                }
                if *integer && n.fract() != 0.0 {
                    self.fault(FaultCode::NotInteger);
                }
            }
            (Body::Ranking { options, places }, Answer::Ranking(codes)) => {
                self.ranking(options, *places, codes);
            }
            (Body::BestWorst { tasks, .. }, Answer::BestWorst(picks)) => self.picks(tasks, picks),
            (
                Body::ShortText {
                    max_chars, rule, ..
                },
                Answer::Text(text),
            ) => {
                self.text(None, text, *max_chars, false);
                self.rule(text, rule);
            }
            (
                Body::LongText {
                    max_chars, rule, ..
                },
                Answer::Text(text),
            ) => {
                self.text(None, text, *max_chars, true);
                self.rule(text, rule);
            }
            _ => self.fault(FaultCode::WrongType),
        }
    }

    fn multiple(&mut self, options: &[OptionView], max: Option<u32>, codes: &[String]) {
        if codes.iter().any(|code| !has(options, code)) {
            self.fault(FaultCode::UnknownCode);
        }
        let distinct = distinct(codes);
        if distinct.len() < codes.len() {
            self.fault(FaultCode::Repeated);
        }
        let exclusive = options
            .iter()
            .any(|o| o.exclusive && codes.contains(&o.code));
        if exclusive && distinct.len() > 1 {
            self.fault(FaultCode::Exclusive);
        }
        if let Some(max) = max
            && distinct.len() > usize::try_from(max).unwrap_or(usize::MAX)
        {
            self.fault(FaultCode::TooManyChosen { max });
        }
    }

    fn rows(
        &mut self,
        rows: &[OptionView],
        scale: &[OptionView],
        given: &BTreeMap<String, String>,
    ) {
        for (row, code) in given {
            if !has(rows, row) {
                self.fault_at(row, FaultCode::UnknownRow);
            } else if !has(scale, code) {
                self.fault_at(row, FaultCode::UnknownCode);
            }
        }
    }

    fn number(&mut self, n: f64, min: f64, max: f64) {
        if !n.is_finite() {
            self.fault(FaultCode::NotANumber);
        } else if n < min || n > max {
            self.fault(FaultCode::OutOfRange { min, max });
        }
    }

    fn date(&mut self, days: f64, min: f64, max: f64) {
        let iso = |days| Date::from_days(days).map_or_else(String::new, Date::iso);
        if Date::from_days(days).is_none() {
            self.fault(FaultCode::NotADate);
        } else if days < min || days > max {
            self.fault(FaultCode::DateOutOfRange {
                first: iso(min),
                last: iso(max),
            });
        }
    }

    fn rule(&mut self, text: &str, rule: &TextRule) {
        let text = text.trim();
        if let Some(min) = rule.min_chars {
            let is = characters(text);
            if is < min {
                self.fault(FaultCode::TooShort { min, is });
            }
        }
        if let Some((source, message)) = &rule.pattern
            && Pattern::new(source).is_ok_and(|pattern| !pattern.fits(text))
        {
            self.fault(FaultCode::Pattern {
                message: message.clone(),
            });
        }
    }

    fn ranking(&mut self, options: &[OptionView], places: u32, codes: &[String]) {
        let filled: Vec<&String> = codes.iter().filter(|code| !code.is_empty()).collect();
        if filled.iter().any(|code| !has(options, code)) {
            self.fault(FaultCode::UnknownCode);
        }
        if distinct(filled.iter().copied()).len() < filled.len() {
            self.fault(FaultCode::DuplicateRank);
        }
        if filled.len() < codes.len() {
            self.fault(FaultCode::RankGap);
        }
        if codes.len() > usize::try_from(places).unwrap_or(usize::MAX) {
            self.fault(FaultCode::TooManyRanked { max: places });
        }
    }

    fn picks(&mut self, tasks: &[TaskView], picks: &[Pick]) {
        for (pick, index) in picks.iter().zip(0_u32..) {
            let row = index.to_string();
            let Some(task) = tasks.iter().find(|task| task.index == index) else {
                self.fault_at(&row, FaultCode::UnknownRow);
                continue;
            };
            let chosen = pick.best.iter().chain(&pick.worst);
            if chosen.into_iter().any(|code| !has(&task.items, code)) {
                self.fault_at(&row, FaultCode::NotInSet);
            }
            if pick.best.is_some() && pick.best == pick.worst {
                self.fault_at(&row, FaultCode::BestIsWorst);
            }
        }
    }

    fn other_texts(&mut self, options: &[OptionView], answers: &Answers) {
        for option in options {
            let (Some(max), Some(answer)) = (
                option.text_max,
                answers.get(&other_key(self.id, &option.code)),
            ) else {
                continue;
            };
            match answer {
                Answer::Text(text) => self.text(Some(&option.code), text, max, false),
                _ => self.fault_at(&option.code, FaultCode::WrongType),
            }
        }
    }

    fn text(&mut self, row: Option<&str>, text: &str, max: u32, lines: bool) {
        let mut fault = |code| {
            self.faults.push(Fault {
                question: self.id.to_owned(),
                row: row.map(ToOwned::to_owned),
                code,
            });
        };
        let allowed = |c: char| c == '\t' || (lines && c == '\n');
        if text.chars().any(|c| c.is_control() && !allowed(c)) {
            fault(FaultCode::NotText);
        }
        let characters = characters(text);
        // One character may carry any number of combining marks; the size in bytes is bounded so
        // that a text cannot grow without limit while it stays short to a reader.
        let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if characters > max {
            fault(FaultCode::TooLong {
                max,
                is: characters,
            });
        } else if bytes > u64::from(max) * BYTES_PER_CHARACTER {
            fault(FaultCode::NotText);
        }
    }
}

/// Characters as a person counts them: extended grapheme clusters.
fn characters(text: &str) -> u32 {
    u32::try_from(text.graphemes(true).count()).unwrap_or(u32::MAX)
}

const BYTES_PER_CHARACTER: u64 = 64;

/// One at a time: collecting would bring a sort of its own into what the browser loads.
fn distinct<'c>(codes: impl IntoIterator<Item = &'c String>) -> BTreeSet<&'c String> {
    let mut distinct = BTreeSet::new();
    distinct.extend(codes);
    distinct
}

fn has(options: &[OptionView], code: &str) -> bool {
    options.iter().any(|option| option.code == code)
}

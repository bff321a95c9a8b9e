//! The one validator. Browser and server call it, and so does everything that creates responses.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::{Answer, Answers, Fault, FaultCode, Pattern, Pick, other_key};
use crate::{
    date::Date,
    flow::{Flow, is_blank},
    instrument::{
        BestWorst, Choice, ChoiceList, FreeText, Instrument, Kind, Number, Question, Ranking,
    },
    invisible::is_invisible,
};

/// The faults of the answers to one section, as it is asked on this way. Answers to other sections
/// are not looked at, nor are answers to questions of this section that are not asked: a change of
/// an earlier answer may have hidden them, and [`super::finish`] clears them.
#[must_use]
pub fn validate(flow: &Flow<'_>, section: &str, answers: &Answers) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Some(section) = flow.instrument().section(section) {
        for question in flow.shown(section) {
            validate_question(flow, question, answers, &mut faults);
        }
    }
    unknown_fields(flow, answers, &mut faults);
    faults
}

/// Fields that no question has.
pub(super) fn unknown_fields(flow: &Flow<'_>, answers: &Answers, faults: &mut Vec<Fault>) {
    for key in answers.keys() {
        if flow.question(key).is_none() && !is_other_text(flow.instrument(), key) {
            faults.push(Fault::new(key, FaultCode::UnknownField));
        }
    }
}

/// True for the [`other_key`] of an option that takes a text.
fn is_other_text(instrument: &Instrument, key: &str) -> bool {
    let Some(key) = key.strip_suffix("__text") else {
        return false;
    };
    instrument.questions().any(|question| {
        key.strip_prefix(question.id.as_str())
            .and_then(|rest| rest.strip_prefix("__"))
            .and_then(|code| question.choice(code))
            .is_some_and(|choice| choice.text_max.is_some())
    })
}

/// Adds the faults of the answer to one question that is asked. Nothing is drawn for it: what is
/// offered follows from the declaration and the way so far, and a message is made only for a fault.
pub(super) fn validate_question(
    flow: &Flow<'_>,
    question: &Question,
    answers: &Answers,
    faults: &mut Vec<Fault>,
) {
    let mut check = Check {
        flow,
        id: &question.id,
        faults,
    };
    match answers.get(&question.id).filter(|answer| !is_blank(answer)) {
        Some(answer) => check.answer(&question.kind, answer),
        None if question.required => check.fault(FaultCode::Required),
        None => {}
    }
    if let Kind::Single(list) | Kind::Multiple(list) = &question.kind {
        check.other_texts(list, answers);
    }
    for message in flow.broken(question) {
        check.fault(FaultCode::Check { message });
    }
}

struct Check<'a, 'f> {
    flow: &'a Flow<'f>,
    id: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Check<'_, '_> {
    fn fault(&mut self, code: FaultCode) {
        self.faults.push(Fault::new(self.id, code));
    }

    fn fault_at(&mut self, row: &str, code: FaultCode) {
        self.faults.push(Fault::at(self.id, row, code));
    }

    fn answer(&mut self, kind: &Kind, answer: &Answer) {
        match (kind, answer) {
            (Kind::Single(list), Answer::Code(code)) => {
                if !self.flow.offers(list, code) {
                    self.fault(FaultCode::UnknownCode);
                }
            }
            (Kind::Multiple(list), Answer::Codes(codes)) => self.multiple(list, codes),
            (Kind::Matrix(matrix), Answer::Rows(given)) => {
                let has_row = |code: &str| matrix.rows.iter().any(|row| row.code == code);
                self.rows(has_row, &matrix.scale, given);
            }
            (Kind::Votes(votes), Answer::Rows(given)) => {
                self.rows(|code| has(&votes.statements, code), &votes.ballot, given);
            }
            (Kind::Slider(slider), Answer::Code(code)) => {
                self.missing_code(&slider.missing, code);
            }
            (Kind::Number(number), Answer::Code(code)) => {
                self.missing_code(&number.missing, code);
            }
            (Kind::Slider(slider), Answer::Number(n)) => {
                self.number(*n, slider.min, slider.max);
                if slider.step > 0.0 && ((n - slider.min) / slider.step).fract() != 0.0 {
                    self.fault(FaultCode::OffStep { step: slider.step });
                }
            }
            (Kind::Number(number), Answer::Number(n)) => self.typed_number(number, *n),
            (Kind::Ranking(ranking), Answer::Ranking(codes)) => self.ranking(ranking, codes),
            (Kind::BestWorst(sets), Answer::BestWorst(picks)) => self.picks(sets, picks),
            (Kind::ShortText(text), Answer::Text(typed)) => self.free_text(text, typed, false),
            (Kind::LongText(text), Answer::Text(typed)) => self.free_text(text, typed, true),
            _ => self.fault(FaultCode::WrongType),
        }
    }

    fn missing_code(&mut self, missing: &[Choice], code: &str) {
        if !has(missing, code) {
            self.fault(FaultCode::UnknownCode);
        }
    }

    fn typed_number(&mut self, number: &Number, n: f64) {
        if number.date {
            self.date(n, number.min, number.max);
        } else {
            self.number(n, number.min, number.max);
        }
        if number.integer && n.fract() != 0.0 {
            self.fault(FaultCode::NotInteger);
        }
    }

    fn multiple(&mut self, list: &ChoiceList, codes: &[String]) {
        if codes.iter().any(|code| !self.flow.offers(list, code)) {
            self.fault(FaultCode::UnknownCode);
        }
        let distinct = distinct(codes);
        if distinct.len() < codes.len() {
            self.fault(FaultCode::Repeated);
        }
        let exclusive = list
            .options
            .iter()
            .any(|o| o.exclusive && codes.contains(&o.code) && self.flow.offers(list, &o.code));
        if exclusive && distinct.len() > 1 {
            self.fault(FaultCode::Exclusive);
        }
        if let Some(max) = list.max_selected
            && distinct.len() > usize::try_from(max).unwrap_or(usize::MAX)
        {
            self.fault(FaultCode::TooManyChosen { max });
        }
    }

    fn rows(
        &mut self,
        has_row: impl Fn(&str) -> bool,
        scale: &[Choice],
        given: &BTreeMap<String, String>,
    ) {
        for (row, code) in given {
            if !has_row(row) {
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

    fn free_text(&mut self, declared: &FreeText, typed: &str, lines: bool) {
        self.text(None, typed, declared.max_chars, lines);
        let text = typed.trim();
        if let Some(min) = declared.min_chars {
            let is = characters(text);
            if is < min {
                self.fault(FaultCode::TooShort { min, is });
            }
        }
        if let Some(pattern) = &declared.pattern
            && Pattern::new(&pattern.source).is_ok_and(|pattern| !pattern.fits(text))
        {
            let message = self.flow.text(&pattern.message);
            self.fault(FaultCode::Pattern { message });
        }
    }

    fn ranking(&mut self, declared: &Ranking, codes: &[String]) {
        let filled: Vec<&String> = codes.iter().filter(|code| !code.is_empty()).collect();
        if filled.iter().any(|code| !has(&declared.options, code)) {
            self.fault(FaultCode::UnknownCode);
        }
        if distinct(filled.iter().copied()).len() < filled.len() {
            self.fault(FaultCode::DuplicateRank);
        }
        if filled.len() < codes.len() {
            self.fault(FaultCode::RankGap);
        }
        if codes.len() > usize::try_from(declared.places).unwrap_or(usize::MAX) {
            self.fault(FaultCode::TooManyRanked {
                max: declared.places,
            });
        }
    }

    fn picks(&mut self, declared: &BestWorst, picks: &[Pick]) {
        let sets = self.flow.sets(declared);
        for (index, pick) in picks.iter().enumerate() {
            let Some(set) = sets.get(index) else {
                self.fault_at(&index.to_string(), FaultCode::UnknownRow);
                continue;
            };
            let chosen = pick.best.iter().chain(&pick.worst);
            if chosen.into_iter().any(|code| !set.contains(code)) {
                self.fault_at(&index.to_string(), FaultCode::NotInSet);
            }
            if pick.best.is_some() && pick.best == pick.worst {
                self.fault_at(&index.to_string(), FaultCode::BestIsWorst);
            }
        }
    }

    fn other_texts(&mut self, list: &ChoiceList, answers: &Answers) {
        for option in &list.options {
            let Some(max) = option.text_max else {
                continue;
            };
            let Some(answer) = answers.get(&other_key(self.id, &option.code)) else {
                continue;
            };
            if !self.flow.offers(list, &option.code) {
                continue;
            }
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
        // What was no text on its way here has become replacement characters.
        let unseen = |c: char| {
            is_invisible(c) || c == char::REPLACEMENT_CHARACTER || (c.is_control() && !allowed(c))
        };
        if text.chars().any(unseen) {
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

fn has(options: &[Choice], code: &str) -> bool {
    options.iter().any(|option| option.code == code)
}

//! What stands in the columns for one answer sheet.

use std::borrow::Cow;

use super::variables::{Code, Role, Variable};
use crate::{
    disclosure::{band_of, bands_of_number},
    flow::Flow,
    instrument::{Instrument, Kind, PublicFile},
    lang::Text,
    microdata::ANY,
    response::{Answer, Pick, Sheet},
};

/// The question was asked and left blank.
pub const SKIPPED: &str = "skipped";
/// The question was not asked with the answers given.
pub const NOT_ASKED: &str = "not_asked";

/// What can stand in every column instead of an answer, and what it means.
#[must_use]
pub fn states() -> [Code; 3] {
    [
        (SKIPPED, "看到了，没有回答", "Asked, left blank"),
        (NOT_ASKED, "没有问到", "Not asked"),
        (ANY, "为保护匿名而不公开", "Not told, to protect anonymity"),
    ]
    .map(|(code, zh, en)| Code {
        code: code.to_owned(),
        label: Text::new(zh, en),
        missing: true,
    })
}

/// True when the owner of this sheet said yes to the public file.
#[must_use]
pub fn consents(file: &PublicFile, sheet: &Sheet) -> bool {
    matches!(sheet.answers.get(&file.consent), Some(Answer::Code(code)) if *code == file.consent_code)
}

/// A sheet that is being read column by column.
pub(super) struct Reading<'a> {
    instrument: &'a Instrument,
    file: &'a PublicFile,
    sheet: &'a Sheet,
    flow: Flow<'a>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(instrument: &'a Instrument, file: &'a PublicFile, sheet: &'a Sheet) -> Self {
        Self {
            instrument,
            file,
            sheet,
            flow: Flow::of_sheet(instrument, sheet),
        }
    }

    /// The answer as the file tells it; for a quasi-identifier the answer itself, which is not
    /// published as it is.
    pub(super) fn cell<'c>(&'c self, variable: &'c Variable) -> Cow<'c, str> {
        if variable.role == Role::Factor {
            let level = self.sheet.assignment.get(&variable.question);
            return Cow::Borrowed(level.map_or(NOT_ASKED, String::as_str));
        }
        let answer = self.sheet.answers.get(&variable.question);
        match answer.and_then(|answer| self.told(variable, answer)) {
            Some(told) => told,
            // An option that was the only one left is taken as the answer and not asked for.
            None if self.flow.asked(&variable.question) => Cow::Borrowed(SKIPPED),
            None => Cow::Borrowed(NOT_ASKED),
        }
    }

    fn told<'c>(&'c self, variable: &'c Variable, answer: &'c Answer) -> Option<Cow<'c, str>> {
        let part = variable.part.as_deref();
        let told = match answer {
            Answer::Code(code) => Some(self.merged(variable, code)),
            Answer::Codes(codes) => return Some(Cow::Owned(codes.join(";"))),
            Answer::Number(number) => match &self.instrument.question(&variable.question)?.kind {
                Kind::Number(declared) => {
                    let bands = bands_of_number(declared);
                    let band = bands.get(band_of(&bands, *number)?)?;
                    return Some(Cow::Owned(band.code.clone()));
                }
                _ => return Some(Cow::Owned(number.to_string())),
            },
            Answer::Rows(rows) => rows.get(part?).map(String::as_str),
            Answer::Ranking(codes) => {
                let place: usize = part?.parse().ok()?;
                codes.get(place.checked_sub(1)?).map(String::as_str)
            }
            Answer::BestWorst(picks) => {
                let (set, end) = part?.split_once('_')?;
                let Pick { best, worst } = picks.get(set.parse::<usize>().ok()?.checked_sub(1)?)?;
                if end == "best" { best } else { worst }.as_deref()
            }
            Answer::Text(_) => None,
        };
        told.map(Cow::Borrowed)
    }

    fn merged<'c>(&'c self, variable: &Variable, code: &'c str) -> &'c str {
        self.file
            .merges
            .iter()
            .find(|m| m.question == variable.question && m.codes.iter().any(|c| c == code))
            .map_or(code, |m| m.code.as_str())
    }
}

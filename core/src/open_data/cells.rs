//! What stands in the columns for one answer sheet.

use super::variables::{Code, Role, Variable};
use crate::{
    disclosure::{band_of, bands_of_number},
    flow::{Flow, Seed},
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
        // Which questions are asked does not depend on the order in which options were shown.
        let flow = Flow::new(
            instrument,
            sheet.lang,
            Seed(0),
            &sheet.assignment,
            &sheet.answers,
        );
        Self {
            instrument,
            file,
            sheet,
            flow,
        }
    }

    /// The answer as the file tells it; for a quasi-identifier the answer itself, which is not
    /// published as it is.
    pub(super) fn cell(&self, variable: &Variable) -> String {
        if variable.role == Role::Factor {
            let level = self.sheet.assignment.get(&variable.question);
            return level.cloned().unwrap_or_else(|| NOT_ASKED.to_owned());
        }
        let answer = self.sheet.answers.get(&variable.question);
        match answer.and_then(|answer| self.told(variable, answer)) {
            Some(told) => told,
            // An option that was the only one left is taken as the answer and not asked for.
            None if self.flow.asked(&variable.question) => SKIPPED.to_owned(),
            None => NOT_ASKED.to_owned(),
        }
    }

    fn told(&self, variable: &Variable, answer: &Answer) -> Option<String> {
        let part = variable.part.as_deref();
        match answer {
            Answer::Code(code) => Some(self.merged(variable, code).to_owned()),
            Answer::Codes(codes) => Some(codes.join(";")),
            Answer::Number(number) => match &self.instrument.question(&variable.question)?.kind {
                Kind::Number(declared) => {
                    let bands = bands_of_number(declared);
                    bands.get(band_of(&bands, *number)?).map(|b| b.code.clone())
                }
                _ => Some(number.to_string()),
            },
            Answer::Rows(rows) => rows.get(part?).cloned(),
            Answer::Ranking(codes) => {
                let place: usize = part?.parse().ok()?;
                codes.get(place.checked_sub(1)?).cloned()
            }
            Answer::BestWorst(picks) => {
                let (set, end) = part?.split_once('_')?;
                let Pick { best, worst } = picks.get(set.parse::<usize>().ok()?.checked_sub(1)?)?;
                if end == "best" { best } else { worst }.clone()
            }
            Answer::Text(_) => None,
        }
    }

    fn merged<'c>(&'c self, variable: &Variable, code: &'c str) -> &'c str {
        self.file
            .merges
            .iter()
            .find(|m| m.question == variable.question && m.codes.iter().any(|c| c == code))
            .map_or(code, |m| m.code.as_str())
    }
}

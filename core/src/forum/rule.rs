//! The rules of discussion as data. Each has versions; what cites a version can cite it for good,
//! also when a later one holds.

use serde::{Deserialize, Serialize};

use super::Reason;
use crate::{invisible::is_unseen, lang::Lang};

/// The rules a site begins with.
const BUILT_IN: &str = include_str!("rules.json");

/// Most characters of each text of a rule.
pub const TEXT_MAX: usize = 1_000;

/// What a rule says in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Its name.
    pub title: String,
    /// What it asks.
    pub text: String,
    /// What breaks it.
    pub breaks: Vec<String>,
    /// What does not, although one might think so.
    pub keeps: Vec<String>,
    /// What somebody is told whose words broke it, unless a moderator says it better. Empty where
    /// only a moderator can know.
    pub sentence: String,
}

/// A version of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Which rule.
    pub reason: Reason,
    /// 1, 2, 3, …
    pub version: i64,
    /// In Chinese.
    pub zh: Wording,
    /// In English.
    pub en: Wording,
}

impl Rule {
    /// What it says in a language.
    #[must_use]
    pub const fn wording(&self, lang: Lang) -> &Wording {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// How the log and statements cite it.
    #[must_use]
    pub fn citation(&self) -> String {
        format!("{}@{}", self.reason, self.version)
    }
}

/// What is missing from a wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// It has no name or no text.
    #[error("empty")]
    Empty,
    /// It has no example.
    #[error("no_example")]
    NoExample,
    /// One of its texts has more than [`TEXT_MAX`] characters.
    #[error("too_long")]
    TooLong,
}

impl Wording {
    /// Checks a wording before it is published.
    ///
    /// # Errors
    /// The first fault there is.
    pub fn check(&self) -> Result<(), RuleFault> {
        if is_unseen(&self.title) || is_unseen(&self.text) {
            return Err(RuleFault::Empty);
        }
        if self.breaks.is_empty() {
            return Err(RuleFault::NoExample);
        }
        let texts = [&self.title, &self.text, &self.sentence];
        let long = |text: &String| text.chars().count() > TEXT_MAX;
        if texts.into_iter().any(long) || self.breaks.iter().chain(&self.keeps).any(long) {
            return Err(RuleFault::TooLong);
        }
        Ok(())
    }
}

/// The rules a site begins with, in the order in which they are offered.
///
/// # Errors
/// Never, as a test holds: the file is part of the program.
pub fn built_in() -> Result<Vec<Rule>, serde_json::Error> {
    serde_json::from_str(BUILT_IN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_first_version_with_examples_in_both_languages() {
        let rules = built_in().expect("the file is sound");
        let reasons: Vec<_> = rules.iter().map(|rule| rule.reason).collect();
        assert_eq!(reasons, Reason::ALL);
        for rule in rules {
            assert_eq!(rule.version, 1);
            for lang in Lang::ALL {
                let wording = rule.wording(lang);
                assert_eq!(wording.check(), Ok(()), "{} {lang}", rule.citation());
                assert_eq!(
                    wording.sentence.is_empty(),
                    rule.reason == Reason::Other,
                    "only “other” needs words of its own"
                );
            }
        }
    }

    #[test]
    fn a_rule_without_an_example_is_not_published() {
        let wording = Wording {
            title: "No".to_owned(),
            text: "Do not.".to_owned(),
            ..Wording::default()
        };
        assert_eq!(wording.check(), Err(RuleFault::NoExample));
        assert_eq!(Wording::default().check(), Err(RuleFault::Empty));
        let long = Wording {
            breaks: vec!["字".repeat(TEXT_MAX + 1)],
            ..wording
        };
        assert_eq!(long.check(), Err(RuleFault::TooLong));
    }
}

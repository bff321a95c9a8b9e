//! How a discussion is moderated, as moderators set it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Most entries of the word list.
pub const WORDS_MAX: usize = 2_000;
/// Most characters of an entry.
pub const WORD_MAX: usize = 100;

/// Whose comments are looked at before they are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Premoderate {
    /// Nobody's.
    #[default]
    Nobody,
    /// Those of newcomers.
    Newcomers,
    /// Everybody's.
    Everyone,
}

impl Premoderate {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Nobody, Self::Newcomers, Self::Everyone];

    /// The code in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Newcomers => "newcomers",
            Self::Everyone => "everyone",
        }
    }
}

impl FromStr for Premoderate {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|c| c.as_str() == s).ok_or(())
    }
}

/// How the public log names a moderator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// By handle.
    #[default]
    Handle,
    /// Only by role.
    Role,
}

impl Named {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::Handle, Self::Role];

    /// The code in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Handle => "handle",
            Self::Role => "role",
        }
    }
}

impl FromStr for Named {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|c| c.as_str() == s).ok_or(())
    }
}

/// What moderators can set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whose comments are looked at before they are published.
    pub premoderate: Premoderate,
    /// Weight of reports at which a comment is withheld; 0 for never. See
    /// [`urgency::weight`](crate::forum::urgency::weight).
    pub reports: i64,
    /// Comments in [`RATE_MINUTES`](super::RATE_MINUTES) beyond which they are withheld; 0 for
    /// never.
    pub rate: i64,
    /// Withhold what somebody has said before.
    pub repetition: bool,
    /// Links that a newcomer's text may hold.
    pub newcomer_links: i64,
    /// Words and phrases for which a text is withheld.
    pub words: Vec<String>,
    /// How the public log names a moderator.
    pub named: Named,
    /// Days in which somebody can appeal.
    pub appeal_days: i64,
    /// Days in which an appeal should be answered.
    pub answer_days: i64,
    /// Percentage of decisions that a second moderator judges blindly.
    pub review_percent: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            premoderate: Premoderate::Nobody,
            reports: 3,
            rate: 15,
            repetition: true,
            newcomer_links: 2,
            words: Vec::new(),
            named: Named::Handle,
            appeal_days: 14,
            answer_days: 7,
            review_percent: 10,
        }
    }
}

/// A setting that was changed, as the public log says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which, as it is named in the form.
    pub field: String,
    /// What it was: a number, a choice's code, `on` or `off`; of the word list, how many entries.
    pub from: String,
    /// What it is now.
    pub to: String,
}

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// A number is not between `min` and `max`.
    #[error("{field} is not between {min} and {max}")]
    Range {
        /// Which.
        field: &'static str,
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// The word list has more than [`WORDS_MAX`] entries.
    #[error("too_many_words")]
    TooManyWords,
    /// An entry is longer than [`WORD_MAX`], or has no letter or digit.
    #[error("bad_word")]
    BadWord(String),
}

impl Settings {
    /// Least and most of each number.
    pub const RANGES: [(&'static str, i64, i64); 6] = [
        ("reports", 0, 100),
        ("rate", 0, 1_000),
        ("newcomer_links", 0, 100),
        ("appeal_days", 1, 365),
        ("answer_days", 1, 90),
        ("review_percent", 0, 100),
    ];

    /// The numbers, in the order of [`RANGES`](Self::RANGES).
    #[must_use]
    pub const fn numbers(&self) -> [i64; 6] {
        [
            self.reports,
            self.rate,
            self.newcomer_links,
            self.appeal_days,
            self.answer_days,
            self.review_percent,
        ]
    }

    /// What differs in `after`. Of the word list only the lengths are told: to publish the words
    /// would be to publish the way round them.
    #[must_use]
    pub fn changes(&self, after: &Self) -> Vec<Change> {
        let change = |field: &str, from: &str, to: &str| Change {
            field: field.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let on = |set: bool| if set { "on" } else { "off" };
        let mut changes = vec![
            change(
                "premoderate",
                self.premoderate.as_str(),
                after.premoderate.as_str(),
            ),
            change("named", self.named.as_str(), after.named.as_str()),
            change("repetition", on(self.repetition), on(after.repetition)),
        ];
        let numbers = self.numbers().into_iter().zip(after.numbers());
        for ((field, ..), (from, to)) in Self::RANGES.into_iter().zip(numbers) {
            changes.push(change(field, &from.to_string(), &to.to_string()));
        }
        changes.retain(|change| change.from != change.to);
        if self.words != after.words {
            let entries = |words: &[String]| words.len().to_string();
            changes.push(change(
                "words",
                &entries(&self.words),
                &entries(&after.words),
            ));
        }
        changes
    }

    /// Checks what was set, and puts the word list in order.
    ///
    /// # Errors
    /// Every fault there is.
    pub fn check(mut self) -> Result<Self, Vec<SettingsFault>> {
        let mut faults = Vec::new();
        for ((field, min, max), value) in Self::RANGES.into_iter().zip(self.numbers()) {
            if !(min..=max).contains(&value) {
                faults.push(SettingsFault::Range { field, min, max });
            }
        }
        self.words = self
            .words
            .iter()
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        self.words.sort();
        self.words.dedup();
        if self.words.len() > WORDS_MAX {
            faults.push(SettingsFault::TooManyWords);
        }
        faults.extend(
            self.words
                .iter()
                .filter(|word| {
                    word.chars().count() > WORD_MAX || !word.chars().any(char::is_alphanumeric)
                })
                .map(|word| SettingsFault::BadWord(word.clone())),
        );
        if faults.is_empty() {
            Ok(self)
        } else {
            Err(faults)
        }
    }
}

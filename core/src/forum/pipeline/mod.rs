//! What happens between sending a comment and everybody reading it. The pipeline never decides: it
//! publishes, or it withholds with an explanation until a person has looked.

mod settings;
#[cfg(feature = "moderation")]
mod words;

use serde::{Deserialize, Serialize};

pub use settings::{Change, Named, Premoderate, Settings, SettingsFault, WORD_MAX, WORDS_MAX};
#[cfg(feature = "moderation")]
pub use words::WordList;

use super::trust::Level;

/// Minutes in which comments are counted for [`Finding::Rate`].
pub const RATE_MINUTES: i64 = 10;
/// A text below this number of characters may be said twice: “Thank you.”
pub const REPEATABLE: usize = 20;

/// Why a comment is withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// Every comment is looked at first.
    Everyone,
    /// Comments of newcomers are looked at first.
    Newcomer,
    /// Every comment of this thread is looked at first.
    Thread,
    /// Its author has changed what was withheld for it.
    Mended,
    /// Several people reported it.
    Reports {
        /// How many.
        count: i64,
    },
    /// Its author wrote very much in a short time.
    Rate {
        /// Comments, this one included.
        count: i64,
        /// In so many minutes.
        minutes: i64,
    },
    /// Its author said the same before.
    Repetition,
    /// A newcomer's text with many links.
    Links {
        /// How many.
        count: i64,
        /// How many are not noticed.
        most: i64,
    },
    /// It holds a word of the list.
    Word {
        /// As it stands in the text.
        word: String,
        /// As it stands in the list.
        listed: String,
    },
}

impl Finding {
    /// The code in texts.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Newcomer => "newcomer",
            Self::Thread => "thread",
            Self::Mended => "mended",
            Self::Reports { .. } => "reports",
            Self::Rate { .. } => "rate",
            Self::Repetition => "repetition",
            Self::Links { .. } => "links",
            Self::Word { .. } => "word",
        }
    }

    /// True where nothing about the comment itself made it wait.
    #[must_use]
    pub const fn is_routine(&self) -> bool {
        matches!(
            self,
            Self::Everyone | Self::Newcomer | Self::Thread | Self::Mended
        )
    }
}

/// What is known about the author and the place.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// How far the author has come.
    pub level: Level,
    /// The author moderates: nothing is withheld.
    pub moderates: bool,
    /// Every comment of this thread is looked at first.
    pub thread_premoderated: bool,
    /// The author's comments in the last [`RATE_MINUTES`].
    pub recent: i64,
    /// The author said the same within a day.
    pub repeats: bool,
}

/// Everything that speaks for withholding; empty when the text is published at once.
#[cfg(feature = "moderation")]
#[must_use]
pub fn judge(
    text: &str,
    circumstances: &Circumstances,
    settings: &Settings,
    words: &WordList,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if circumstances.moderates {
        return findings;
    }
    let newcomer = circumstances.level == Level::Newcomer;
    match settings.premoderate {
        Premoderate::Everyone => findings.push(Finding::Everyone),
        Premoderate::Newcomers if newcomer => findings.push(Finding::Newcomer),
        Premoderate::Newcomers | Premoderate::Nobody => {}
    }
    if circumstances.thread_premoderated {
        findings.push(Finding::Thread);
    }
    let count = circumstances.recent + 1;
    if settings.rate > 0 && count > settings.rate && circumstances.level < Level::Trusted {
        findings.push(Finding::Rate {
            count,
            minutes: RATE_MINUTES,
        });
    }
    if settings.repetition && circumstances.repeats && text.chars().count() >= REPEATABLE {
        findings.push(Finding::Repetition);
    }
    let links = links(text);
    if newcomer && links > settings.newcomer_links {
        findings.push(Finding::Links {
            count: links,
            most: settings.newcomer_links,
        });
    }
    findings.extend(words.find(text));
    findings
}

#[cfg(feature = "moderation")]
fn links(text: &str) -> i64 {
    let lower = text.to_lowercase();
    let schemes = lower.matches("://").count();
    // `https://www.…` is one link.
    let bare = lower.matches("www.").count() - lower.matches("://www.").count();
    i64::try_from(schemes + bare).unwrap_or(i64::MAX)
}

#[cfg(all(test, feature = "moderation"))]
mod tests;

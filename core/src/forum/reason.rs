//! Reasons for which a comment is reported or removed. They are the published rules, so a report,
//! a decision and the log speak of the same thing.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A rule that a comment can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Attacks or demeans a person.
    Abuse,
    /// Demeans people for what they are.
    Hate,
    /// Reveals who somebody is, or what somebody answered.
    Identifies,
    /// Advertises, repeats, floods.
    Spam,
    /// Says what is known to be false in order to mislead.
    Misleading,
    /// Has nothing to do with the thread.
    OffTopic,
    /// Breaks the law.
    Illegal,
    /// Something else, said in the note.
    Other,
}

impl Reason {
    /// Every reason, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Abuse,
        Self::Hate,
        Self::Identifies,
        Self::Spam,
        Self::Misleading,
        Self::OffTopic,
        Self::Illegal,
        Self::Other,
    ];

    /// The code that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Abuse => "abuse",
            Self::Hate => "hate",
            Self::Identifies => "identifies",
            Self::Spam => "spam",
            Self::Misleading => "misleading",
            Self::OffTopic => "off_topic",
            Self::Illegal => "illegal",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A code that names no reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a reason: {0}")]
pub struct UnknownReason(pub String);

impl FromStr for Reason {
    type Err = UnknownReason;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == s)
            .ok_or_else(|| UnknownReason(s.to_owned()))
    }
}

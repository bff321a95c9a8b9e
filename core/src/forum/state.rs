//! States of a comment.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What has become of a comment. The three ways of being gone are kept apart because they mean
/// different things to the reader, to the author and in the public log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CommentState {
    /// Everyone reads it.
    Visible,
    /// Its author took it back; the text is erased.
    Deleted,
    /// A moderator removed it, with a reason; it can be restored.
    Removed,
    /// Held back until somebody has looked at it.
    Withheld,
}

impl CommentState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Visible, Self::Deleted, Self::Removed, Self::Withheld];

    /// The code that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visible => "visible",
            Self::Deleted => "deleted",
            Self::Removed => "removed",
            Self::Withheld => "withheld",
        }
    }
}

impl fmt::Display for CommentState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A code that names no state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a state of a comment: {0}")]
pub struct UnknownState(pub String);

impl FromStr for CommentState {
    type Err = UnknownState;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == s)
            .ok_or_else(|| UnknownState(s.to_owned()))
    }
}

//! Roles of accounts.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What an account is trusted with. The order is the order of trust: each role may do what the
/// ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Takes part in the discussion.
    Member,
    /// Prepares releases.
    Researcher,
    /// Decides on reports.
    Moderator,
    /// Runs the site.
    Owner,
}

impl Role {
    /// Every role, from least to most trusted.
    pub const ALL: [Self; 4] = [Self::Member, Self::Researcher, Self::Moderator, Self::Owner];

    /// The code that is stored and shown in exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Researcher => "researcher",
            Self::Moderator => "moderator",
            Self::Owner => "owner",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A code that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a role: {0} (owner, moderator, researcher or member)")]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == s)
            .ok_or_else(|| UnknownRole(s.to_owned()))
    }
}

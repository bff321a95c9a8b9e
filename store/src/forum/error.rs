//! What can go wrong, as codes.

use partake_core::forum::Denied;
use sea_orm::DbErr;

use crate::StoreError;

/// Failure of an operation on the discussion.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ForumError {
    /// No such thread or comment.
    #[error("not found")]
    NotFound,
    /// The rules do not allow it.
    #[error("denied: {0}")]
    Denied(#[from] Denied),
    /// The reply would stand too deep.
    #[error("too deep")]
    TooDeep,
    /// This person has reported this comment before.
    #[error("already reported")]
    AlreadyReported,
    /// What was decided on is not what is there now: somebody decided meanwhile, or the author
    /// changed the text.
    #[error("changed meanwhile")]
    Stale,
    /// Another moderator is at it.
    #[error("claimed by {0}")]
    Claimed(String),
    /// A decision against somebody names a rule.
    #[error("no rule")]
    NoRule,
    /// The rule was retired.
    #[error("retired rule")]
    Retired,
    /// It is the last rule in force.
    #[error("last rule")]
    LastRule,
    /// This rule has no words of its own, so the moderator has to find some.
    #[error("no sentence")]
    NoSentence,
    /// The author has had the one chance to mend it.
    #[error("mended before")]
    MendedBefore,
    /// There was an appeal against this decision.
    #[error("appealed before")]
    AppealedBefore,
    /// The time for an appeal is over.
    #[error("too late")]
    TooLate,
    /// This was decided before, or the time to take it back is over.
    #[error("decided before")]
    DecidedBefore,
    /// The thread is in slow mode; so many seconds are left.
    #[error("slow mode: {0} s")]
    Slow(i64),
    /// The cursor was not made by this program, or belongs to something else.
    #[error("not a cursor of this list")]
    BadCursor,
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for ForumError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

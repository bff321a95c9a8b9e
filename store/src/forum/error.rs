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

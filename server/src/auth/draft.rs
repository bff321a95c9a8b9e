//! A text that was being written when the session ended, kept until it can be sent.

use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::error::PageError;

const DRAFT_KEY: &str = "draft";

/// What was typed, and on which page it belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDraft {
    pub path: String,
    pub title: String,
    pub body: String,
}

impl KeptDraft {
    /// Keeps it in the session.
    pub async fn keep(self, session: &Session) -> Result<(), PageError> {
        session
            .insert(DRAFT_KEY, self)
            .await
            .map_err(PageError::internal)
    }

    /// The draft that belongs to the page at `path`.
    pub async fn of(session: &Session, path: &str) -> Result<Option<Self>, PageError> {
        let draft: Option<Self> = session.get(DRAFT_KEY).await.map_err(PageError::internal)?;
        Ok(draft.filter(|draft| draft.path == path))
    }

    /// Forgets it, once it was sent.
    pub async fn forget(session: &Session) -> Result<(), PageError> {
        session
            .remove_value(DRAFT_KEY)
            .await
            .map_err(PageError::internal)?;
        Ok(())
    }
}

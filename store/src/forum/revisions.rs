//! Earlier versions of a comment's text. They are as visible as the comment is.

use sea_orm::DatabaseTransaction;

use super::{Comment, ForumError, sql};
use crate::Store;

/// Versions that are shown.
const MOST: usize = 50;

/// A version of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Source.
    pub body: String,
    /// UTC milliseconds at which it was written.
    pub written_ms: i64,
}

/// Keeps the text that is about to be replaced.
pub(super) async fn keep(tx: &DatabaseTransaction, comment: &Comment) -> Result<(), ForumError> {
    sql::run(
        tx,
        "INSERT INTO comment_revision (comment_id, body, written_ms) VALUES ($1, $2, $3)",
        [
            comment.id.into(),
            comment.body.as_str().into(),
            comment.edited_ms.unwrap_or(comment.created_ms).into(),
        ],
    )
    .await?;
    Ok(())
}

impl Store {
    /// The versions of a comment, the present one first. Nothing where the comment was loaded for
    /// somebody who may not read it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn versions(&self, comment: &Comment) -> Result<Vec<Version>, ForumError> {
        if comment.body.is_empty() {
            return Ok(Vec::new());
        }
        let query = format!(
            "SELECT body, written_ms FROM comment_revision WHERE comment_id = $1
            ORDER BY id DESC LIMIT {MOST}"
        );
        let mut versions = vec![Version {
            body: comment.body.clone(),
            written_ms: comment.edited_ms.unwrap_or(comment.created_ms),
        }];
        for row in sql::all(self.db.read(), &query, [comment.id.into()]).await? {
            versions.push(Version {
                body: row.try_get("", "body")?,
                written_ms: row.try_get("", "written_ms")?,
            });
        }
        Ok(versions)
    }
}

//! What moderators keep for themselves: notes about a comment or an account, and sentences they
//! use again and again.

use partake_core::{
    forum::{Action, Actor, Reason, Target, may},
    lang::Lang,
};
use sea_orm::QueryResult;

use super::{ForumError, Reader, rows, sql};
use crate::Store;

/// What a note is about.
#[derive(Clone, Copy, Debug)]
pub enum Noted<'a> {
    /// A comment.
    Comment(i64),
    /// An account.
    Account(&'a str),
}

/// A private note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Who wrote it, unless the account is gone.
    pub writer: Option<String>,
    /// What it says.
    pub body: String,
    /// UTC milliseconds.
    pub created_ms: i64,
}

/// A sentence at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Id.
    pub id: i64,
    /// Rule it is for.
    pub reason: Reason,
    /// Language it is in.
    pub lang: Lang,
    /// The sentence.
    pub body: String,
}

impl Store {
    /// Writes a private note.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn write_note(
        &self,
        actor: Actor<'_>,
        about: Noted<'_>,
        body: &str,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let (comment, account, known) = match about {
            Noted::Comment(id) => (
                Some(id),
                None,
                sql::one(
                    self.db.read(),
                    "SELECT 1 AS one FROM comment WHERE id = $1",
                    [id.into()],
                )
                .await?,
            ),
            Noted::Account(id) => (
                None,
                Some(id),
                sql::one(
                    self.db.read(),
                    "SELECT 1 AS one FROM account WHERE id = $1",
                    [id.into()],
                )
                .await?,
            ),
        };
        if known.is_none() {
            return Err(ForumError::NotFound);
        }
        sql::run(
            self.db.write(),
            "INSERT INTO moderation_note (comment_id, account_id, writer_id, body, created_ms)
            VALUES ($1, $2, $3, $4, $5)",
            [
                comment.into(),
                account.into(),
                Reader::of(actor).account.into(),
                body.into(),
                now_ms.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// The notes about something, oldest first.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn notes(&self, actor: Actor<'_>, about: Noted<'_>) -> Result<Vec<Note>, ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let (column, value) = match about {
            Noted::Comment(id) => ("comment_id", id.into()),
            Noted::Account(id) => ("account_id", id.into()),
        };
        let query = format!(
            "SELECT n.body, n.created_ms, a.handle FROM moderation_note n
            LEFT JOIN account a ON a.id = n.writer_id WHERE n.{column} = $1 ORDER BY n.id"
        );
        let found = sql::all(self.db.read(), &query, [value]).await?;
        found
            .iter()
            .map(|row| {
                Ok(Note {
                    writer: row.try_get("", "handle")?,
                    body: row.try_get("", "body")?,
                    created_ms: row.try_get("", "created_ms")?,
                })
            })
            .collect()
    }

    /// Every sentence at hand.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn snippets(&self, actor: Actor<'_>) -> Result<Vec<Snippet>, ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let found = sql::all(
            self.db.read(),
            "SELECT id, reason, lang, body FROM moderation_snippet ORDER BY reason, lang, id",
            [],
        )
        .await?;
        found.iter().map(snippet).collect()
    }

    /// Keeps a sentence at hand.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn add_snippet(
        &self,
        actor: Actor<'_>,
        reason: Reason,
        lang: Lang,
        body: &str,
    ) -> Result<(), ForumError> {
        may(actor, Action::Configure, Target::Site)?;
        sql::run(
            self.db.write(),
            "INSERT INTO moderation_snippet (reason, lang, body) VALUES ($1, $2, $3)",
            [reason.as_str().into(), lang.as_str().into(), body.into()],
        )
        .await?;
        Ok(())
    }

    /// Forgets a sentence. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn drop_snippet(&self, actor: Actor<'_>, id: i64) -> Result<(), ForumError> {
        may(actor, Action::Configure, Target::Site)?;
        sql::run(
            self.db.write(),
            "DELETE FROM moderation_snippet WHERE id = $1",
            [id.into()],
        )
        .await?;
        Ok(())
    }
}

fn snippet(row: &QueryResult) -> Result<Snippet, ForumError> {
    let lang: String = row.try_get("", "lang")?;
    Ok(Snippet {
        id: row.try_get("", "id")?,
        reason: rows::reason(row)?.ok_or_else(|| rows::broken("reason"))?,
        lang: lang.parse().map_err(|_| rows::broken("lang"))?,
        body: row.try_get("", "body")?,
    })
}

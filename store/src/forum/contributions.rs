//! What an account has written, for its owner.

use partake_core::{
    forum::{CommentState, Reason},
    lang::Lang,
};
use sea_orm::{DatabaseTransaction, QueryResult};

use super::{ForumError, Page, Title, cursor::ListCursor, rows, sql, votes};
use crate::Store;

const MINE: u8 = b'c';
/// Contributions on a page.
const COMMENTS: usize = 30;

/// A comment of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Comment.
    pub comment: i64,
    /// Thread.
    pub thread: i64,
    /// The thread's title.
    pub thread_title: Title,
    /// It opens the thread.
    pub opens: bool,
    /// Source.
    pub body: String,
    /// Its language.
    pub lang: Lang,
    /// Its state.
    pub state: CommentState,
    /// Rule under which it was removed.
    pub reason: Option<Reason>,
    /// The moderator's words about it.
    pub note: Option<String>,
    /// UTC milliseconds.
    pub created_ms: i64,
    /// UTC milliseconds of the last edit.
    pub edited_ms: Option<i64>,
}

impl Store {
    /// What `account` wrote, newest first.
    ///
    /// # Errors
    /// [`ForumError::BadCursor`].
    pub async fn contributions(
        &self,
        account: &str,
        cursor: Option<&str>,
    ) -> Result<Page<Contribution>, ForumError> {
        let before = match cursor {
            Some(text) => ListCursor::decode(MINE, text)?.id,
            None => i64::MAX,
        };
        let sql = format!(
            "{} AND c.id < $2 ORDER BY c.id DESC LIMIT {}",
            select(),
            COMMENTS + 1
        );
        let found = sql::all(self.db.read(), &sql, [account.into(), before.into()]).await?;
        let mut items = found
            .iter()
            .map(contribution)
            .collect::<Result<Vec<_>, _>>()?;
        let more = items.len() > COMMENTS;
        items.truncate(COMMENTS);
        let next = items.last().filter(|_| more).map(|last| {
            ListCursor {
                list: MINE,
                key: 0,
                id: last.comment,
            }
            .encode()
        });
        Ok(Page { items, next })
    }

    /// Everything `account` wrote, oldest first, for its export.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn all_contributions(&self, account: &str) -> Result<Vec<Contribution>, ForumError> {
        let sql = format!("{} ORDER BY c.id", select());
        let found = sql::all(self.db.read(), &sql, [account.into()]).await?;
        found.iter().map(contribution).collect()
    }

    /// The reports that `account` made: comment, reason, note, outcome, time.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reports_by(
        &self,
        account: &str,
    ) -> Result<Vec<(i64, String, String, Option<String>, i64)>, ForumError> {
        let found = sql::all(
            self.db.read(),
            "SELECT comment_id, reason, note, outcome, created_ms FROM report
            WHERE reporter_id = $1 ORDER BY id",
            [account.into()],
        )
        .await?;
        found
            .iter()
            .map(|row| {
                Ok((
                    row.try_get("", "comment_id")?,
                    row.try_get("", "reason")?,
                    row.try_get("", "note")?,
                    row.try_get("", "outcome")?,
                    row.try_get("", "created_ms")?,
                ))
            })
            .collect()
    }

    /// True when the site would be left without an owner if `account` went.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_last_owner(&self, account: &str) -> Result<bool, ForumError> {
        let row = sql::one(
            self.db.read(),
            "SELECT EXISTS (SELECT 1 FROM account WHERE id = $1 AND role = 'owner')
                AND NOT EXISTS (SELECT 1 FROM account
                    WHERE id <> $1 AND role = 'owner' AND state = 'active') AS last",
            [account.into()],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        Ok(row.try_get("", "last")?)
    }
}

/// Takes the author's name from everything `account` wrote, reported or decided, in the transaction
/// that deletes the account: the log's references are gone only with the account.
pub(crate) async fn forget(tx: &DatabaseTransaction, account: &str) -> Result<(), ForumError> {
    for sql in [
        "UPDATE comment SET author_id = NULL WHERE author_id = $1",
        "UPDATE thread SET author_id = NULL WHERE author_id = $1",
        "UPDATE report SET reporter_id = NULL WHERE reporter_id = $1",
        "UPDATE moderation_act SET moderator_id = NULL WHERE moderator_id = $1",
        "UPDATE moderation_act SET subject_id = NULL WHERE subject_id = $1",
        "UPDATE moderation_case SET claimed_by = NULL WHERE claimed_by = $1",
        "UPDATE appeal SET decider_id = NULL WHERE decider_id = $1",
        "UPDATE second_review SET reviewer_id = NULL WHERE reviewer_id = $1",
        "UPDATE moderation_note SET writer_id = NULL WHERE writer_id = $1",
        "DELETE FROM moderation_note WHERE account_id = $1",
        "DELETE FROM sanction WHERE account_id = $1",
        "DELETE FROM thread_follow WHERE account_id = $1",
        "DELETE FROM notice WHERE account_id = $1",
    ] {
        sql::run(tx, sql, [account.into()]).await?;
    }
    votes::forget(tx, account).await
}

/// The comments of the account `$1`.
fn select() -> String {
    format!(
        "SELECT c.id, c.thread_id, {}, t.opening_id = c.id AS opens, c.body, c.lang, c.state,
            c.reason, c.note, c.created_ms, c.edited_ms
        FROM comment c JOIN thread t ON t.id = c.thread_id
        JOIN comment o ON o.id = t.opening_id WHERE c.author_id = $1",
        rows::OWN_TITLE
    )
}

fn contribution(row: &QueryResult) -> Result<Contribution, ForumError> {
    Ok(Contribution {
        comment: row.try_get("", "id")?,
        thread: row.try_get("", "thread_id")?,
        thread_title: rows::title(row)?,
        opens: row.try_get("", "opens")?,
        body: row.try_get("", "body")?,
        lang: rows::lang(row)?,
        state: rows::state(row)?,
        reason: rows::reason(row)?,
        note: row.try_get("", "note")?,
        created_ms: row.try_get("", "created_ms")?,
        edited_ms: row.try_get("", "edited_ms")?,
    })
}

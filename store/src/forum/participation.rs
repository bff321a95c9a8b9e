//! What an account did beside writing: its votes and its reports, for its owner.

use partake_core::forum::{Actor, CommentState, Reason, Role};
use sea_orm::QueryResult;

use super::{ForumError, Page, Title, Vote, cursor::ListCursor, rows, sql};
use crate::Store;

const VOTES: u8 = b'v';
const REPORTS: u8 = b'p';
/// Votes or reports on a page.
const ITEMS: usize = 50;

/// A vote of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastVote {
    /// Comment.
    pub comment: i64,
    /// Thread.
    pub thread: i64,
    /// The thread's title.
    pub thread_title: Title,
    /// What was voted.
    pub vote: Vote,
    /// State of the comment.
    pub state: CommentState,
}

/// A report of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeReport {
    /// Comment.
    pub comment: i64,
    /// Thread.
    pub thread: i64,
    /// The thread's title.
    pub thread_title: Title,
    /// Rule that was named.
    pub reason: Option<Reason>,
    /// The version that held then.
    pub version: Option<i64>,
    /// What was added.
    pub note: String,
    /// What became of it: `removed`, `dismissed` or `deleted`; none while it waits.
    pub outcome: Option<String>,
    /// UTC milliseconds.
    pub created_ms: i64,
}

impl Store {
    /// The votes of `account`, by comment, the newest comment first.
    ///
    /// # Errors
    /// [`ForumError::BadCursor`].
    pub async fn votes_cast(
        &self,
        account: &str,
        cursor: Option<&str>,
    ) -> Result<Page<CastVote>, ForumError> {
        let sql = format!(
            "SELECT v.comment_id AS id, v.value, c.thread_id, c.state, {}
            FROM comment_vote v JOIN comment c ON c.id = v.comment_id
            JOIN thread t ON t.id = c.thread_id JOIN comment o ON o.id = t.opening_id
            WHERE v.account_id = $1 AND v.comment_id < $2 ORDER BY v.comment_id DESC LIMIT $3",
            rows::OWN_TITLE
        );
        self.own_page(VOTES, &sql, account, cursor, |row| {
            let value: i64 = row.try_get("", "value")?;
            Ok(CastVote {
                comment: row.try_get("", "id")?,
                thread: row.try_get("", "thread_id")?,
                thread_title: rows::title(row)?,
                vote: if value > 0 { Vote::Up } else { Vote::Down },
                state: rows::state(row)?,
            })
        })
        .await
    }

    /// The reports of `account`, newest first.
    ///
    /// # Errors
    /// [`ForumError::BadCursor`].
    pub async fn reports_made(
        &self,
        account: &str,
        cursor: Option<&str>,
    ) -> Result<Page<MadeReport>, ForumError> {
        let sql = format!(
            "SELECT r.id, r.comment_id, r.reason, r.rule_version, r.note, r.outcome, r.created_ms,
                c.thread_id, {}
            FROM report r JOIN comment c ON c.id = r.comment_id JOIN thread t ON t.id = c.thread_id
            JOIN comment o ON o.id = t.opening_id
            WHERE r.reporter_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3",
            rows::OWN_TITLE
        );
        self.own_page(REPORTS, &sql, account, cursor, |row| {
            Ok(MadeReport {
                comment: row.try_get("", "comment_id")?,
                thread: row.try_get("", "thread_id")?,
                thread_title: rows::title(row)?,
                reason: rows::reason(row)?,
                version: row.try_get("", "rule_version")?,
                note: row.try_get("", "note")?,
                outcome: row.try_get("", "outcome")?,
                created_ms: row.try_get("", "created_ms")?,
            })
        })
        .await
    }

    async fn own_page<T>(
        &self,
        list: u8,
        sql: &str,
        account: &str,
        cursor: Option<&str>,
        read: impl Fn(&QueryResult) -> Result<T, ForumError>,
    ) -> Result<Page<T>, ForumError> {
        let before = match cursor {
            Some(text) => ListCursor::decode(list, text)?.id,
            None => i64::MAX,
        };
        let limit = i64::try_from(ITEMS + 1).unwrap_or(i64::MAX);
        let mut found = sql::all(
            self.db.read(),
            sql,
            [account.into(), before.into(), limit.into()],
        )
        .await?;
        let more = found.len() > ITEMS;
        found.truncate(ITEMS);
        let next = match found.last() {
            Some(last) if more => Some(
                ListCursor {
                    list,
                    key: 0,
                    id: last.try_get("", "id")?,
                }
                .encode(),
            ),
            _ => None,
        };
        let items = found.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page { items, next })
    }

    /// Erases every text of `account`: what others replied to becomes a placeholder, the rest goes.
    /// Comes before its author is forgotten. A suspension does not stand in the way of it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn erase_words(&self, account: &str, now_ms: i64) -> Result<(), ForumError> {
        let author = Actor::Account {
            id: account,
            role: Role::Member,
        };
        let found = sql::all(
            self.db.read(),
            "SELECT id FROM comment WHERE author_id = $1 AND state = 'visible' ORDER BY id DESC",
            [account.into()],
        )
        .await?;
        for row in found {
            match self
                .delete_comment(author, row.try_get("", "id")?, now_ms)
                .await
            {
                // Somebody removed it in between; its text goes below.
                Ok(_) | Err(ForumError::NotFound | ForumError::Denied(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let tx = self.begin().await?;
        for sql in [
            "UPDATE comment SET body = '', state = 'deleted' WHERE author_id = $1",
            "UPDATE report SET note = '' WHERE reporter_id = $1",
        ] {
            sql::run(&tx, sql, [account.into()]).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

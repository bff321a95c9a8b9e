//! The queue: reported comments, the longest waiting first, with all reports of each.

use std::collections::HashMap;

use partake_core::forum::{Action, Actor, Reason, Target, may};
use sea_orm::QueryResult;

use super::{Comment, ForumError, Page, Reader, cursor::ListCursor, rows, sql, tree};
use crate::Store;

const QUEUE: u8 = b'q';
/// Comments on a page.
const COMMENTS: usize = 20;

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Rule that is said to be broken.
    pub reason: Reason,
    /// The reporter's words.
    pub note: String,
    /// Who reported, unless the account is gone.
    pub reporter: Option<String>,
    /// UTC milliseconds.
    pub created_ms: i64,
}

/// A comment that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueItem {
    /// The comment, unmasked.
    pub comment: Comment,
    /// Title of its thread.
    pub thread_title: String,
    /// Its thread is locked.
    pub thread_locked: bool,
    /// Open reports, oldest first.
    pub reports: Vec<Report>,
}

impl Store {
    /// A page of the queue.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::BadCursor`].
    pub async fn moderation_queue(
        &self,
        actor: Actor<'_>,
        cursor: Option<&str>,
    ) -> Result<Page<QueueItem>, ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let after = match cursor {
            Some(text) => ListCursor::decode(QUEUE, text)?.id,
            None => 0,
        };
        let db = self.db.snapshot().await?;
        let heads = sql::all(
            &db,
            &format!(
                "SELECT comment_id, min(id) AS first FROM report WHERE state = 'open'
                GROUP BY comment_id HAVING min(id) > $1 ORDER BY min(id) LIMIT {}",
                COMMENTS + 1,
            ),
            [after.into()],
        )
        .await?;
        let mut waiting = heads
            .iter()
            .map(|row| Ok((row.try_get("", "comment_id")?, row.try_get("", "first")?)))
            .collect::<Result<Vec<(i64, i64)>, ForumError>>()?;
        let more = waiting.len() > COMMENTS;
        waiting.truncate(COMMENTS);
        let next = waiting.last().filter(|_| more).map(|&(_, first)| {
            ListCursor {
                list: QUEUE,
                key: 0,
                id: first,
            }
            .encode()
        });
        let ids: Vec<i64> = waiting.iter().map(|&(comment, _)| comment).collect();
        if ids.is_empty() {
            return Ok(Page {
                items: Vec::new(),
                next: None,
            });
        }

        let mut comments: HashMap<i64, Comment> = tree::by_ids(&db, &ids, Reader::of(actor))
            .await?
            .into_iter()
            .map(|comment| (comment.id, comment))
            .collect();
        let places = sql::places(1, ids.len());
        let threads = sql::all(
            &db,
            &format!(
                "SELECT c.id, t.title, t.locked FROM comment c JOIN thread t ON t.id = c.thread_id
                WHERE c.id IN ({places})"
            ),
            ids.iter().map(|&id| id.into()),
        )
        .await?;
        let threads = threads
            .iter()
            .map(|row| {
                Ok((
                    row.try_get("", "id")?,
                    (row.try_get("", "title")?, row.try_get("", "locked")?),
                ))
            })
            .collect::<Result<HashMap<i64, (String, bool)>, ForumError>>()?;
        let rows = sql::all(
            &db,
            &format!(
                "SELECT r.comment_id, r.reason, r.note, r.created_ms, a.handle AS reporter
                FROM report r LEFT JOIN account a ON a.id = r.reporter_id
                WHERE r.state = 'open' AND r.comment_id IN ({places}) ORDER BY r.id"
            ),
            ids.iter().map(|&id| id.into()),
        )
        .await?;
        db.commit().await?;
        let mut reports: HashMap<i64, Vec<Report>> = HashMap::new();
        for row in &rows {
            reports
                .entry(row.try_get("", "comment_id")?)
                .or_default()
                .push(report(row)?);
        }

        let items = ids
            .into_iter()
            .filter_map(|id| {
                let (thread_title, thread_locked) = threads.get(&id).cloned()?;
                Some(QueueItem {
                    comment: comments.remove(&id)?,
                    thread_title,
                    thread_locked,
                    reports: reports.remove(&id).unwrap_or_default(),
                })
            })
            .collect();
        Ok(Page { items, next })
    }

    /// Number of comments that wait for a decision.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reported_comments(&self) -> Result<i64, ForumError> {
        let row = sql::one(
            self.db.read(),
            "SELECT count(DISTINCT comment_id) AS n FROM report WHERE state = 'open'",
            [],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        Ok(row.try_get("", "n")?)
    }
}

fn report(row: &QueryResult) -> Result<Report, ForumError> {
    let reason: String = row.try_get("", "reason")?;
    Ok(Report {
        reason: reason.parse().map_err(|_| rows::broken("reason"))?,
        note: row.try_get("", "note")?,
        reporter: row.try_get("", "reporter")?,
        created_ms: row.try_get("", "created_ms")?,
    })
}

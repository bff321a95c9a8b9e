//! Decisions of moderators and the public log of them. A decision and its entry in the log are one
//! transaction: there is no act without a trace.

use std::{fmt, str::FromStr};

use partake_core::forum::{
    Action, Actor, CommentState, Reason, Target,
    chain::{Entry, hex, mark},
    may,
};
use sea_orm::{DatabaseTransaction, QueryResult};

use super::{ForumError, Page, Reader, chain, change::hold_comment, cursor::ListCursor, rows, sql};
use crate::Store;

const LOG: u8 = b'm';
/// Entries on a page of the log.
const ENTRIES: usize = 50;

/// What a moderator did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Removed a comment.
    Remove,
    /// Brought a removed comment back.
    Restore,
    /// Closed the reports of a comment that stays.
    Dismiss,
    /// Locked a thread.
    Lock,
    /// Unlocked it.
    Unlock,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 5] = [
        Self::Remove,
        Self::Restore,
        Self::Dismiss,
        Self::Lock,
        Self::Unlock,
    ];

    /// The code that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Restore => "restore",
            Self::Dismiss => "dismiss",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
        }
    }

    /// The permission it takes.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Remove => Action::Remove,
            Self::Restore => Action::Restore,
            Self::Dismiss => Action::Dismiss,
            Self::Lock => Action::Lock,
            Self::Unlock => Action::Unlock,
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Act {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|act| act.as_str() == s)
            .ok_or(())
    }
}

/// A decision about a comment or thread.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// What is done.
    pub act: Act,
    /// Under which rule; needed to remove.
    pub reason: Option<Reason>,
    /// Words that everyone reads.
    pub note: &'a str,
    /// UTC milliseconds.
    pub now_ms: i64,
}

/// One line of the public log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Id.
    pub id: i64,
    /// Its place in the chain, the hash it has there, and what the chain holds fast of it.
    pub link: Option<Link>,
    /// Survey whose discussion it concerns.
    pub survey: String,
    /// What was done.
    pub act: Act,
    /// In which thread; none when the thread is gone.
    pub thread: Option<i64>,
    /// The thread's title, unless it was removed.
    pub thread_title: Option<String>,
    /// To which comment, if to one.
    pub comment: Option<i64>,
    /// Under which rule.
    pub reason: Option<Reason>,
    /// The moderator's words.
    pub note: String,
    /// Who decided, unless the account is gone.
    pub moderator: Option<String>,
    /// UTC milliseconds.
    pub created_ms: i64,
}

/// The place of an entry in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// 1, 2, 3, …
    pub sequence: i64,
    /// SHA-256, hexadecimal.
    pub hash: String,
    /// The thread, also when it is gone.
    pub thread: i64,
    /// The comment, also when it is gone.
    pub comment: Option<i64>,
    /// Stands for the moderator's account.
    pub moderator: Option<String>,
}

impl Store {
    /// Removes or restores a comment, or dismisses its reports.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn decide_comment(
        &self,
        actor: Actor<'_>,
        id: i64,
        decision: Decision<'_>,
    ) -> Result<(), ForumError> {
        let reader = Reader::of(actor);
        let tx = self.begin().await?;
        let (comment, locked) = hold_comment(&tx, id, reader).await?;
        let target = comment.target(reader.account.unwrap_or_default(), locked);
        may(actor, decision.act.action(), target)?;
        match decision.act {
            Act::Remove => {
                set_state(&tx, id, CommentState::Removed, &decision).await?;
                resolve(&tx, id, "removed", decision.now_ms).await?;
            }
            Act::Restore => {
                let none = Decision {
                    reason: None,
                    note: "",
                    ..decision
                };
                set_state(&tx, id, CommentState::Visible, &none).await?;
            }
            Act::Dismiss => {
                if resolve(&tx, id, "dismissed", decision.now_ms).await? == 0 {
                    // Somebody else was faster; what they decided stands and is in the log.
                    return Ok(());
                }
            }
            Act::Lock | Act::Unlock => return Err(ForumError::NotFound),
        }
        log(&tx, actor, comment.thread_id, Some(id), &decision).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Locks or unlocks a thread. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn decide_thread(
        &self,
        actor: Actor<'_>,
        id: i64,
        decision: Decision<'_>,
    ) -> Result<(), ForumError> {
        let lock = match decision.act {
            Act::Lock => true,
            Act::Unlock => false,
            Act::Remove | Act::Restore | Act::Dismiss => return Err(ForumError::NotFound),
        };
        may(
            actor,
            decision.act.action(),
            Target::Thread { locked: !lock },
        )?;
        let tx = self.begin().await?;
        let changed = sql::run(
            &tx,
            "UPDATE thread SET locked = $1 WHERE id = $2 AND locked <> $1",
            [lock.into(), id.into()],
        )
        .await?;
        if changed == 0 {
            let known = sql::one(&tx, "SELECT id FROM thread WHERE id = $1", [id.into()]).await?;
            return known.map(|_| ()).ok_or(ForumError::NotFound);
        }
        log(&tx, actor, id, None, &decision).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The public log, newest first.
    ///
    /// # Errors
    /// [`ForumError::BadCursor`].
    pub async fn moderation_log(&self, cursor: Option<&str>) -> Result<Page<LogEntry>, ForumError> {
        let before = match cursor {
            Some(text) => ListCursor::decode(LOG, text)?.id,
            None => i64::MAX,
        };
        let sql = format!(
            "SELECT m.id, m.survey, m.act, m.thread_id, m.comment_id, m.reason, m.note, m.created_ms,
                a.handle AS moderator, c.sequence, c.hash, c.thread_ref, c.comment_ref,
                c.moderator_mark,
                CASE WHEN o.state IN ('visible', 'deleted') THEN t.title END AS title
            FROM moderation_act m
            LEFT JOIN account a ON a.id = m.moderator_id
            LEFT JOIN thread t ON t.id = m.thread_id
            LEFT JOIN comment o ON o.id = t.opening_id
            LEFT JOIN moderation_chain c ON c.act_id = m.id
            WHERE m.id < $1 ORDER BY m.id DESC LIMIT {}",
            ENTRIES + 1,
        );
        let found = sql::all(self.db.read(), &sql, [before.into()]).await?;
        let mut items = found.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        let more = items.len() > ENTRIES;
        items.truncate(ENTRIES);
        let next = items.last().filter(|_| more).map(|last| {
            ListCursor {
                list: LOG,
                key: 0,
                id: last.id,
            }
            .encode()
        });
        Ok(Page { items, next })
    }
}

async fn set_state(
    tx: &DatabaseTransaction,
    id: i64,
    state: CommentState,
    decision: &Decision<'_>,
) -> Result<(), ForumError> {
    let note = (!decision.note.is_empty()).then_some(decision.note);
    sql::run(
        tx,
        "UPDATE comment SET state = $1, reason = $2, note = $3 WHERE id = $4",
        [
            state.as_str().into(),
            decision.reason.map(Reason::as_str).into(),
            note.into(),
            id.into(),
        ],
    )
    .await?;
    Ok(())
}

async fn resolve(
    tx: &DatabaseTransaction,
    comment: i64,
    outcome: &str,
    now_ms: i64,
) -> Result<u64, ForumError> {
    Ok(sql::run(
        tx,
        "UPDATE report SET state = 'resolved', outcome = $1, resolved_ms = $2
        WHERE comment_id = $3 AND state = 'open'",
        [outcome.into(), now_ms.into(), comment.into()],
    )
    .await?)
}

async fn log(
    tx: &DatabaseTransaction,
    actor: Actor<'_>,
    thread: i64,
    comment: Option<i64>,
    decision: &Decision<'_>,
) -> Result<(), ForumError> {
    let moderator = Reader::of(actor).account;
    let row = sql::one(
        tx,
        "INSERT INTO moderation_act (survey, act, thread_id, comment_id, reason, note,
            moderator_id, created_ms)
        SELECT survey, $1, id, $2, $3, $4, $5, $6 FROM thread WHERE id = $7
        RETURNING id, survey",
        [
            decision.act.as_str().into(),
            comment.into(),
            decision.reason.map(Reason::as_str).into(),
            decision.note.into(),
            moderator.into(),
            decision.now_ms.into(),
            thread.into(),
        ],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let survey: String = row.try_get("", "survey")?;
    let mark = moderator.map(mark);
    chain::append(
        tx,
        &Entry {
            sequence: 0,
            id: row.try_get("", "id")?,
            survey: &survey,
            act: decision.act.as_str(),
            thread,
            comment,
            reason: decision.reason.map(Reason::as_str),
            note: decision.note,
            moderator: mark.as_deref(),
            created_ms: decision.now_ms,
        },
    )
    .await
}

fn entry(row: &QueryResult) -> Result<LogEntry, ForumError> {
    let act: String = row.try_get("", "act")?;
    Ok(LogEntry {
        id: row.try_get("", "id")?,
        link: link(row)?,
        survey: row.try_get("", "survey")?,
        act: act.parse().map_err(|()| rows::broken("act"))?,
        thread: row.try_get("", "thread_id")?,
        thread_title: row.try_get("", "title")?,
        comment: row.try_get("", "comment_id")?,
        reason: rows::reason(row)?,
        note: row.try_get("", "note")?,
        moderator: row.try_get("", "moderator")?,
        created_ms: row.try_get("", "created_ms")?,
    })
}

fn link(row: &QueryResult) -> Result<Option<Link>, ForumError> {
    let Some(sequence) = row.try_get("", "sequence")? else {
        return Ok(None);
    };
    let hash: Vec<u8> = row.try_get("", "hash")?;
    Ok(Some(Link {
        sequence,
        hash: hex(&hash),
        thread: row.try_get("", "thread_ref")?,
        comment: row.try_get("", "comment_ref")?,
        moderator: row.try_get("", "moderator_mark")?,
    }))
}

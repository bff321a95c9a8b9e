//! Writing the chain of the public log, and finding out whether it still holds.

use partake_core::forum::chain::{Entry, Hash, START, mark};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Value};

use super::{ForumError, rows, sql};
use crate::{Store, StoreError};

/// Entries read at a time.
const PAGE: i64 = 10_000;

/// Where the log stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub entries: i64,
    /// Hash of the last one.
    pub hash: Hash,
}

/// What is wrong with the log, at the first entry where it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// What the entry says is not what was chained, or the one before it is not.
    #[error("entry {0} was changed, or an entry before it was exchanged")]
    Changed(i64),
    /// An entry of the chain is not where it belongs.
    #[error("entry {0} is missing")]
    Missing(i64),
    /// The act of an entry is not in the log any more.
    #[error("the act of entry {0} was removed")]
    Removed(i64),
    /// The log has an act that was never chained.
    #[error("act {0} was inserted past the chain")]
    Inserted(i64),
    /// The chain ends before its head, or goes on behind it.
    #[error("the log ends at entry {found}, its head says {head}")]
    Length {
        /// Last entry found.
        found: i64,
        /// Last entry by the head.
        head: i64,
    },
    /// The last entry is not the one the head names.
    #[error("the head does not fit entry {0}, the last of the log")]
    Head(i64),
}

/// Appends the act with this id. The transaction holds the head until it ends, so that instances
/// that decide at once write one chain.
pub(super) async fn append(tx: &DatabaseTransaction, entry: &Entry<'_>) -> Result<(), ForumError> {
    let head = locked_head(tx).await?;
    let entry = Entry {
        sequence: head.entries + 1,
        ..*entry
    };
    let hash = entry.hash(&head.hash);
    sql::run(
        tx,
        "INSERT INTO moderation_chain
            (sequence, act_id, thread_ref, comment_ref, moderator_mark, hash)
        VALUES ($1, $2, $3, $4, $5, $6)",
        [
            entry.sequence.into(),
            entry.id.into(),
            entry.thread.into(),
            entry.comment.into(),
            entry.moderator.into(),
            hash.to_vec().into(),
        ],
    )
    .await?;
    sql::run(
        tx,
        "UPDATE moderation_head SET sequence = $1, hash = $2 WHERE id = 1",
        [entry.sequence.into(), hash.to_vec().into()],
    )
    .await?;
    Ok(())
}

async fn locked_head(tx: &DatabaseTransaction) -> Result<Head, ForumError> {
    sql::run(
        tx,
        "INSERT INTO moderation_head (id, sequence, hash) VALUES (1, 0, $1)
        ON CONFLICT (id) DO NOTHING",
        [START.to_vec().into()],
    )
    .await?;
    let lock = match tx.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE",
        // The one writer holds everything.
        _ => "",
    };
    let query = format!("SELECT sequence, hash FROM moderation_head WHERE id = 1{lock}");
    let row = sql::one(tx, &query, []).await?;
    head(
        row.as_ref()
            .ok_or_else(|| rows::broken("moderation_head"))?,
    )
}

async fn head_now(db: &impl ConnectionTrait) -> Result<Head, ForumError> {
    let query = "SELECT sequence, hash FROM moderation_head WHERE id = 1";
    match sql::one(db, query, []).await? {
        Some(row) => head(&row),
        None => Ok(Head {
            entries: 0,
            hash: START,
        }),
    }
}

fn head(row: &QueryResult) -> Result<Head, ForumError> {
    Ok(Head {
        entries: row.try_get("", "sequence")?,
        hash: hash(row, "hash")?,
    })
}

fn hash(row: &QueryResult, column: &str) -> Result<Hash, ForumError> {
    let bytes: Vec<u8> = row.try_get("", column)?;
    bytes.try_into().map_err(|_| rows::broken("hash"))
}

impl Store {
    /// Where the public log stands.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn log_head(&self) -> Result<Head, ForumError> {
        head_now(self.db.read()).await
    }

    /// Chains acts that were logged before there was a chain. Does nothing once there is one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn chain_earlier_acts(&self) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let chained = sql::one(&tx, "SELECT id FROM moderation_head", []).await?;
        if chained.is_some() {
            return Ok(());
        }
        // Holds off other instances that start at the same time.
        locked_head(&tx).await?;
        let first = sql::one(&tx, "SELECT sequence FROM moderation_chain LIMIT 1", []).await?;
        if first.is_some() {
            return Err(StoreError::inconsistent("the log's chain has lost its head").into());
        }
        let query = format!("{ACTS} ORDER BY m.id");
        for row in sql::all(&tx, &query, []).await? {
            let act = Act::read(&row)?;
            append(
                &tx,
                &act.entry(0, act.thread.unwrap_or_default(), act.comment, None),
            )
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Goes through the whole log and compares it with its chain. Outer errors are the
    /// database's; the inner one is the first place at which the log does not hold.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verify_log(&self) -> Result<Result<Head, ChainFault>, ForumError> {
        let tx = self.db.snapshot().await?;
        let outcome = verify(&tx).await;
        tx.rollback().await.map_err(StoreError::from)?;
        outcome
    }
}

async fn verify(tx: &DatabaseTransaction) -> Result<Result<Head, ChainFault>, ForumError> {
    let mut before = START;
    let mut last = 0;
    loop {
        let query = format!(
            "SELECT c.sequence, c.act_id, c.thread_ref, c.comment_ref, c.moderator_mark, c.hash,
                m.id, m.survey, m.act, m.thread_id, m.comment_id, m.reason, m.note,
                m.moderator_id, m.created_ms, m.detail
            FROM moderation_chain c LEFT JOIN moderation_act m ON m.id = c.act_id
            WHERE c.sequence > $1 ORDER BY c.sequence LIMIT {PAGE}"
        );
        let page = sql::all(tx, &query, [Value::from(last)]).await?;
        for row in &page {
            let sequence: i64 = row.try_get("", "sequence")?;
            if sequence != last + 1 {
                return Ok(Err(ChainFault::Missing(last + 1)));
            }
            last = sequence;
            if row.try_get::<Option<i64>>("", "id")?.is_none() {
                return Ok(Err(ChainFault::Removed(sequence)));
            }
            let found = hash(row, "hash")?;
            let act = Act::read(row)?;
            let (thread, comment): (i64, Option<i64>) = (
                row.try_get("", "thread_ref")?,
                row.try_get("", "comment_ref")?,
            );
            let mark: Option<String> = row.try_get("", "moderator_mark")?;
            let entry = act.entry(sequence, thread, comment, mark.as_deref());
            if !act.agrees(thread, comment, mark.as_deref()) || entry.hash(&before) != found {
                return Ok(Err(ChainFault::Changed(sequence)));
            }
            before = found;
        }
        if i64::try_from(page.len()).unwrap_or(PAGE) < PAGE {
            break;
        }
    }
    let query = "SELECT m.id FROM moderation_act m
        LEFT JOIN moderation_chain c ON c.act_id = m.id
        WHERE c.sequence IS NULL ORDER BY m.id LIMIT 1";
    if let Some(row) = sql::one(tx, query, []).await? {
        return Ok(Err(ChainFault::Inserted(row.try_get("", "id")?)));
    }
    let head = head_now(tx).await?;
    Ok(if head.entries != last {
        Err(ChainFault::Length {
            found: last,
            head: head.entries,
        })
    } else if head.hash != before {
        Err(ChainFault::Head(last))
    } else {
        Ok(head)
    })
}

const ACTS: &str = "SELECT m.id, m.survey, m.act, m.thread_id, m.comment_id, m.reason, m.note,
        m.moderator_id, m.created_ms, m.detail
    FROM moderation_act m";

/// An act as it stands in the log.
struct Act {
    id: i64,
    survey: String,
    act: String,
    thread: Option<i64>,
    comment: Option<i64>,
    reason: Option<String>,
    note: String,
    moderator: Option<String>,
    created_ms: i64,
    detail: String,
}

impl Act {
    fn read(row: &QueryResult) -> Result<Self, ForumError> {
        Ok(Self {
            id: row.try_get("", "id")?,
            survey: row.try_get("", "survey")?,
            act: row.try_get("", "act")?,
            thread: row.try_get("", "thread_id")?,
            comment: row.try_get("", "comment_id")?,
            reason: row.try_get("", "reason")?,
            note: row.try_get("", "note")?,
            moderator: row.try_get("", "moderator_id")?,
            created_ms: row.try_get("", "created_ms")?,
            detail: row.try_get("", "detail")?,
        })
    }

    fn entry<'a>(
        &'a self,
        sequence: i64,
        thread: i64,
        comment: Option<i64>,
        moderator: Option<&'a str>,
    ) -> Entry<'a> {
        Entry {
            sequence,
            id: self.id,
            survey: &self.survey,
            act: &self.act,
            thread,
            comment,
            reason: self.reason.as_deref(),
            note: &self.note,
            moderator,
            created_ms: self.created_ms,
            detail: &self.detail,
        }
    }

    /// References may be gone, but they may not lead elsewhere than they did.
    fn agrees(&self, thread: i64, comment: Option<i64>, moderator: Option<&str>) -> bool {
        let thread = self.thread.is_none_or(|id| id == thread);
        let comment = self.comment.is_none_or(|id| Some(id) == comment);
        // Acts from before the chain have no mark.
        let moderator = match (&self.moderator, moderator) {
            (Some(account), Some(chained)) => mark(account) == chained,
            _ => true,
        };
        thread && comment && moderator
    }
}

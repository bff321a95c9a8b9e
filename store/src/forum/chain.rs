//! Writing the chain of the public log.

use partake_core::forum::chain::{Entry, Hash, START};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult};

use super::{ForumError, rows, sql};
use crate::{Store, StoreError};

/// What the head says as long as the acts from before there was a chain are not chained.
const UNCHAINED: i64 = -1;

/// Where the log stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub entries: i64,
    /// Hash of the last one.
    pub hash: Hash,
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
            (sequence, act_id, thread_ref, comment_ref, moderator_mark, subject_mark,
                wording_mark, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            entry.sequence.into(),
            entry.id.into(),
            entry.thread.into(),
            entry.comment.into(),
            entry.moderator.into(),
            entry.subject.into(),
            entry.wording.into(),
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
    let lock = match tx.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE",
        // The one writer holds everything.
        _ => "",
    };
    let query = format!("SELECT sequence, hash FROM moderation_head WHERE id = 1{lock}");
    let row = sql::one(tx, &query, []).await?;
    // The schema comes with one; a new one would hide that the old one was taken away.
    let row = row.ok_or_else(|| StoreError::inconsistent("the log's chain has lost its head"))?;
    head(&row)
}

/// Where the log says that it stands, unless its head is gone.
pub(super) async fn head_now(db: &impl ConnectionTrait) -> Result<Option<Head>, ForumError> {
    let query = "SELECT sequence, hash FROM moderation_head WHERE id = 1";
    sql::one(db, query, [])
        .await?
        .as_ref()
        .map(head)
        .transpose()
}

fn head(row: &QueryResult) -> Result<Head, ForumError> {
    Ok(Head {
        entries: row.try_get("", "sequence")?,
        hash: hash(row, "hash")?,
    })
}

pub(super) fn hash(row: &QueryResult, column: &str) -> Result<Hash, ForumError> {
    let bytes: Vec<u8> = row.try_get("", column)?;
    bytes.try_into().map_err(|_| rows::broken("hash"))
}

impl Store {
    /// Where the public log stands.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn log_head(&self) -> Result<Head, ForumError> {
        let head = head_now(self.db.read()).await?;
        Ok(head.unwrap_or(Head {
            entries: 0,
            hash: START,
        }))
    }

    /// Chains acts that were logged before there was a chain. Does nothing once there is one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn chain_earlier_acts(&self) -> Result<(), ForumError> {
        match head_now(self.db.read()).await? {
            Some(head) if head.entries == UNCHAINED => {}
            _ => return Ok(()),
        }
        let tx = self.begin().await?;
        // Holds off other instances that start at the same time.
        if locked_head(&tx).await?.entries != UNCHAINED {
            return Ok(());
        }
        sql::run(
            &tx,
            "UPDATE moderation_head SET sequence = 0, hash = $1",
            [START.to_vec().into()],
        )
        .await?;
        let query = format!("{ACTS} ORDER BY m.id");
        for row in sql::all(&tx, &query, []).await? {
            let act = Act::read(&row)?;
            append(
                &tx,
                &act.entry(&Held {
                    thread: act.thread.unwrap_or_default(),
                    comment: act.comment,
                    ..Held::default()
                }),
            )
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

const ACTS: &str = "SELECT m.id, m.survey, m.act, m.thread_id, m.comment_id, m.reason, m.note,
        m.moderator_id, m.created_ms, m.detail, m.subject_id
    FROM moderation_act m";

/// What the chain holds fast of an act, also when what it refers to is gone.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) sequence: i64,
    pub(super) thread: i64,
    pub(super) comment: Option<i64>,
    pub(super) moderator: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) wording: Option<String>,
}

impl Held {
    pub(super) fn read(row: &QueryResult) -> Result<Self, ForumError> {
        Ok(Self {
            sequence: row.try_get("", "sequence")?,
            thread: row.try_get("", "thread_ref")?,
            comment: row.try_get("", "comment_ref")?,
            moderator: row.try_get("", "moderator_mark")?,
            subject: row.try_get("", "subject_mark")?,
            wording: row.try_get("", "wording_mark")?,
        })
    }
}

/// An act as it stands in the log.
pub(super) struct Act {
    pub(super) id: i64,
    pub(super) survey: String,
    pub(super) act: String,
    pub(super) thread: Option<i64>,
    pub(super) comment: Option<i64>,
    pub(super) reason: Option<String>,
    pub(super) note: String,
    pub(super) moderator: Option<String>,
    pub(super) created_ms: i64,
    pub(super) detail: String,
    pub(super) subject: Option<String>,
}

impl Act {
    pub(super) fn read(row: &QueryResult) -> Result<Self, ForumError> {
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
            subject: row.try_get("", "subject_id")?,
        })
    }

    /// The act as it is hashed, with what the chain holds fast of it.
    pub(super) fn entry<'a>(&'a self, held: &'a Held) -> Entry<'a> {
        Entry {
            sequence: held.sequence,
            id: self.id,
            survey: &self.survey,
            act: &self.act,
            thread: held.thread,
            comment: held.comment,
            reason: self.reason.as_deref(),
            note: &self.note,
            moderator: held.moderator.as_deref(),
            created_ms: self.created_ms,
            detail: &self.detail,
            subject: held.subject.as_deref(),
            wording: held.wording.as_deref(),
        }
    }
}

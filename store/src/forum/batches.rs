//! Decisions about many comments at once. They are applied a few seconds later, in one
//! transaction, and can be taken back until then.

use partake_core::forum::{Action, Actor, Denied, Reason, Role, Target, may};
use sea_orm::QueryResult;

use super::{Act, Decision, ForumError, Reader, log, moderation::decide, rows, sql};
use crate::{Store, StoreError};

/// Milliseconds in which a batch can be taken back.
pub const UNDO_MS: i64 = 10_000;
/// Most comments in a batch.
pub const BATCH_MAX: usize = 200;

/// A batch that waits, or how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Id.
    pub id: i64,
    /// What is done to each comment.
    pub act: Act,
    /// Number of comments.
    pub size: usize,
    /// UTC milliseconds at which it is applied.
    pub apply_ms: i64,
    /// How many were decided.
    pub applied: i64,
    /// How many were not, because somebody decided meanwhile or they had changed.
    pub refused: i64,
    /// `waiting`, `applied` or `undone`.
    pub state: String,
}

/// What is to be decided: comments with what was seen of each.
pub type BatchItem = (i64, String);

impl Store {
    /// Puts a batch in line and gives its id.
    ///
    /// # Errors
    /// [`ForumError::Denied`]; [`ForumError::NoRule`] where a rule has to be named;
    /// [`ForumError::NotFound`] for an act that is not for batches, or too many comments.
    pub async fn put_batch(
        &self,
        actor: Actor<'_>,
        items: &[BatchItem],
        decision: &Decision<'_>,
    ) -> Result<i64, ForumError> {
        may(actor, decision.act.action(), Target::Site)?;
        let known = matches!(
            decision.act,
            Act::Remove | Act::Dismiss | Act::Approve | Act::Withhold
        );
        if !known || items.is_empty() || items.len() > BATCH_MAX {
            return Err(ForumError::NotFound);
        }
        if decision.act.is_against_somebody() && decision.reason.is_none() {
            return Err(ForumError::NoRule);
        }
        let items = serde_json::to_string(items)
            .map_err(|error| StoreError::inconsistent(error.to_string()))?;
        let row = sql::one(
            self.db.write(),
            "INSERT INTO moderation_batch (moderator_id, act, reason, note, items, apply_ms, state,
                applied, refused)
            VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, 0) RETURNING id",
            [
                Reader::of(actor).account.unwrap_or_default().into(),
                decision.act.as_str().into(),
                decision.reason.map(Reason::as_str).into(),
                decision.note.into(),
                items.into(),
                (decision.now_ms + UNDO_MS).into(),
            ],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        Ok(row.try_get("", "id")?)
    }

    /// Takes a batch of one's own back.
    ///
    /// # Errors
    /// [`ForumError::DecidedBefore`] when it was applied already or is not one's own.
    pub async fn undo_batch(&self, actor: Actor<'_>, batch: i64) -> Result<(), ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let undone = sql::run(
            self.db.write(),
            "UPDATE moderation_batch SET state = 'undone'
            WHERE id = $1 AND moderator_id = $2 AND state = 'waiting'",
            [
                batch.into(),
                Reader::of(actor).account.unwrap_or_default().into(),
            ],
        )
        .await?;
        if undone == 0 {
            return Err(ForumError::DecidedBefore);
        }
        Ok(())
    }

    /// A batch of one's own.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn batch(&self, actor: Actor<'_>, id: i64) -> Result<Option<Batch>, ForumError> {
        let row = sql::one(
            self.db.read(),
            "SELECT id, act, items, apply_ms, applied, refused, state FROM moderation_batch
            WHERE id = $1 AND moderator_id = $2",
            [
                id.into(),
                Reader::of(actor).account.unwrap_or_default().into(),
            ],
        )
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// Comments of batches that wait, so that nobody decides them twice.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn in_batches(&self) -> Result<Vec<i64>, ForumError> {
        let found = sql::all(
            self.db.read(),
            "SELECT items FROM moderation_batch WHERE state = 'waiting'",
            [],
        )
        .await?;
        let mut ids = Vec::new();
        for row in &found {
            ids.extend(items(row)?.into_iter().map(|(id, _)| id));
        }
        Ok(ids)
    }

    /// Applies every batch that is due, each once however many instances ask, and gives the number
    /// of batches.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn apply_due_batches(&self, now_ms: i64) -> Result<usize, ForumError> {
        let due = sql::all(
            self.db.read(),
            "SELECT id FROM moderation_batch WHERE state = 'waiting' AND apply_ms <= $1
            ORDER BY id",
            [now_ms.into()],
        )
        .await?;
        let mut applied = 0;
        for row in &due {
            applied += usize::from(self.apply_batch(row.try_get("", "id")?, now_ms).await?);
        }
        Ok(applied)
    }

    async fn apply_batch(&self, id: i64, now_ms: i64) -> Result<bool, ForumError> {
        let tx = self.begin().await?;
        let row = sql::one(
            &tx,
            "UPDATE moderation_batch SET state = 'applied' WHERE id = $1 AND state = 'waiting'
            RETURNING moderator_id, act, reason, note, items",
            [id.into()],
        )
        .await?;
        let Some(row) = row else {
            return Ok(false);
        };
        let moderator: String = row.try_get("", "moderator_id")?;
        let note: String = row.try_get("", "note")?;
        let (act, reason) = (log::act(&row)?, rows::reason(&row)?);
        // What the account may do is read again for each comment; this only does not lower it.
        let actor = Actor::Account {
            id: &moderator,
            role: Role::Owner,
        };
        // Threads are held in one order, or two batches could wait for each other.
        let mut items = items(&row)?;
        items.sort_unstable();
        let (mut applied, mut refused) = (0_i64, 0_i64);
        let mut seen_first = Vec::new();
        for (comment, seen) in &items {
            let decision = Decision {
                act,
                reason,
                note: &note,
                seen: Some(seen),
                now_ms,
            };
            match decide(&tx, actor, *comment, &decision).await {
                Ok(Some(decided)) => {
                    applied += 1;
                    seen_first.extend(decided.posted);
                }
                Ok(None)
                | Err(
                    ForumError::NotFound
                    | ForumError::Stale
                    | ForumError::Claimed(_)
                    | ForumError::MendedBefore
                    | ForumError::NoSentence
                    | ForumError::Retired
                    | ForumError::Denied(
                        Denied::Gone
                        | Denied::Yours
                        | Denied::Role
                        | Denied::NotWithheld
                        | Denied::NotRemoved
                        | Denied::Unacknowledged
                        | Denied::Silenced
                        | Denied::Suspended
                        | Denied::Banned,
                    ),
                ) => refused += 1,
                Err(error) => return Err(error),
            }
        }
        sql::run(
            &tx,
            "UPDATE moderation_batch SET applied = $1, refused = $2 WHERE id = $3",
            [applied.into(), refused.into(), id.into()],
        )
        .await?;
        for &posted in &seen_first {
            self.tell_others(&tx, posted).await?;
        }
        tx.commit().await?;
        for posted in seen_first {
            self.tell_here(posted);
        }
        Ok(true)
    }
}

fn items(row: &QueryResult) -> Result<Vec<BatchItem>, ForumError> {
    let items: String = row.try_get("", "items")?;
    serde_json::from_str(&items).map_err(|_| rows::broken("items"))
}

fn read(row: &QueryResult) -> Result<Batch, ForumError> {
    Ok(Batch {
        id: row.try_get("", "id")?,
        act: log::act(row)?,
        size: items(row)?.len(),
        apply_ms: row.try_get("", "apply_ms")?,
        applied: row.try_get("", "applied")?,
        refused: row.try_get("", "refused")?,
        state: row.try_get("", "state")?,
    })
}

//! Votes on comments: one of each account, and counters that are the sum of them.

use std::collections::HashMap;

use partake_core::forum::{Action, Actor, ranking::best_rank};
use sea_orm::{DatabaseTransaction, QueryResult};

use super::{ForumError, Reader, change::hold_comment_for, sql};
use crate::Store;

/// A vote on a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vote {
    /// For it.
    Up,
    /// Against it.
    Down,
}

impl Vote {
    pub(super) const fn value(self) -> i64 {
        match self {
            Self::Up => 1,
            Self::Down => -1,
        }
    }

    const fn of(value: i64) -> Self {
        if value > 0 { Self::Up } else { Self::Down }
    }
}

impl Store {
    /// Sets, changes or takes back the vote of an account. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn vote(
        &self,
        actor: Actor<'_>,
        comment: i64,
        vote: Option<Vote>,
    ) -> Result<(), ForumError> {
        let account = Reader::of(actor).account.unwrap_or_default();
        let tx = self.begin().await?;
        hold_comment_for(&tx, actor, Action::Vote, comment).await?;
        match vote {
            Some(vote) => {
                sql::run(
                    &tx,
                    "INSERT INTO comment_vote (account_id, comment_id, value)
                    VALUES ($1, $2, $3)
                    ON CONFLICT (account_id, comment_id) DO UPDATE SET value = excluded.value",
                    [account.into(), comment.into(), vote.value().into()],
                )
                .await?
            }
            None => {
                sql::run(
                    &tx,
                    "DELETE FROM comment_vote WHERE account_id = $1 AND comment_id = $2",
                    [account.into(), comment.into()],
                )
                .await?
            }
        };
        count(&tx, comment).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The votes of an account on these comments.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn votes_on(
        &self,
        account: &str,
        comments: &[i64],
    ) -> Result<HashMap<i64, Vote>, ForumError> {
        let query = format!(
            "SELECT comment_id, value FROM comment_vote WHERE account_id = $1 AND comment_id IN ({})",
            sql::listed(self.db.read(), 2)
        );
        let values = [account.into(), sql::list(comments)];
        let found = sql::all(self.db.read(), &query, values).await?;
        found.iter().map(vote).collect()
    }

    /// Every vote of an account, by comment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn votes_of(&self, account: &str) -> Result<Vec<(i64, Vote)>, ForumError> {
        let found = sql::all(
            self.db.read(),
            "SELECT comment_id, value FROM comment_vote WHERE account_id = $1
            ORDER BY comment_id",
            [account.into()],
        )
        .await?;
        found.iter().map(vote).collect()
    }
}

fn vote(row: &QueryResult) -> Result<(i64, Vote), ForumError> {
    let value = row.try_get("", "value")?;
    Ok((row.try_get("", "comment_id")?, Vote::of(value)))
}

/// Takes back every vote of an account, before it is deleted.
pub(super) async fn forget(tx: &DatabaseTransaction, account: &str) -> Result<(), ForumError> {
    let found = sql::all(
        tx,
        "DELETE FROM comment_vote WHERE account_id = $1 RETURNING comment_id",
        [account.into()],
    )
    .await?;
    for row in found {
        count(tx, row.try_get("", "comment_id")?).await?;
    }
    Ok(())
}

/// Makes the counters of a comment the sum of its votes. The thread is held or its votes are
/// being deleted, so nobody counts in between.
async fn count(tx: &DatabaseTransaction, comment: i64) -> Result<(), ForumError> {
    let row = sql::one(
        tx,
        "SELECT count(CASE WHEN value > 0 THEN 1 END) AS up,
            count(CASE WHEN value < 0 THEN 1 END) AS down
        FROM comment_vote WHERE comment_id = $1",
        [comment.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let (up, down): (i64, i64) = (row.try_get("", "up")?, row.try_get("", "down")?);
    let small = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    sql::run(
        tx,
        "UPDATE comment SET up = $1, down = $2, score = $3, best = $4 WHERE id = $5",
        [
            up.into(),
            down.into(),
            (up - down).into(),
            best_rank(small(up), small(down)).into(),
            comment.into(),
        ],
    )
    .await?;
    Ok(())
}

//! How far an account has come, and what it has written lately.

use partake_core::forum::{
    Role,
    pipeline::RATE_MINUTES,
    trust::{COUNTED, Level, Limits, RECENT_DAYS, Record},
};
use sea_orm::ConnectionTrait;

use super::{ForumError, rows, sql};
use crate::Store;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;
/// How many of the last comments are compared for repetition.
const COMPARED: usize = 20;

/// What is known about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What it has earned.
    pub level: Level,
    /// By what.
    pub record: Record,
    /// What it did within twenty-four hours.
    pub today: Limits,
    /// Comments in the last minutes that the pipeline looks at.
    pub recent: i64,
}

impl Standing {
    /// What is left for today.
    #[must_use]
    pub fn left(&self) -> Limits {
        let limits = self.level.limits();
        Limits {
            threads: (limits.threads - self.today.threads).max(0),
            comments: (limits.comments - self.today.comments).max(0),
            reports: (limits.reports - self.today.reports).max(0),
        }
    }
}

/// The record of an account.
pub(super) async fn record(
    db: &impl ConnectionTrait,
    account: &str,
    now_ms: i64,
) -> Result<Record, ForumError> {
    let row = sql::one(
        db,
        &format!(
            "SELECT a.role, a.created_ms,
                (SELECT count(*) FROM (SELECT 1 AS one FROM comment c
                    WHERE c.author_id = $1 AND c.state = 'visible' LIMIT {COUNTED}) x) AS accepted,
                (SELECT count(*) FROM moderation_act m
                    WHERE m.subject_id = $1 AND m.created_ms > $2
                        AND m.act IN ('remove', 'warn', 'silence', 'suspend', 'ban')
                        AND NOT EXISTS (SELECT 1 FROM appeal p
                            WHERE p.act_id = m.id AND p.state = 'overturned')) AS decisions
            FROM account a WHERE a.id = $1"
        ),
        [account.into(), (now_ms - RECENT_DAYS * DAY_MS).into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let role: String = row.try_get("", "role")?;
    let role: Role = role.parse().map_err(|_| rows::broken("role"))?;
    Ok(Record {
        age_ms: now_ms - row.try_get::<i64>("", "created_ms")?,
        accepted: row.try_get("", "accepted")?,
        recent_decisions: row.try_get("", "decisions")?,
        staff: role > Role::Member,
    })
}

impl Store {
    /// What is known about an account.
    ///
    /// # Errors
    /// [`ForumError::NotFound`].
    pub async fn standing(&self, account: &str, now_ms: i64) -> Result<Standing, ForumError> {
        let db = self.db.read();
        let record = record(db, account, now_ms).await?;
        let since = now_ms - DAY_MS;
        let row = sql::one(
            db,
            "SELECT
                (SELECT count(*) FROM thread WHERE author_id = $1 AND created_ms > $2) AS threads,
                (SELECT count(*) FROM comment WHERE author_id = $1 AND created_ms > $2) AS comments,
                (SELECT count(*) FROM comment WHERE author_id = $1 AND created_ms > $3) AS recent,
                (SELECT count(*) FROM report WHERE reporter_id = $1 AND created_ms > $2) AS reports",
            [
                account.into(),
                since.into(),
                (now_ms - RATE_MINUTES * MINUTE_MS).into(),
            ],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        Ok(Standing {
            level: Level::of(&record),
            record,
            today: Limits {
                threads: row.try_get("", "threads")?,
                comments: row.try_get("", "comments")?,
                reports: row.try_get("", "reports")?,
            },
            recent: row.try_get("", "recent")?,
        })
    }

    /// True when the account said the same within a day.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn said_before(
        &self,
        account: &str,
        body: &str,
        now_ms: i64,
    ) -> Result<bool, ForumError> {
        let found = sql::all(
            self.db.read(),
            &format!(
                "SELECT body FROM comment WHERE author_id = $1 AND created_ms > $2
                ORDER BY created_ms DESC LIMIT {COMPARED}"
            ),
            [account.into(), (now_ms - DAY_MS).into()],
        )
        .await?;
        for row in &found {
            if row.try_get::<String>("", "body")? == body {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

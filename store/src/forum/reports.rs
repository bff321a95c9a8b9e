//! Reporting comments.

use partake_core::forum::{
    Action, Actor, Reason, pipeline::Finding, trust::Level, urgency::weight,
};
use sea_orm::DatabaseTransaction;

use super::{
    ForumError, Reader, cases, change::hold_comment_for, rules, settings::settings, sql, standing,
};
use crate::{Store, error::is_duplicate};

impl Store {
    /// Reports a comment, once per person.
    ///
    /// # Errors
    /// [`ForumError::AlreadyReported`], [`ForumError::Denied`], [`ForumError::NotFound`];
    /// [`ForumError::Retired`] under a rule that is not in force any more.
    pub async fn report_comment(
        &self,
        actor: Actor<'_>,
        id: i64,
        reason: Reason,
        note: &str,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let reader = Reader::of(actor);
        let tx = self.begin().await?;
        let comment = hold_comment_for(&tx, actor, Action::Report, id).await?;
        let rule = rules::current(&tx, reason).await?;
        let version = rule.as_ref().map(|stored| stored.rule.version);
        if rule.is_some_and(|rule| rule.retired) {
            return Err(ForumError::Retired);
        }
        let record = standing::record(&tx, reader.account.unwrap_or_default(), now_ms).await?;
        let reporter = Level::of(&record);
        let written = sql::run(
            &tx,
            "INSERT INTO report
                (comment_id, reporter_id, reason, note, state, created_ms, weight, rule_version)
            VALUES ($1, $2, $3, $4, 'open', $5, $6, $7)",
            [
                id.into(),
                reader.account.into(),
                reason.as_str().into(),
                note.into(),
                now_ms.into(),
                thousandths(reporter).into(),
                version.into(),
            ],
        )
        .await;
        match written {
            Ok(_) => {}
            Err(error) if is_duplicate(&error) => return Err(ForumError::AlreadyReported),
            Err(error) => return Err(error.into()),
        }
        match withhold_at(&tx, id).await? {
            Some(count) => {
                let findings = [Finding::Reports { count }];
                cases::hold(&tx, comment.thread_id, id, &findings, now_ms).await?;
            }
            None => cases::refresh(&tx, id, now_ms).await?,
        }
        tx.commit().await?;
        Ok(())
    }
}

/// Reports are weighed in thousandths.
fn thousandths(reporter: Level) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "weights are small and exact in thousandths"
    )]
    let weight = (weight(reporter) * 1_000.0) as i64;
    weight
}

/// The number of open reports, when they weigh enough to withhold the comment. What a moderator
/// has looked at and left is not withheld again for its reports, unless its author changed it.
async fn withhold_at(tx: &DatabaseTransaction, comment: i64) -> Result<Option<i64>, ForumError> {
    let threshold = settings(tx).await?.reports;
    if threshold == 0 {
        return Ok(None);
    }
    let row = sql::one(
        tx,
        "SELECT count(*) AS n, CAST(sum(weight) AS bigint) AS weight FROM report
        WHERE comment_id = $1 AND state = 'open'",
        [comment.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    if row.try_get::<i64>("", "weight")? < threshold * 1_000 {
        return Ok(None);
    }
    let judged = sql::one(
        tx,
        "SELECT 1 AS one FROM moderation_act m JOIN comment c ON c.id = m.comment_id
        WHERE m.comment_id = $1 AND m.act IN ('dismiss', 'approve', 'restore', 'overturn')
            AND m.created_ms >= coalesce(c.edited_ms, 0) LIMIT 1",
        [comment.into()],
    )
    .await?;
    Ok(match judged {
        Some(_) => None,
        None => Some(row.try_get("", "n")?),
    })
}

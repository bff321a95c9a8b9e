//! Second looks: a moderator judges what another has decided, without knowing how.

use partake_core::forum::{Action, Actor, Reason, Target, may};
use sea_orm::QueryResult;

use super::{Act, Comment, ForumError, Reader, log, rows, sql, tree};
use crate::{Store, error::is_duplicate};

/// What somebody thinks of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It can stay.
    Keep,
    /// It breaks this rule.
    Breaks(Reason),
}

impl Verdict {
    /// The code that is stored, and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Breaks(reason) => reason.as_str(),
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "keep" => Some(Self::Keep),
            code => code.parse().ok().map(Self::Breaks),
        }
    }
}

/// A decided comment that waits for a second look. What was decided is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondLook {
    /// The act.
    pub act: i64,
    /// The comment.
    pub comment: Comment,
    /// What it replies to.
    pub parent: Option<Comment>,
    /// Title of its thread.
    pub thread_title: String,
}

/// Decisions that draw a second look: a fixed share, spread evenly over the log, and nobody who
/// decides can tell which before the decision is written.
const DRAWN: &str = "m.act IN ('remove', 'dismiss', 'approve')
    AND m.comment_id IS NOT NULL AND c.state <> 'deleted'
    AND (m.id * 7919 + 31) % 100 < $1
    AND NOT EXISTS (SELECT 1 FROM second_review s WHERE s.act_id = m.id)";

impl Store {
    /// The next comment to look at a second time, of those that others decided.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn second_look(
        &self,
        actor: Actor<'_>,
        percent: i64,
    ) -> Result<Option<SecondLook>, ForumError> {
        may(actor, Action::Review, Target::Site)?;
        let reader = Reader::of(actor);
        let me = reader.account.unwrap_or_default();
        let db = self.db.read();
        let query = format!(
            "SELECT m.id, m.comment_id, t.title FROM moderation_act m
            JOIN comment c ON c.id = m.comment_id JOIN thread t ON t.id = c.thread_id
            WHERE {DRAWN} AND coalesce(m.moderator_id, '') <> $2
                AND coalesce(c.author_id, '') <> $2 ORDER BY m.id LIMIT 1"
        );
        let Some(row) = sql::one(db, &query, [percent.into(), me.into()]).await? else {
            return Ok(None);
        };
        let id: i64 = row.try_get("", "comment_id")?;
        let comment = tree::by_ids(db, &[id], reader).await?.into_iter().next();
        let comment = comment.ok_or(ForumError::NotFound)?;
        let parent = match comment.parent_id {
            Some(parent) => tree::by_ids(db, &[parent], reader)
                .await?
                .into_iter()
                .next(),
            None => None,
        };
        Ok(Some(SecondLook {
            act: row.try_get("", "id")?,
            comment,
            parent,
            thread_title: row.try_get("", "title")?,
        }))
    }

    /// Records what somebody thinks who did not know the decision.
    ///
    /// # Errors
    /// [`ForumError::Denied`] for whoever decided or wrote it, [`ForumError::NotFound`],
    /// [`ForumError::DecidedBefore`].
    pub async fn review(
        &self,
        actor: Actor<'_>,
        act: i64,
        verdict: Verdict,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let reader = Reader::of(actor);
        let tx = self.begin().await?;
        let row = sql::one(
            &tx,
            "SELECT m.act, m.reason, m.moderator_id, c.author_id FROM moderation_act m
            JOIN comment c ON c.id = m.comment_id
            WHERE m.id = $1 AND m.act IN ('remove', 'dismiss', 'approve')",
            [act.into()],
        )
        .await?;
        may(actor, Action::Review, Target::Site)?;
        let row = row.ok_or(ForumError::NotFound)?;
        let moderator: Option<String> = row.try_get("", "moderator_id")?;
        let author: Option<String> = row.try_get("", "author_id")?;
        let decision = Target::Decision {
            subject: author.as_deref(),
            moderator: moderator.as_deref(),
        };
        may(actor, Action::Review, decision)?;
        if author.is_some() && author.as_deref() == reader.account {
            return Err(partake_core::forum::Denied::Yours.into());
        }
        let written = sql::run(
            &tx,
            "INSERT INTO second_review (act_id, reviewer_id, first_verdict, second_verdict,
                created_ms)
            VALUES ($1, $2, $3, $4, $5)",
            [
                act.into(),
                reader.account.into(),
                first(&row)?.as_str().into(),
                verdict.as_str().into(),
                now_ms.into(),
            ],
        )
        .await;
        match written {
            Ok(_) => {}
            Err(error) if is_duplicate(&error) => return Err(ForumError::DecidedBefore),
            Err(error) => return Err(error.into()),
        }
        tx.commit().await?;
        Ok(())
    }
}

fn first(row: &QueryResult) -> Result<Verdict, ForumError> {
    Ok(match (log::act(row)?, rows::reason(row)?) {
        (Act::Remove, Some(reason)) => Verdict::Breaks(reason),
        (Act::Remove, None) => Verdict::Breaks(Reason::Other),
        _ => Verdict::Keep,
    })
}

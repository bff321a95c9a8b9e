//! Cases: what waits for a decision, why, and who is at it. A case is a row as long as it is open.

use partake_core::forum::{
    Action, Actor, CommentState, Target, may,
    pipeline::Finding,
    urgency::{Case, rank, severity},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{
    Act, ForumError, Reader,
    log::{self, Entering, Place},
    moderation::author_of,
    rows, sql,
};
use crate::{Store, StoreError};

/// How long a claim holds when nothing is decided.
pub const CLAIM_MS: i64 = 30 * 60 * 1_000;

/// Why a comment is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It is looked at before it is published.
    Premoderation,
    /// A rule of the pipeline noticed something.
    Automatic,
    /// Its author has changed it and sent it in again.
    Mended,
    /// Its author should change it.
    Edit,
}

impl Hold {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Premoderation,
        Self::Automatic,
        Self::Mended,
        Self::Edit,
    ];

    /// The code that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Premoderation => "premoderation",
            Self::Automatic => "automatic",
            Self::Mended => "mended",
            Self::Edit => "edit",
        }
    }

    pub(super) fn read(code: &str) -> Result<Self, ForumError> {
        Self::ALL
            .into_iter()
            .find(|hold| hold.as_str() == code)
            .ok_or_else(|| rows::broken("hold"))
    }

    fn of(findings: &[Finding]) -> Self {
        if findings.contains(&Finding::Mended) {
            Self::Mended
        } else if findings.iter().all(Finding::is_routine) {
            Self::Premoderation
        } else {
            Self::Automatic
        }
    }
}

/// Withholds a comment with what was found, and opens a case. What more than routine withholds is
/// an act, and stands in the log.
pub(super) async fn hold(
    tx: &DatabaseTransaction,
    thread: i64,
    comment: i64,
    findings: &[Finding],
    now_ms: i64,
) -> Result<(), ForumError> {
    let hold = Hold::of(findings);
    put(tx, comment, hold, findings).await?;
    sql::run(
        tx,
        "UPDATE comment SET state = $1, reason = NULL, note = NULL WHERE id = $2",
        [CommentState::Withheld.as_str().into(), comment.into()],
    )
    .await?;
    if hold == Hold::Automatic {
        let (author, _) = author_of(tx, comment).await?;
        let codes: Vec<_> = findings.iter().map(Finding::as_str).collect();
        let entering = Entering {
            act: Act::Hold,
            place: Place::Comment { thread, comment },
            reason: None,
            note: &codes.join(" "),
            detail: partake_core::forum::detail::Detail::default(),
            subject: None,
            tell: author.as_deref(),
            now_ms,
        };
        log::enter(tx, None, &entering).await?;
    }
    refresh(tx, comment, now_ms).await
}

/// Remembers why a comment is withheld.
pub(super) async fn put(
    tx: &DatabaseTransaction,
    comment: i64,
    hold: Hold,
    findings: &[Finding],
) -> Result<(), ForumError> {
    let findings = serde_json::to_string(findings)
        .map_err(|error| StoreError::inconsistent(error.to_string()))?;
    sql::run(
        tx,
        "INSERT INTO comment_hold (comment_id, kind, findings) VALUES ($1, $2, $3)
        ON CONFLICT (comment_id) DO UPDATE SET kind = excluded.kind, findings = excluded.findings",
        [comment.into(), hold.as_str().into(), findings.into()],
    )
    .await?;
    Ok(())
}

/// Why a comment is withheld, if it is.
pub(super) async fn held(
    db: &impl ConnectionTrait,
    comment: i64,
) -> Result<Option<(Hold, Vec<Finding>)>, ForumError> {
    let row = sql::one(
        db,
        "SELECT kind, findings FROM comment_hold WHERE comment_id = $1",
        [comment.into()],
    )
    .await?;
    let Some(row) = row else { return Ok(None) };
    let kind: String = row.try_get("", "kind")?;
    let findings: String = row.try_get("", "findings")?;
    let findings = serde_json::from_str(&findings).map_err(|_| rows::broken("findings"))?;
    Ok(Some((Hold::read(&kind)?, findings)))
}

/// Brings the case of a comment in line with its open reports and with what withholds it.
pub(super) async fn refresh(
    tx: &impl ConnectionTrait,
    comment: i64,
    now_ms: i64,
) -> Result<(), ForumError> {
    let reports = sql::all(
        tx,
        "SELECT reason, weight, created_ms FROM report WHERE comment_id = $1 AND state = 'open'",
        [comment.into()],
    )
    .await?;
    let hold = held(tx, comment).await?.map(|(hold, _)| hold);
    let waits = hold.filter(|&hold| hold != Hold::Edit);
    if reports.is_empty() && waits.is_none() {
        return close(tx, comment).await;
    }
    let (mut weight, mut gravest, mut opened_ms) = (0, 0_f64, now_ms);
    for row in &reports {
        weight += row.try_get::<i64>("", "weight")?;
        let reason = rows::reason(row)?.ok_or_else(|| rows::broken("reason"))?;
        gravest = gravest.max(severity(reason));
        opened_ms = opened_ms.min(row.try_get("", "created_ms")?);
    }
    let known = sql::one(
        tx,
        "SELECT c.descendant_count, m.opened_ms FROM comment c
        LEFT JOIN moderation_case m ON m.comment_id = c.id WHERE c.id = $1",
        [comment.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    if let Some(earlier) = known.try_get::<Option<i64>>("", "opened_ms")? {
        opened_ms = opened_ms.min(earlier);
    }
    let thousandths = f64::from(i32::try_from(weight).unwrap_or(i32::MAX));
    let rank = rank(&Case {
        reports: thousandths / 1_000.0,
        severity: gravest,
        replies: known.try_get("", "descendant_count")?,
        opened_ms,
    });
    sql::run(
        tx,
        "INSERT INTO moderation_case (comment_id, kind, reports, rank, opened_ms)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (comment_id) DO UPDATE SET kind = excluded.kind, reports = excluded.reports,
            rank = excluded.rank, opened_ms = excluded.opened_ms",
        [
            comment.into(),
            waits.map_or("reported", Hold::as_str).into(),
            i64::try_from(reports.len()).unwrap_or(i64::MAX).into(),
            rank.into(),
            opened_ms.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Closes a case.
pub(super) async fn close(tx: &impl ConnectionTrait, comment: i64) -> Result<(), ForumError> {
    sql::run(
        tx,
        "DELETE FROM moderation_case WHERE comment_id = $1",
        [comment.into()],
    )
    .await?;
    Ok(())
}

/// Refuses when another moderator is at this case.
pub(super) async fn unclaimed(
    tx: &DatabaseTransaction,
    comment: i64,
    me: &str,
    now_ms: i64,
) -> Result<(), ForumError> {
    let row = sql::one(
        tx,
        "SELECT a.handle FROM moderation_case m JOIN account a ON a.id = m.claimed_by
        WHERE m.comment_id = $1 AND m.claimed_by <> $2 AND m.claimed_ms > $3",
        [comment.into(), me.into(), (now_ms - CLAIM_MS).into()],
    )
    .await?;
    match row {
        Some(row) => Err(ForumError::Claimed(
            row.try_get::<Option<String>>("", "handle")?
                .unwrap_or_default(),
        )),
        None => Ok(()),
    }
}

impl Store {
    /// Takes a case for oneself; with `take`, also from somebody else.
    ///
    /// # Errors
    /// [`ForumError::Claimed`], [`ForumError::Denied`]; [`ForumError::DecidedBefore`] when the case
    /// is closed.
    pub async fn claim_case(
        &self,
        actor: Actor<'_>,
        comment: i64,
        take: bool,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let me = Reader::of(actor).account.unwrap_or_default();
        let tx = self.begin().await?;
        if !take {
            unclaimed(&tx, comment, me, now_ms).await?;
        }
        let claimed = sql::run(
            &tx,
            "UPDATE moderation_case SET claimed_by = $1, claimed_ms = $2 WHERE comment_id = $3",
            [me.into(), now_ms.into(), comment.into()],
        )
        .await?;
        if claimed == 0 {
            return Err(ForumError::DecidedBefore);
        }
        tx.commit().await?;
        Ok(())
    }

    /// Gives a case back. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn release_case(&self, actor: Actor<'_>, comment: i64) -> Result<(), ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let me = Reader::of(actor).account.unwrap_or_default();
        sql::run(
            self.db.write(),
            "UPDATE moderation_case SET claimed_by = NULL, claimed_ms = NULL
            WHERE comment_id = $1 AND claimed_by = $2",
            [comment.into(), me.into()],
        )
        .await?;
        Ok(())
    }

    /// Why a comment is withheld, if it is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn hold_of(&self, comment: i64) -> Result<Option<(Hold, Vec<Finding>)>, ForumError> {
        held(self.db.read(), comment).await
    }
}

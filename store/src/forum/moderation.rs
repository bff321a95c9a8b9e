//! Decisions of moderators. A decision and its entry in the log are one transaction: there is no
//! act without a trace.

use partake_core::{
    forum::{About, Actor, CommentState, Reason, Restriction, Role, Target, detail::Detail, may},
    lang::Lang,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{
    Act, Comment, ForumError, Hold, Reader, cases,
    change::hold_comment,
    log::{self, Entering, Place},
    notices, rows, rules, sanctions, sql,
};
use crate::Store;

/// A decision about a comment or thread.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// What is done.
    pub act: Act,
    /// Under which rule; needed for what is against somebody.
    pub reason: Option<Reason>,
    /// Words that everyone reads, the author too; where there are none, the rule's own.
    pub note: &'a str,
    /// What the moderator looked at, see [`seen`]; `None` to decide whatever is there.
    pub seen: Option<&'a str>,
    /// UTC milliseconds.
    pub now_ms: i64,
}

/// A change of how a thread is moderated that takes a value.
#[derive(Clone, Copy, Debug)]
pub enum ThreadChange<'a> {
    /// Seconds between two comments of one person; 0 for none.
    Slow(i64),
    /// What the thread is about.
    About(&'a About),
}

/// Stands for what a moderator saw of a comment: its last act and its last edit.
pub(super) fn seen(last_act: i64, edited_ms: Option<i64>) -> String {
    format!("{last_act}.{}", edited_ms.unwrap_or_default())
}

/// The last act about each comment.
pub(super) async fn last_act(db: &impl ConnectionTrait, comment: i64) -> Result<i64, ForumError> {
    let row = sql::one(
        db,
        "SELECT coalesce(max(id), 0) AS id FROM moderation_act WHERE comment_id = $1",
        [comment.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    Ok(row.try_get("", "id")?)
}

/// The actor as the account is now: a request may have begun before somebody was demoted.
pub(super) async fn actor_now<'a>(
    tx: &DatabaseTransaction,
    actor: Actor<'a>,
    now_ms: i64,
) -> Result<Actor<'a>, ForumError> {
    let Actor::Account { id, role: asked } = actor else {
        return Ok(actor);
    };
    let row = sql::one(
        tx,
        "SELECT role, state FROM account WHERE id = $1",
        [id.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let state: String = row.try_get("", "state")?;
    if state != "active" {
        return Ok(Actor::Restricted {
            id,
            by: Restriction::Suspended,
        });
    }
    if let Some(by) = sanctions::restriction(tx, id, now_ms).await? {
        return Ok(Actor::Restricted { id, by });
    }
    let role: String = row.try_get("", "role")?;
    let role: Role = role.parse().map_err(|_| rows::broken("role"))?;
    // Whoever came with less, for want of a second step, say, gets no more here.
    let role = role.min(asked);
    Ok(Actor::Account { id, role })
}

/// Whose a comment is, and in which language it was written.
pub(super) async fn author_of(
    db: &impl ConnectionTrait,
    comment: i64,
) -> Result<(Option<String>, Lang), ForumError> {
    let row = sql::one(
        db,
        "SELECT author_id, lang FROM comment WHERE id = $1",
        [comment.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let lang: String = row.try_get("", "lang")?;
    Ok((
        row.try_get("", "author_id")?,
        lang.parse().unwrap_or(Lang::En),
    ))
}

/// What a decision cites and says: version and words.
pub(super) async fn grounds(
    tx: &DatabaseTransaction,
    decision: &Decision<'_>,
    lang: Lang,
) -> Result<(Option<i64>, String), ForumError> {
    match decision.reason {
        Some(reason) if decision.act.is_against_somebody() => {
            let (version, words) = rules::cite(tx, reason, decision.note, lang).await?;
            Ok((Some(version), words))
        }
        None if decision.act.is_against_somebody() => Err(ForumError::NoRule),
        _ => Ok((None, decision.note.to_owned())),
    }
}

impl Store {
    /// Decides about a comment, and gives the id of the act; none when there was nothing left to
    /// decide.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`], [`ForumError::Stale`],
    /// [`ForumError::Claimed`], and what is said there about grounds.
    pub async fn decide_comment(
        &self,
        actor: Actor<'_>,
        id: i64,
        decision: Decision<'_>,
    ) -> Result<Option<i64>, ForumError> {
        let tx = self.begin().await?;
        let act = decide(&tx, actor, id, &decision).await?;
        if act.is_some() && matches!(decision.act, Act::Remove | Act::Restore) {
            notices::decided(&tx, id, decision.now_ms).await?;
        }
        tx.commit().await?;
        Ok(act)
    }

    /// Locks, pins or premoderates a thread, or no longer. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn decide_thread(
        &self,
        actor: Actor<'_>,
        id: i64,
        decision: Decision<'_>,
    ) -> Result<(), ForumError> {
        let (column, on) = match decision.act {
            Act::Lock => ("locked", true),
            Act::Unlock => ("locked", false),
            Act::Pin => ("pinned", true),
            Act::Unpin => ("pinned", false),
            Act::Premoderate => ("premoderated", true),
            Act::Unpremoderate => ("premoderated", false),
            _ => return Err(ForumError::NotFound),
        };
        let tx = self.begin().await?;
        let actor = actor_now(&tx, actor, decision.now_ms).await?;
        may(
            actor,
            decision.act.action(),
            Target::Thread { locked: false },
        )?;
        let changed = sql::run(
            &tx,
            &format!("UPDATE thread SET {column} = $1 WHERE id = $2 AND {column} <> $1"),
            [on.into(), id.into()],
        )
        .await?;
        let row = sql::one(
            &tx,
            "SELECT t.author_id, o.lang FROM thread t LEFT JOIN comment o ON o.id = t.opening_id
            WHERE t.id = $1",
            [id.into()],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        if changed == 0 {
            return Ok(());
        }
        let author: Option<String> = row.try_get("", "author_id")?;
        let lang: Option<String> = row.try_get("", "lang")?;
        let lang = lang.and_then(|l| l.parse().ok()).unwrap_or(Lang::En);
        let (rule, words) = grounds(&tx, &decision, lang).await?;
        let entering = Entering {
            act: decision.act,
            place: Place::Thread(id),
            reason: decision.reason,
            note: &words,
            detail: Detail {
                rule,
                ..Detail::default()
            },
            subject: author
                .as_deref()
                .filter(|_| decision.act.is_against_somebody()),
            now_ms: decision.now_ms,
        };
        log::enter(&tx, Some(actor), &entering).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Changes something about a thread that takes a value.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn change_thread(
        &self,
        actor: Actor<'_>,
        id: i64,
        change: ThreadChange<'_>,
        note: &str,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let actor = actor_now(&tx, actor, now_ms).await?;
        let (act, changed, seconds) = match change {
            ThreadChange::Slow(seconds) => {
                let changed = sql::run(
                    &tx,
                    "UPDATE thread SET slow_seconds = $1 WHERE id = $2",
                    [seconds.into(), id.into()],
                )
                .await?;
                (Act::Slow, changed, Some(seconds))
            }
            ThreadChange::About(about) => {
                let (kind, about_ref, release) = rows::about_columns(about);
                let changed = sql::run(
                    &tx,
                    "UPDATE thread SET about_kind = $1, about_ref = $2, about_release = $3
                    WHERE id = $4",
                    [kind.into(), about_ref.into(), release.into(), id.into()],
                )
                .await?;
                (Act::Move, changed, None)
            }
        };
        may(actor, act.action(), Target::Thread { locked: false })?;
        if changed == 0 {
            return Err(ForumError::NotFound);
        }
        let entering = Entering {
            act,
            place: Place::Thread(id),
            reason: None,
            note,
            detail: Detail {
                seconds,
                ..Detail::default()
            },
            subject: None,
            now_ms,
        };
        log::enter(&tx, Some(actor), &entering).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Decides about a comment inside a transaction.
pub(super) async fn decide(
    tx: &DatabaseTransaction,
    actor: Actor<'_>,
    id: i64,
    decision: &Decision<'_>,
) -> Result<Option<i64>, ForumError> {
    let now_ms = decision.now_ms;
    let actor = actor_now(tx, actor, now_ms).await?;
    let reader = Reader::of(actor);
    let me = reader.account.unwrap_or_default();
    let (comment, locked) = hold_comment(tx, id, reader).await?;
    // Whoever may not decide at all learns nothing about what others do.
    may(actor, decision.act.action(), Target::Site)?;
    if let Some(expected) = decision.seen
        && seen(last_act(tx, id).await?, comment.edited_ms) != expected
    {
        return Err(ForumError::Stale);
    }
    may(actor, decision.act.action(), comment.target(me, locked))?;
    cases::unclaimed(tx, id, me, now_ms).await?;
    let (author, lang) = author_of(tx, id).await?;
    let (rule, words) = grounds(tx, decision, lang).await?;
    if !apply(tx, &comment, decision, &words).await? {
        return Ok(None);
    }
    let entering = Entering {
        act: decision.act,
        place: Place::Comment {
            thread: comment.thread_id,
            comment: id,
        },
        reason: decision.reason,
        note: &words,
        detail: Detail {
            rule,
            ..Detail::default()
        },
        subject: author
            .as_deref()
            .filter(|_| decision.act.is_against_somebody()),
        now_ms,
    };
    log::enter(tx, Some(actor), &entering).await.map(Some)
}

/// Does what was decided; false when there was nothing left to do.
async fn apply(
    tx: &DatabaseTransaction,
    comment: &Comment,
    decision: &Decision<'_>,
    words: &str,
) -> Result<bool, ForumError> {
    let (id, now_ms) = (comment.id, decision.now_ms);
    match decision.act {
        Act::Remove => {
            set_state(tx, id, CommentState::Removed, decision.reason, words).await?;
            settle(tx, id, "removed", now_ms).await?;
        }
        Act::Withhold => {
            let row = sql::one(tx, "SELECT mended FROM comment WHERE id = $1", [id.into()]).await?;
            if row.ok_or(ForumError::NotFound)?.try_get("", "mended")? {
                return Err(ForumError::MendedBefore);
            }
            set_state(tx, id, CommentState::Withheld, decision.reason, words).await?;
            settle(tx, id, "withheld", now_ms).await?;
            cases::put(tx, id, Hold::Edit, &[]).await?;
        }
        Act::Restore | Act::Approve => {
            set_state(tx, id, CommentState::Visible, None, "").await?;
            settle(tx, id, "dismissed", now_ms).await?;
        }
        Act::Dismiss => {
            if comment.state == CommentState::Withheld {
                set_state(tx, id, CommentState::Visible, None, "").await?;
            }
            let closed = settle(tx, id, "dismissed", now_ms).await?;
            // Somebody else may have been faster; what they decided stands and is in the log.
            return Ok(closed > 0 || comment.state == CommentState::Withheld);
        }
        Act::LockBranch | Act::UnlockBranch => {
            let lock = decision.act == Act::LockBranch;
            let changed = sql::run(
                tx,
                "UPDATE comment SET branch_locked = $1 WHERE id = $2 AND branch_locked <> $1",
                [lock.into(), id.into()],
            )
            .await?;
            return Ok(changed > 0);
        }
        _ => return Err(ForumError::NotFound),
    }
    Ok(true)
}

pub(super) async fn set_state(
    tx: &DatabaseTransaction,
    id: i64,
    state: CommentState,
    reason: Option<Reason>,
    words: &str,
) -> Result<(), ForumError> {
    let note = (!words.is_empty()).then_some(words);
    sql::run(
        tx,
        "UPDATE comment SET state = $1, reason = $2, note = $3 WHERE id = $4",
        [
            state.as_str().into(),
            reason.map(Reason::as_str).into(),
            note.into(),
            id.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Resolves the reports of a comment and closes its case; says how many reports there were.
pub(super) async fn settle(
    tx: &DatabaseTransaction,
    comment: i64,
    outcome: &str,
    now_ms: i64,
) -> Result<u64, ForumError> {
    let resolved = sql::run(
        tx,
        "UPDATE report SET state = 'resolved', outcome = $1, resolved_ms = $2
        WHERE comment_id = $3 AND state = 'open'",
        [outcome.into(), now_ms.into(), comment.into()],
    )
    .await?;
    sql::run(
        tx,
        "DELETE FROM comment_hold WHERE comment_id = $1",
        [comment.into()],
    )
    .await?;
    cases::close(tx, comment).await?;
    Ok(resolved)
}

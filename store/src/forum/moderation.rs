//! Decisions of moderators. A decision and its entry in the log are one transaction: there is no
//! act without a trace.

use partake_core::{
    forum::{About, Actor, CommentState, Reason, Restriction, Role, Target, detail::Detail, may},
    lang::Lang,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{
    Act, Comment, ForumError, Hold, Reader, cases,
    change::{hold_comment, hold_thread},
    live::Posted,
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
        let decided = decide(&tx, actor, id, &decision).await?;
        let posted = decided.and_then(|decided| decided.posted);
        if let Some(posted) = posted {
            self.tell_others(&tx, posted).await?;
        }
        tx.commit().await?;
        if let Some(posted) = posted {
            self.tell_here(posted);
        }
        Ok(decided.map(|decided| decided.act))
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
            tell: author.as_deref().filter(|_| decision.act.tells()),
            now_ms: decision.now_ms,
        };
        log::enter(&tx, Some(actor), &entering).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Changes something about a thread that takes a value. What it is already changes nothing.
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
        let act = match change {
            ThreadChange::Slow(_) => Act::Slow,
            ThreadChange::About(_) => Act::Move,
        };
        may(actor, act.action(), Target::Thread { locked: false })?;
        hold_thread(&tx, id).await?;
        let thread = sql::one(
            &tx,
            "SELECT slow_seconds, author_id, about_kind, about_ref, about_release FROM thread
            WHERE id = $1",
            [id.into()],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        let author: Option<String> = thread.try_get("", "author_id")?;
        let (statement, values, detail) = match change {
            ThreadChange::Slow(seconds) => {
                if thread.try_get::<i64>("", "slow_seconds")? == seconds {
                    return Ok(());
                }
                let detail = Detail {
                    seconds: Some(seconds),
                    ..Detail::default()
                };
                let statement = "UPDATE thread SET slow_seconds = $2 WHERE id = $1";
                (statement, vec![id.into(), seconds.into()], detail)
            }
            ThreadChange::About(about) => {
                let before = rows::about(&thread)?;
                if before == *about {
                    return Ok(());
                }
                let detail = Detail {
                    moved: Some((before.field(), about.field())),
                    ..Detail::default()
                };
                let (kind, about_ref, release) = rows::about_columns(about);
                let statement = "UPDATE thread SET about_kind = $2, about_ref = $3,
                    about_release = $4 WHERE id = $1";
                let values = vec![id.into(), kind.into(), about_ref.into(), release.into()];
                (statement, values, detail)
            }
        };
        sql::run(&tx, statement, values).await?;
        let entering = Entering {
            act,
            place: Place::Thread(id),
            reason: None,
            note,
            detail,
            subject: None,
            tell: author.as_deref().filter(|_| act.tells()),
            now_ms,
        };
        log::enter(&tx, Some(actor), &entering).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What became of a decision about a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decided {
    /// The act.
    pub(super) act: i64,
    /// The comment, when it is seen for the first time.
    pub(super) posted: Option<Posted>,
}

/// Decides about a comment inside a transaction.
pub(super) async fn decide(
    tx: &DatabaseTransaction,
    actor: Actor<'_>,
    id: i64,
    decision: &Decision<'_>,
) -> Result<Option<Decided>, ForumError> {
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
    let Applied::Done { posted } = apply(tx, &comment, decision, &words).await? else {
        return Ok(None);
    };
    let tells = decision.act.tells() || comment.state == CommentState::Withheld;
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
        tell: author.as_deref().filter(|_| tells),
        now_ms,
    };
    let act = log::enter(tx, Some(actor), &entering).await?;
    Ok(Some(Decided { act, posted }))
}

enum Applied {
    /// There was nothing left to do.
    Nothing,
    Done {
        /// The comment, when it is seen for the first time.
        posted: Option<Posted>,
    },
}

/// Does what was decided.
async fn apply(
    tx: &DatabaseTransaction,
    comment: &Comment,
    decision: &Decision<'_>,
    words: &str,
) -> Result<Applied, ForumError> {
    let (id, now_ms) = (comment.id, decision.now_ms);
    let mut posted = None;
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
            settle(tx, id, "dismissed", now_ms).await?;
            posted = release(tx, id, now_ms).await?;
        }
        Act::Dismiss => {
            let closed = settle(tx, id, "dismissed", now_ms).await?;
            if comment.state == CommentState::Withheld {
                posted = release(tx, id, now_ms).await?;
            } else if closed == 0 {
                // Somebody else was faster; what they decided stands and is in the log.
                return Ok(Applied::Nothing);
            }
        }
        Act::LockBranch | Act::UnlockBranch => {
            let lock = decision.act == Act::LockBranch;
            let changed = sql::run(
                tx,
                "UPDATE comment SET branch_locked = $1 WHERE id = $2 AND branch_locked <> $1",
                [lock.into(), id.into()],
            )
            .await?;
            if changed == 0 {
                return Ok(Applied::Nothing);
            }
        }
        _ => return Err(ForumError::NotFound),
    }
    Ok(Applied::Done { posted })
}

/// Lets a comment be seen. Whoever it concerns is told of it once: the comment is given back when
/// that is now.
pub(super) async fn release(
    tx: &DatabaseTransaction,
    id: i64,
    now_ms: i64,
) -> Result<Option<Posted>, ForumError> {
    set_state(tx, id, CommentState::Visible, None, "").await?;
    notices::announce(tx, id, now_ms).await
}

async fn set_state(
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

/// Resolves the reports of a comment, tells those who made them, and closes its case; says how many
/// reports there were.
pub(super) async fn settle(
    tx: &DatabaseTransaction,
    comment: i64,
    outcome: &str,
    now_ms: i64,
) -> Result<u64, ForumError> {
    notices::answer_reporters(tx, comment, now_ms).await?;
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

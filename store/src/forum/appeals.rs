//! Statements of reasons, and appeals against what they state: one for each decision, decided by
//! somebody else than before.

use partake_core::{
    forum::{Action, Actor, CommentState, Reason, Target, detail::Detail, may},
    lang::Lang,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};

use super::{
    Act, ForumError, Reader, Title,
    live::Posted,
    log::{self, Entering, Place},
    moderation::{actor_now, release, settle},
    rows, sql,
};
use crate::{Store, error::is_duplicate};

/// How an appeal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealState {
    /// Not decided yet.
    Open,
    /// The decision stands.
    Upheld,
    /// The decision was taken back.
    Overturned,
}

impl AppealState {
    /// The code that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld => "upheld",
            Self::Overturned => "overturned",
        }
    }
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// Id.
    pub id: i64,
    /// What the person wrote.
    pub body: String,
    /// How it stands.
    pub state: AppealState,
    /// The answer.
    pub answer: String,
    /// UTC milliseconds.
    pub created_ms: i64,
    /// UTC milliseconds by which it should be answered.
    pub due_ms: i64,
    /// UTC milliseconds.
    pub decided_ms: Option<i64>,
}

/// A decision against somebody, as it is told to that person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The act.
    pub act: i64,
    /// What was done.
    pub kind: Act,
    /// Under which rule.
    pub reason: Option<Reason>,
    /// Version of the rule and so on.
    pub detail: Detail,
    /// Words to the person.
    pub note: String,
    /// The person's account.
    pub subject: Option<String>,
    /// The person's handle.
    pub subject_handle: Option<String>,
    /// Who decided.
    pub moderator: Option<String>,
    /// The same by handle.
    pub moderator_handle: Option<String>,
    /// The comment it is about.
    pub comment: Option<i64>,
    /// The thread it is about.
    pub thread: Option<i64>,
    /// Title of the thread.
    pub thread_title: Title,
    /// Source of the comment, and its language.
    pub body: Option<(String, Lang)>,
    /// State of the comment.
    pub state: Option<CommentState>,
    /// The author has had the one chance to change it.
    pub mended: bool,
    /// UTC milliseconds.
    pub created_ms: i64,
    /// The appeal, if there is one.
    pub appeal: Option<Appeal>,
}

impl Statement {
    /// The decision as the rules see it.
    #[must_use]
    pub fn target(&self) -> Target<'_> {
        Target::Decision {
            subject: self.subject.as_deref(),
            moderator: self.moderator.as_deref(),
        }
    }

    /// UTC milliseconds until which one can appeal.
    #[must_use]
    pub const fn deadline(&self, days: i64) -> i64 {
        self.created_ms + days * DAY_MS
    }
}

const DAY_MS: i64 = 86_400_000;
/// Statements on a page.
const STATEMENTS: usize = 100;

const SELECT: &str = "SELECT m.id, m.act, m.reason, m.note, m.detail, m.subject_id, m.moderator_id,
        m.comment_id, m.thread_id, m.created_ms, s.handle AS subject_handle,
        d.handle AS moderator_handle, c.body, c.lang, c.state,
        CASE WHEN o.state IN ('visible', 'deleted') OR o.author_id = m.subject_id
            THEN t.title END AS title, o.state AS title_state,
        coalesce(c.mended, false) AS mended,
        p.id AS appeal_id, p.body AS appeal_body, p.state AS appeal_state, p.answer,
        p.created_ms AS appeal_ms, p.due_ms, p.decided_ms
    FROM moderation_act m
    LEFT JOIN account s ON s.id = m.subject_id
    LEFT JOIN account d ON d.id = m.moderator_id
    LEFT JOIN thread t ON t.id = m.thread_id
    LEFT JOIN comment o ON o.id = t.opening_id
    LEFT JOIN comment c ON c.id = m.comment_id
    LEFT JOIN appeal p ON p.act_id = m.id";

impl Store {
    /// A statement, for whom it concerns and for moderators.
    ///
    /// # Errors
    /// [`ForumError::NotFound`], also for everybody else.
    pub async fn statement_of(&self, actor: Actor<'_>, act: i64) -> Result<Statement, ForumError> {
        let query = format!("{SELECT} WHERE m.id = $1");
        let row = sql::one(self.db.read(), &query, [act.into()])
            .await?
            .ok_or(ForumError::NotFound)?;
        let statement = read(&row)?;
        let reader = Reader::of(actor);
        let concerned = reader.account.is_some() && reader.account == statement.subject.as_deref();
        if statement.kind.is_against_somebody() && (concerned || reader.moderates) {
            Ok(statement)
        } else {
            Err(ForumError::NotFound)
        }
    }

    /// The last decision against the author of a comment that is about it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_statement_about(&self, comment: i64) -> Result<Option<i64>, ForumError> {
        let row = sql::one(
            self.db.read(),
            "SELECT id FROM moderation_act WHERE comment_id = $1 AND subject_id IS NOT NULL
                AND act IN ('remove', 'withhold', 'lock_branch') ORDER BY id DESC LIMIT 1",
            [comment.into()],
        )
        .await?;
        Ok(row.map(|row| row.try_get("", "id")).transpose()?)
    }

    /// What was decided against an account, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn statements_of(&self, account: &str) -> Result<Vec<Statement>, ForumError> {
        let query = format!(
            "{SELECT} WHERE m.subject_id = $1 AND m.act <> 'lift' AND m.act <> 'uphold'
                AND m.act <> 'overturn' ORDER BY m.id DESC LIMIT {STATEMENTS}"
        );
        let found = sql::all(self.db.read(), &query, [account.into()]).await?;
        found.iter().map(read).collect()
    }

    /// Open appeals, those first whose answer is due first.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn open_appeals(&self, actor: Actor<'_>) -> Result<Vec<Statement>, ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let query =
            format!("{SELECT} WHERE p.state = 'open' ORDER BY p.due_ms, p.id LIMIT {STATEMENTS}");
        let found = sql::all(self.db.read(), &query, []).await?;
        found.iter().map(read).collect()
    }

    /// Appeals against a decision, once.
    ///
    /// # Errors
    /// [`ForumError::AppealedBefore`], [`ForumError::TooLate`], [`ForumError::Denied`],
    /// [`ForumError::NotFound`].
    pub async fn appeal(
        &self,
        actor: Actor<'_>,
        act: i64,
        body: &str,
        (appeal_days, answer_days): (i64, i64),
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let statement = held(&tx, act).await?;
        may(actor, Action::Appeal, statement.target())?;
        if statement.appeal.is_some() {
            return Err(ForumError::AppealedBefore);
        }
        if now_ms > statement.deadline(appeal_days) {
            return Err(ForumError::TooLate);
        }
        let written = sql::run(
            &tx,
            "INSERT INTO appeal (act_id, body, state, answer, created_ms, due_ms)
            VALUES ($1, $2, 'open', '', $3, $4)",
            [
                act.into(),
                body.into(),
                now_ms.into(),
                (now_ms + answer_days * DAY_MS).into(),
            ],
        )
        .await;
        match written {
            Ok(_) => {}
            Err(error) if is_duplicate(&error) => return Err(ForumError::AppealedBefore),
            Err(error) => return Err(error.into()),
        }
        tx.commit().await?;
        Ok(())
    }

    /// Decides on the appeal against an act: lets it stand, or takes it back.
    ///
    /// # Errors
    /// [`ForumError::Denied`] for whoever took the decision or is concerned by it,
    /// [`ForumError::DecidedBefore`], [`ForumError::NotFound`].
    pub async fn decide_appeal(
        &self,
        actor: Actor<'_>,
        act: i64,
        overturn: bool,
        answer: &str,
        survey: &str,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let actor = actor_now(&tx, actor, now_ms).await?;
        may(actor, Action::DecideAppeal, Target::Site)?;
        let statement = held(&tx, act).await?;
        may(actor, Action::DecideAppeal, statement.target())?;
        let Some(appeal) = &statement.appeal else {
            return Err(ForumError::NotFound);
        };
        let state = if overturn {
            AppealState::Overturned
        } else {
            AppealState::Upheld
        };
        let decided = sql::run(
            &tx,
            "UPDATE appeal SET state = $1, answer = $2, decider_id = $3, decided_ms = $4
            WHERE id = $5 AND state = 'open'",
            [
                state.as_str().into(),
                answer.into(),
                Reader::of(actor).account.into(),
                now_ms.into(),
                appeal.id.into(),
            ],
        )
        .await?;
        if decided == 0 {
            return Err(ForumError::DecidedBefore);
        }
        let posted = match overturn {
            true => take_back(&tx, &statement, now_ms).await?,
            false => None,
        };
        if let Some(posted) = posted {
            self.tell_others(&tx, posted).await?;
        }
        let place = match (statement.thread, statement.comment) {
            (Some(thread), Some(comment)) => Place::Comment { thread, comment },
            (Some(thread), None) => Place::Thread(thread),
            (None, _) => Place::Survey(survey),
        };
        let entering = Entering {
            act: if overturn { Act::Overturn } else { Act::Uphold },
            place,
            reason: statement.reason,
            // The answer is to the person; the log says only how it ended.
            note: "",
            detail: Detail {
                rule: statement.detail.rule,
                appealed: Some(act),
                ..Detail::default()
            },
            subject: statement.subject.as_deref(),
            tell: statement.subject.as_deref(),
            now_ms,
        };
        log::enter(&tx, Some(actor), &entering).await?;
        tx.commit().await?;
        if let Some(posted) = posted {
            self.tell_here(posted);
        }
        Ok(())
    }
}

/// A statement inside a transaction; its row is held, so two appeals or two answers wait for each
/// other.
async fn held(tx: &DatabaseTransaction, act: i64) -> Result<Statement, ForumError> {
    sql::run(
        tx,
        "UPDATE moderation_act SET note = note WHERE id = $1",
        [act.into()],
    )
    .await?;
    let query = format!("{SELECT} WHERE m.id = $1");
    let row = sql::one(tx, &query, [act.into()])
        .await?
        .ok_or(ForumError::NotFound)?;
    let statement = read(&row)?;
    if statement.kind.is_against_somebody() {
        Ok(statement)
    } else {
        Err(ForumError::NotFound)
    }
}

/// Undoes what was decided, as far as it still holds; says which comment is seen for the first time.
async fn take_back(
    tx: &DatabaseTransaction,
    statement: &Statement,
    now_ms: i64,
) -> Result<Option<Posted>, ForumError> {
    match (statement.kind, statement.comment, statement.thread) {
        (Act::Remove | Act::Withhold, Some(comment), _) => {
            if matches!(
                statement.state,
                Some(CommentState::Removed | CommentState::Withheld)
            ) {
                settle(tx, comment, "dismissed", now_ms).await?;
                return release(tx, comment, now_ms).await;
            }
        }
        (Act::LockBranch, Some(comment), _) => {
            unlock(tx, "comment SET branch_locked", comment).await?;
        }
        (Act::Lock, _, Some(thread)) => unlock(tx, "thread SET locked", thread).await?,
        (Act::Warn | Act::Silence | Act::Suspend | Act::Ban, ..) => {
            sql::run(
                tx,
                "UPDATE sanction SET ended_ms = $1 WHERE act_id = $2 AND ended_ms IS NULL",
                [now_ms.into(), statement.act.into()],
            )
            .await?;
        }
        _ => {}
    }
    Ok(None)
}

async fn unlock(db: &impl ConnectionTrait, what: &str, id: i64) -> Result<(), ForumError> {
    let query = format!("UPDATE {what} = false WHERE id = $1");
    sql::run(db, &query, [id.into()]).await?;
    Ok(())
}

fn read(row: &QueryResult) -> Result<Statement, ForumError> {
    let detail: String = row.try_get("", "detail")?;
    let state: Option<String> = row.try_get("", "state")?;
    let state = state
        .map(|state| state.parse().map_err(|_| rows::broken("state")))
        .transpose()?;
    let body = match row.try_get::<Option<String>>("", "body")? {
        Some(body) => Some((body, rows::lang(row)?)),
        None => None,
    };
    Ok(Statement {
        act: row.try_get("", "id")?,
        kind: log::act(row)?,
        reason: rows::reason(row)?,
        detail: Detail::parse(&detail),
        note: row.try_get("", "note")?,
        subject: row.try_get("", "subject_id")?,
        subject_handle: row.try_get("", "subject_handle")?,
        moderator: row.try_get("", "moderator_id")?,
        moderator_handle: row.try_get("", "moderator_handle")?,
        comment: row.try_get("", "comment_id")?,
        thread: row.try_get("", "thread_id")?,
        thread_title: rows::title(row)?,
        body,
        state,
        mended: row.try_get("", "mended")?,
        created_ms: row.try_get("", "created_ms")?,
        appeal: appeal(row)?,
    })
}

fn appeal(row: &QueryResult) -> Result<Option<Appeal>, ForumError> {
    let Some(id) = row.try_get("", "appeal_id")? else {
        return Ok(None);
    };
    let state: String = row.try_get("", "appeal_state")?;
    Ok(Some(Appeal {
        id,
        body: row.try_get("", "appeal_body")?,
        state: match state.as_str() {
            "open" => AppealState::Open,
            "upheld" => AppealState::Upheld,
            "overturned" => AppealState::Overturned,
            _ => return Err(rows::broken("appeal")),
        },
        answer: row.try_get("", "answer")?,
        created_ms: row.try_get("", "appeal_ms")?,
        due_ms: row.try_get("", "due_ms")?,
        decided_ms: row.try_get("", "decided_ms")?,
    }))
}

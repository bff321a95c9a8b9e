//! Writing, editing and taking back comments.

use partake_core::{
    forum::{
        Action, Actor, CommentState, Denied, MAX_DEPTH, Role, Target, language, may,
        pipeline::Finding,
    },
    lang::Lang,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Value};

use super::{
    Comment, ForumError, Hold, Reader, cases,
    live::Posted,
    moderation::settle,
    notices::{self, Written},
    revisions, rows,
    search::{self, Words},
    sql, tree,
};
use crate::Store;

/// A comment to be written. The body has been through the rules of texts.
#[derive(Clone, Debug)]
pub struct NewComment<'a> {
    /// Thread.
    pub thread: i64,
    /// What it replies to; none for a reply to the thread.
    pub parent: Option<i64>,
    /// Source.
    pub body: &'a str,
    /// Language of the page it was written on.
    pub lang: Lang,
    /// What speaks for withholding it until a moderator has looked.
    pub findings: &'a [Finding],
    /// UTC milliseconds.
    pub now_ms: i64,
}

/// What became of a comment that was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// A placeholder stands for it, because others replied to it or it opens the thread.
    Placeholder,
    /// It is gone.
    Comment,
    /// It was all there was in its thread, and the thread is gone with it.
    Thread,
}

pub(super) struct NewRow<'a> {
    pub(super) thread: i64,
    pub(super) parent: Option<&'a Comment>,
    /// Of the thread, where it is the opening.
    pub(super) title: Option<&'a str>,
    pub(super) author: Option<&'a str>,
    pub(super) lang: Lang,
    pub(super) body: &'a str,
    /// It is withheld at first, and nobody is told of it yet.
    pub(super) withheld: bool,
    pub(super) now_ms: i64,
}

/// Writes the row, its path and its words; counters are the caller's.
pub(super) async fn insert_comment(
    tx: &DatabaseTransaction,
    new: &NewRow<'_>,
) -> Result<i64, ForumError> {
    let row = sql::one(
        tx,
        "INSERT INTO comment (thread_id, parent_id, depth, path, author_id, lang, body, state,
            up, down, score, best, reply_count, descendant_count, created_ms, announced)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'visible', 0, 0, 0, 0, 0, 0, $8, $9) RETURNING id",
        [
            new.thread.into(),
            new.parent.map(|p| p.id).into(),
            new.parent.map_or(0, |p| i64::from(p.depth) + 1).into(),
            Vec::<u8>::new().into(),
            new.author.into(),
            language::of(new.body, new.lang).as_str().into(),
            new.body.into(),
            new.now_ms.into(),
            (!new.withheld).into(),
        ],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let id: i64 = row.try_get("", "id")?;
    let path = rows::path_of(new.parent.map_or(&[], |p| p.path.as_slice()), id);
    sql::run(
        tx,
        "UPDATE comment SET path = $1, active = $2 WHERE id = $2",
        [path.into(), id.into()],
    )
    .await?;
    let words = Words::new(id, new.thread, new.title, new.body);
    search::index(tx, &[words]).await?;
    Ok(id)
}

/// Locks the thread's row for the rest of the transaction, which puts all changes of one thread in
/// a line and so keeps two of them from waiting for each other; says whether it is locked to
/// people.
pub(super) async fn hold_thread(tx: &DatabaseTransaction, thread: i64) -> Result<bool, ForumError> {
    let row = sql::one(
        tx,
        "UPDATE thread SET comment_count = comment_count WHERE id = $1 RETURNING locked",
        [thread.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    Ok(row.try_get("", "locked")?)
}

/// A comment inside a transaction, with its thread held.
pub(super) async fn hold_comment(
    tx: &DatabaseTransaction,
    id: i64,
    reader: Reader<'_>,
) -> Result<(Comment, bool), ForumError> {
    let thread = sql::one(
        tx,
        "SELECT thread_id FROM comment WHERE id = $1",
        [id.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?
    .try_get("", "thread_id")?;
    let locked = hold_thread(tx, thread).await?;
    let comment = tree::by_ids(tx, &[id], reader)
        .await?
        .into_iter()
        .next()
        .ok_or(ForumError::NotFound)?;
    let locked = locked || branch_locked(tx, &comment).await?;
    Ok((comment, locked))
}

/// A comment inside a transaction, with its thread held, for somebody who may do `action` with it.
pub(super) async fn hold_comment_for(
    tx: &DatabaseTransaction,
    actor: Actor<'_>,
    action: Action,
    id: i64,
) -> Result<Comment, ForumError> {
    let reader = Reader::of(actor);
    let (comment, locked) = hold_comment(tx, id, reader).await?;
    let me = reader.account.unwrap_or_default();
    may(actor, action, comment.target(me, locked))?;
    Ok(comment)
}

/// The title of the thread that a comment opens.
async fn title_of_opening(tx: &DatabaseTransaction, id: i64) -> Result<Option<String>, ForumError> {
    let query = "SELECT title FROM thread t JOIN comment c ON c.thread_id = t.id
        WHERE c.id = $1 AND t.opening_id = c.id";
    let found = sql::one(tx, query, [id.into()]).await?;
    Ok(found.map(|row| row.try_get("", "title")).transpose()?)
}

/// The branch that a comment stands in is locked, at it or above it.
async fn branch_locked(db: &impl ConnectionTrait, comment: &Comment) -> Result<bool, ForumError> {
    let mut ids = comment.ancestors();
    ids.push(comment.id);
    let query = format!(
        "SELECT 1 AS one FROM comment WHERE id IN ({}) AND branch_locked LIMIT 1",
        sql::places(1, ids.len())
    );
    let found = sql::one(db, &query, ids.into_iter().map(Value::from)).await?;
    Ok(found.is_some())
}

/// In slow mode, refuses a comment that comes too soon after the same person's last. The thread is
/// held, so two at once cannot both pass.
async fn slow(
    tx: &DatabaseTransaction,
    actor: Actor<'_>,
    thread: i64,
    now_ms: i64,
) -> Result<(), ForumError> {
    let Actor::Account { id, role } = actor else {
        return Ok(());
    };
    if role >= Role::Moderator {
        return Ok(());
    }
    let row = sql::one(
        tx,
        "SELECT slow_seconds FROM thread WHERE id = $1",
        [thread.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let wait: i64 = row.try_get::<i64>("", "slow_seconds")? * 1_000;
    if wait == 0 {
        return Ok(());
    }
    let row = sql::one(
        tx,
        "SELECT max(created_ms) AS last FROM comment
        WHERE author_id = $1 AND thread_id = $2 AND created_ms > $3 AND created_ms <= $4",
        // What an instance whose clock is ahead has taken holds nobody up here.
        [
            id.into(),
            thread.into(),
            (now_ms - wait).into(),
            now_ms.into(),
        ],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    match row.try_get::<Option<i64>>("", "last")? {
        Some(last) => Err(ForumError::Slow((last + wait - now_ms + 999) / 1_000)),
        None => Ok(()),
    }
}

/// Adds to the counters of everything above. `newest` is a comment that came to stand below.
async fn count_reply<C: ConnectionTrait>(
    db: &C,
    parent: &Comment,
    by: i64,
    newest: Option<i64>,
) -> Result<(), ForumError> {
    let mut above = parent.ancestors();
    above.push(parent.id);
    let sql = format!(
        "UPDATE comment SET descendant_count = descendant_count + $1,
            reply_count = CASE WHEN id = $2 THEN reply_count + $1 ELSE reply_count END,
            active = coalesce($3, active)
        WHERE id IN ({})",
        sql::places(4, above.len()),
    );
    let values = [by.into(), parent.id.into(), newest.into()]
        .into_iter()
        .chain(above.into_iter().map(Value::from));
    sql::run(db, &sql, values).await?;
    Ok(())
}

impl Store {
    /// Writes a comment and gives its id.
    ///
    /// # Errors
    /// [`ForumError::Denied`] when the thread is locked or what it replies to is gone,
    /// [`ForumError::TooDeep`], [`ForumError::NotFound`].
    pub async fn add_comment(
        &self,
        actor: Actor<'_>,
        new: NewComment<'_>,
    ) -> Result<i64, ForumError> {
        may(actor, Action::Reply, Target::Thread { locked: false })?;
        let reader = Reader::of(actor);
        let Some(author) = reader.account else {
            return Err(Denied::SignIn.into());
        };
        let tx = self.begin().await?;
        let locked = hold_thread(&tx, new.thread).await?;
        let opening: Option<i64> = sql::one(
            &tx,
            "SELECT opening_id FROM thread WHERE id = $1",
            [new.thread.into()],
        )
        .await?
        .ok_or(ForumError::NotFound)?
        .try_get("", "opening_id")?;
        // A reply to the opening is a reply to the thread.
        let parent = match new.parent.filter(|&id| Some(id) != opening) {
            None => None,
            Some(id) => {
                let found = tree::by_ids(&tx, &[id], reader).await?.into_iter().next();
                Some(
                    found
                        .filter(|p| p.thread_id == new.thread)
                        .ok_or(ForumError::NotFound)?,
                )
            }
        };
        let target = match &parent {
            None => Target::Thread { locked },
            Some(parent) => {
                let locked = locked || branch_locked(&tx, parent).await?;
                parent.target(author, locked)
            }
        };
        may(actor, Action::Reply, target)?;
        slow(&tx, actor, new.thread, new.now_ms).await?;
        if parent.as_ref().is_some_and(|p| p.depth >= MAX_DEPTH) {
            return Err(ForumError::TooDeep);
        }
        let row = NewRow {
            thread: new.thread,
            parent: parent.as_ref(),
            title: None,
            author: Some(author),
            lang: new.lang,
            body: new.body,
            withheld: !new.findings.is_empty(),
            now_ms: new.now_ms,
        };
        let id = insert_comment(&tx, &row).await?;
        if let Some(parent) = &parent {
            count_reply(&tx, parent, 1, Some(id)).await?;
        }
        sql::run(
            &tx,
            // Of two instances one may run behind; a thread does not go back for it.
            "UPDATE thread SET comment_count = comment_count + 1, last_activity_ms =
                CASE WHEN last_activity_ms > $1 THEN last_activity_ms ELSE $1 END
            WHERE id = $2",
            [new.now_ms.into(), new.thread.into()],
        )
        .await?;
        if !new.findings.is_empty() {
            cases::hold(&tx, new.thread, id, new.findings, new.now_ms).await?;
        } else {
            let written = Written {
                thread: new.thread,
                comment: id,
                author,
                answers: notices::answered(&tx, parent.as_ref().map(|p| p.id).or(opening)).await?,
                body: new.body,
                now_ms: new.now_ms,
            };
            notices::tell(&tx, &written).await?;
        }
        let posted = Posted {
            thread: new.thread,
            comment: id,
        };
        let held = !new.findings.is_empty();
        if !held {
            self.tell_others(&tx, posted).await?;
        }
        tx.commit().await?;
        if !held {
            self.tell_here(posted);
        }
        Ok(id)
    }

    /// Changes a comment that was withheld for it, once, and sends it in again.
    ///
    /// # Errors
    /// [`ForumError::MendedBefore`], [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn mend_comment(
        &self,
        actor: Actor<'_>,
        id: i64,
        body: &str,
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let comment = hold_comment_for(&tx, actor, Action::Mend, id).await?;
        let waits_for_me = cases::held(&tx, id)
            .await?
            .is_some_and(|(hold, _)| hold == Hold::Edit);
        if !waits_for_me {
            return Err(Denied::NotWithheld.into());
        }
        let mended = sql::run(
            &tx,
            "UPDATE comment SET body = $1, edited_ms = $2, mended = true, lang = $4
            WHERE id = $3 AND NOT mended",
            [
                body.into(),
                now_ms.into(),
                id.into(),
                language::of(body, comment.lang).as_str().into(),
            ],
        )
        .await?;
        if mended == 0 {
            return Err(ForumError::MendedBefore);
        }
        revisions::keep(&tx, &comment).await?;
        let title = title_of_opening(&tx, id).await?;
        let words = Words::new(id, comment.thread_id, title.as_deref(), body);
        search::index(&tx, &[words]).await?;
        cases::hold(&tx, comment.thread_id, id, &[Finding::Mended], now_ms).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Changes the text of a comment, which is withheld again if something speaks for it; the text it
    /// had stays among its versions. `marked` is the language its author says it is in; without one
    /// the text tells.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn edit_comment(
        &self,
        actor: Actor<'_>,
        id: i64,
        body: &str,
        marked: Option<Lang>,
        findings: &[Finding],
        now_ms: i64,
    ) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let comment = hold_comment_for(&tx, actor, Action::Edit, id).await?;
        let lang = marked.unwrap_or_else(|| language::of(body, comment.lang));
        if lang != comment.lang {
            sql::run(
                &tx,
                "UPDATE comment SET lang = $1 WHERE id = $2",
                [lang.as_str().into(), id.into()],
            )
            .await?;
        }
        if comment.body != body {
            revisions::keep(&tx, &comment).await?;
            sql::run(
                &tx,
                "UPDATE comment SET body = $1, edited_ms = $2 WHERE id = $3",
                [body.into(), now_ms.into(), id.into()],
            )
            .await?;
            let title = title_of_opening(&tx, id).await?;
            let words = Words::new(id, comment.thread_id, title.as_deref(), body);
            search::index(&tx, &[words]).await?;
            if !findings.is_empty() {
                cases::hold(&tx, comment.thread_id, id, findings, now_ms).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Takes a comment back: its text is erased, and where nobody replied the comment itself.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn delete_comment(
        &self,
        actor: Actor<'_>,
        id: i64,
        now_ms: i64,
    ) -> Result<Deleted, ForumError> {
        let tx = self.begin().await?;
        let comment = hold_comment_for(&tx, actor, Action::Delete, id).await?;
        let row = sql::one(
            &tx,
            "SELECT t.opening_id = $1 AS opens, t.comment_count,
                EXISTS (SELECT 1 FROM report r WHERE r.comment_id = $1) AS reported
            FROM thread t WHERE t.id = $2",
            [id.into(), comment.thread_id.into()],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        let opens: bool = row.try_get("", "opens")?;
        let alone = row.try_get::<i64>("", "comment_count")? == 1;
        // A report is answered by somebody; the place it points to stays until then.
        let reported: bool = row.try_get("", "reported")?;
        let outcome = if comment.reply_count > 0 || reported || (opens && !alone) {
            sql::run(
                &tx,
                "UPDATE comment SET state = $1, body = '', edited_ms = NULL WHERE id = $2",
                [CommentState::Deleted.as_str().into(), id.into()],
            )
            .await?;
            settle(&tx, id, "deleted", now_ms).await?;
            Deleted::Placeholder
        } else if opens {
            sql::run(
                &tx,
                "UPDATE thread SET opening_id = NULL WHERE id = $1",
                [comment.thread_id.into()],
            )
            .await?;
            sql::run(&tx, "DELETE FROM comment WHERE id = $1", [id.into()]).await?;
            sql::run(
                &tx,
                "DELETE FROM thread WHERE id = $1",
                [comment.thread_id.into()],
            )
            .await?;
            Deleted::Thread
        } else {
            sql::run(&tx, "DELETE FROM comment WHERE id = $1", [id.into()]).await?;
            sql::run(
                &tx,
                "UPDATE thread SET comment_count = comment_count - 1 WHERE id = $1",
                [comment.thread_id.into()],
            )
            .await?;
            if let Some(parent) = comment.parent_id {
                let parent = tree::by_ids(&tx, &[parent], Reader::of(actor)).await?;
                let parent = parent.first().ok_or(ForumError::NotFound)?;
                count_reply(&tx, parent, -1, None).await?;
            }
            Deleted::Comment
        };
        tx.commit().await?;
        Ok(outcome)
    }
}

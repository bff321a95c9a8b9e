//! The public log: writing an entry with its link of the chain, and reading it.

use std::collections::HashMap;

use partake_core::forum::{
    Actor, Reason, Role,
    chain::{Entry, NONE, hex, mark, subject_mark},
    detail::{By, Detail},
};
use sea_orm::{DatabaseTransaction, QueryResult};

use super::{
    Act, ForumError, Page, Reader, Title, audit, chain, cursor::ListCursor, notices, rows, sql,
};
use crate::Store;

const LOG: u8 = b'm';
/// Entries on a page of the log.
const ENTRIES: usize = 50;

/// One line of the public log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Id.
    pub id: i64,
    /// Its place in the chain, the hash it has there, and what the chain holds fast of it.
    pub link: Option<Link>,
    /// Survey whose discussion it concerns.
    pub survey: String,
    /// What was done.
    pub act: Act,
    /// In which thread; none when the thread is gone, or it was not about one.
    pub thread: Option<i64>,
    /// The thread's title.
    pub thread_title: Title,
    /// To which comment, if to one.
    pub comment: Option<i64>,
    /// Under which rule.
    pub reason: Option<Reason>,
    /// The moderator's words.
    pub note: String,
    /// Version of the rule, role, end and the like.
    pub detail: Detail,
    /// The same as it was hashed.
    pub detail_line: String,
    /// The number in the chain of the entry that an appeal was about.
    pub appealed: Option<i64>,
    /// Who decided, unless the account is gone.
    pub moderator: Option<String>,
    /// UTC milliseconds.
    pub created_ms: i64,
}

/// The place of an entry in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// 1, 2, 3, …
    pub sequence: i64,
    /// SHA-256, hexadecimal.
    pub hash: String,
    /// The thread, also when it is gone; 0 when it was not about one.
    pub thread: i64,
    /// The comment, also when it is gone.
    pub comment: Option<i64>,
    /// Stands for the moderator's account.
    pub moderator: Option<String>,
    /// Stands for the account it is against, in this entry alone.
    pub subject: Option<String>,
    /// Stands for the version of the rule that is cited.
    pub wording: Option<String>,
}

/// Where an act took place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    Thread(i64),
    Comment { thread: i64, comment: i64 },
    Survey(&'a str),
}

/// An act to be written.
#[derive(Clone, Debug)]
pub(super) struct Entering<'a> {
    pub(super) act: Act,
    pub(super) place: Place<'a>,
    pub(super) reason: Option<Reason>,
    pub(super) note: &'a str,
    /// `by` is filled in from the actor.
    pub(super) detail: Detail,
    /// Whom it is against.
    pub(super) subject: Option<&'a str>,
    /// Who is told of it, unless they did it themselves.
    pub(super) tell: Option<&'a str>,
    pub(super) now_ms: i64,
}

/// Writes an act and its link of the chain, and gives its id. `None` for what a rule of the
/// pipeline does.
pub(super) async fn enter(
    tx: &DatabaseTransaction,
    actor: Option<Actor<'_>>,
    entering: &Entering<'_>,
) -> Result<i64, ForumError> {
    let moderator = actor.and_then(|actor| Reader::of(actor).account);
    let by = match actor {
        Some(Actor::Account { role, .. }) => By::Role(role),
        Some(Actor::Visitor | Actor::Restricted { .. }) => By::Role(Role::Member),
        None => By::Automatic,
    };
    let detail = Detail {
        by: Some(by),
        ..entering.detail.clone()
    }
    .encode();
    let (thread, comment) = match entering.place {
        Place::Thread(thread) => (Some(thread), None),
        Place::Comment { thread, comment } => (Some(thread), Some(comment)),
        Place::Survey(_) => (None, None),
    };
    let survey = match entering.place {
        Place::Survey(survey) => survey.to_owned(),
        Place::Thread(thread) | Place::Comment { thread, .. } => {
            let row = sql::one(
                tx,
                "SELECT survey FROM thread WHERE id = $1",
                [thread.into()],
            )
            .await?
            .ok_or(ForumError::NotFound)?;
            row.try_get("", "survey")?
        }
    };
    let row = sql::one(
        tx,
        "INSERT INTO moderation_act (survey, act, thread_id, comment_id, reason, note,
            moderator_id, created_ms, detail, subject_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        [
            survey.as_str().into(),
            entering.act.as_str().into(),
            thread.into(),
            comment.into(),
            entering.reason.map(Reason::as_str).into(),
            entering.note.into(),
            moderator.into(),
            entering.now_ms.into(),
            detail.as_str().into(),
            entering.subject.into(),
        ],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let id: i64 = row.try_get("", "id")?;
    let mark = moderator.map(mark);
    let subject = entering
        .subject
        .map_or_else(|| NONE.to_owned(), |account| subject_mark(id, account));
    let wording = audit::wording(tx, entering.reason, entering.detail.rule).await?;
    chain::append(
        tx,
        &Entry {
            sequence: 0,
            id,
            survey: &survey,
            act: entering.act.as_str(),
            thread: thread.unwrap_or_default(),
            comment,
            reason: entering.reason.map(Reason::as_str),
            note: entering.note,
            moderator: mark.as_deref(),
            created_ms: entering.now_ms,
            detail: &detail,
            subject: Some(&subject),
            wording: Some(&wording),
        },
    )
    .await?;
    if let Some(person) = entering.tell.filter(|&person| moderator != Some(person)) {
        notices::decided(tx, person, (thread, comment), id, entering.now_ms).await?;
    }
    Ok(id)
}

impl Store {
    /// The public log, newest first.
    ///
    /// # Errors
    /// [`ForumError::BadCursor`].
    pub async fn moderation_log(&self, cursor: Option<&str>) -> Result<Page<LogEntry>, ForumError> {
        let before = match cursor {
            Some(text) => ListCursor::decode(LOG, text)?.id,
            None => i64::MAX,
        };
        let sql = format!(
            "SELECT m.id, m.survey, m.act, m.thread_id, m.comment_id, m.reason, m.note, m.detail,
                m.created_ms, a.handle AS moderator, c.sequence, c.hash, c.thread_ref,
                c.comment_ref, c.moderator_mark, c.subject_mark, c.wording_mark,
                {}
            FROM moderation_act m
            LEFT JOIN account a ON a.id = m.moderator_id
            LEFT JOIN thread t ON t.id = m.thread_id
            LEFT JOIN comment o ON o.id = t.opening_id
            LEFT JOIN moderation_chain c ON c.act_id = m.id
            WHERE m.id < $1 ORDER BY m.id DESC LIMIT {}",
            rows::PUBLIC_TITLE,
            ENTRIES + 1,
        );
        let found = sql::all(self.db.read(), &sql, [before.into()]).await?;
        let mut items = found.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        let more = items.len() > ENTRIES;
        items.truncate(ENTRIES);
        let appealed: Vec<i64> = items.iter().filter_map(|i| i.detail.appealed).collect();
        let numbers = self.numbers_of(&appealed).await?;
        for item in &mut items {
            let act = item.detail.appealed;
            item.appealed = act.and_then(|act| numbers.get(&act)).copied();
        }
        let next = items.last().filter(|_| more).map(|last| {
            ListCursor {
                list: LOG,
                key: 0,
                id: last.id,
            }
            .encode()
        });
        Ok(Page { items, next })
    }

    /// The numbers in the chain of these acts.
    async fn numbers_of(&self, acts: &[i64]) -> Result<HashMap<i64, i64>, ForumError> {
        if acts.is_empty() {
            return Ok(HashMap::new());
        }
        let db = self.db.read();
        let query = format!(
            "SELECT act_id, sequence FROM moderation_chain WHERE act_id IN ({})",
            sql::listed(db, 1)
        );
        let found = sql::all(db, &query, [sql::list(acts)]).await?;
        let number =
            |row: &QueryResult| Ok((row.try_get("", "act_id")?, row.try_get("", "sequence")?));
        found.iter().map(number).collect()
    }
}

fn entry(row: &QueryResult) -> Result<LogEntry, ForumError> {
    let detail_line: String = row.try_get("", "detail")?;
    Ok(LogEntry {
        id: row.try_get("", "id")?,
        link: link(row)?,
        survey: row.try_get("", "survey")?,
        act: act(row)?,
        thread: row.try_get("", "thread_id")?,
        thread_title: rows::title(row)?,
        comment: row.try_get("", "comment_id")?,
        reason: rows::reason(row)?,
        note: row.try_get("", "note")?,
        detail: Detail::parse(&detail_line),
        detail_line,
        appealed: None,
        moderator: row.try_get("", "moderator")?,
        created_ms: row.try_get("", "created_ms")?,
    })
}

pub(super) fn act(row: &QueryResult) -> Result<Act, ForumError> {
    let act: String = row.try_get("", "act")?;
    act.parse().map_err(|()| rows::broken("act"))
}

fn link(row: &QueryResult) -> Result<Option<Link>, ForumError> {
    let Some(sequence) = row.try_get("", "sequence")? else {
        return Ok(None);
    };
    let hash: Vec<u8> = row.try_get("", "hash")?;
    Ok(Some(Link {
        sequence,
        hash: hex(&hash),
        thread: row.try_get("", "thread_ref")?,
        comment: row.try_get("", "comment_ref")?,
        moderator: row.try_get("", "moderator_mark")?,
        subject: row.try_get("", "subject_mark")?,
        wording: row.try_get("", "wording_mark")?,
    }))
}

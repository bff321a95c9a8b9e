//! Following threads, and notices inside the site. A notice says where something happened and which
//! act it was; it holds no text of its own, so what is removed later cannot be read in it.

use std::{collections::HashSet, fmt};

use partake_core::forum::{Action, Actor, Denied, Reason, Target, detail::Detail, may, mention};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Value};

use super::{
    Act, ForumError, Page, Reader, Title, cursor::ListCursor, live::Posted, log, rows, sql,
};
use crate::Store;

const NOTICES: u8 = b'n';
/// Notices on a page.
const ON_PAGE: usize = 30;

/// Why somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Somebody replied to what they wrote.
    Reply,
    /// Somebody named them.
    Mention,
    /// Something new in a thread they follow.
    Thread,
    /// Something was decided about what they wrote, or about them.
    Decision,
    /// Something was decided about what they reported.
    Report,
}

impl NoticeKind {
    const ALL: [Self; 5] = [
        Self::Reply,
        Self::Mention,
        Self::Thread,
        Self::Decision,
        Self::Report,
    ];

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == code)
    }

    /// The code that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Mention => "mention",
            Self::Thread => "thread",
            Self::Decision => "decision",
            Self::Report => "report",
        }
    }
}

impl fmt::Display for NoticeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Why.
    pub kind: NoticeKind,
    /// Thread; none when it is about the account.
    pub thread: Option<i64>,
    /// Its title.
    pub thread_title: Title,
    /// The comment it is about, if it is about one.
    pub comment: Option<i64>,
    /// What was decided.
    pub decision: Option<Told>,
    /// What became of the report.
    pub report: Option<ReportTold>,
    /// Who wrote that, where everybody may know.
    pub author: Option<String>,
    /// It was marked as read.
    pub seen: bool,
    /// UTC milliseconds.
    pub created_ms: i64,
}

/// A decision, as it is told to whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The act.
    pub id: i64,
    /// What was done.
    pub act: Act,
    /// Under which rule.
    pub reason: Option<Reason>,
    /// Version of the rule, the end, the act an appeal was about, and so on.
    pub detail: Detail,
    /// The words to the person.
    pub note: String,
}

/// A report that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportTold {
    /// Rule that was named.
    pub reason: Option<Reason>,
    /// `removed`, `dismissed`, `deleted` or `withheld`.
    pub outcome: String,
}

/// A comment that is seen for the first time.
pub(super) struct Written<'a> {
    pub(super) thread: i64,
    pub(super) comment: i64,
    pub(super) author: &'a str,
    /// Whose comment it replies to, or whose thread.
    pub(super) answers: Option<String>,
    pub(super) body: &'a str,
    pub(super) now_ms: i64,
}

/// Tells whoever is concerned, each person once: an answer counts more than a name, a name more
/// than a followed thread.
pub(super) async fn tell(
    tx: &DatabaseTransaction,
    written: &Written<'_>,
) -> Result<(), ForumError> {
    let mut told: HashSet<String> = HashSet::from([written.author.to_owned()]);
    if let Some(answered) = &written.answers
        && told.insert(answered.clone())
    {
        insert(tx, answered, NoticeKind::Reply, written).await?;
    }
    let keys = mention::candidates(written.body);
    let known = accounts_of(tx, &keys).await?;
    let named = mention::places(written.body, |key| known.iter().any(|(k, _)| k == key));
    for (_, key) in named {
        let Some((_, account)) = known.iter().find(|(k, _)| *k == key) else {
            continue;
        };
        if told.insert(account.clone()) {
            insert(tx, account, NoticeKind::Mention, written).await?;
        }
    }
    let told: Vec<String> = told.into_iter().collect();
    let statement = format!(
        "INSERT INTO notice (account_id, kind, thread_id, comment_id, seen, created_ms)
        SELECT f.account_id, 'thread', f.thread_id, $2, false, $3 FROM thread_follow f
        WHERE f.thread_id = $1 AND f.account_id NOT IN ({})
            AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.account_id = f.account_id
                AND n.thread_id = f.thread_id AND n.kind = 'thread' AND NOT n.seen)",
        sql::places(4, told.len()),
    );
    let values = [
        written.thread.into(),
        written.comment.into(),
        written.now_ms.into(),
    ]
    .into_iter()
    .chain(told.into_iter().map(Value::from));
    sql::run(tx, &statement, values).await?;
    Ok(())
}

/// Tells a person what was decided.
pub(super) async fn decided(
    tx: &DatabaseTransaction,
    person: &str,
    (thread, comment): (Option<i64>, Option<i64>),
    act: i64,
    now_ms: i64,
) -> Result<(), ForumError> {
    sql::run(
        tx,
        "INSERT INTO notice (account_id, kind, thread_id, comment_id, act_id, seen, created_ms)
        VALUES ($1, 'decision', $2, $3, $4, false, $5)",
        [
            person.into(),
            thread.into(),
            comment.into(),
            act.into(),
            now_ms.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Tells everybody whose report of a comment is open that it is answered.
pub(super) async fn answer_reporters(
    tx: &DatabaseTransaction,
    comment: i64,
    now_ms: i64,
) -> Result<(), ForumError> {
    sql::run(
        tx,
        "INSERT INTO notice (account_id, kind, thread_id, comment_id, seen, created_ms)
        SELECT r.reporter_id, 'report', c.thread_id, c.id, false, $2
        FROM report r JOIN comment c ON c.id = r.comment_id
        WHERE r.comment_id = $1 AND r.state = 'open' AND r.reporter_id IS NOT NULL",
        [comment.into(), now_ms.into()],
    )
    .await?;
    Ok(())
}

/// Tells whoever a comment concerns that was withheld at first and is seen now; gives it back when
/// that was not done before.
pub(super) async fn announce(
    tx: &DatabaseTransaction,
    comment: i64,
    now_ms: i64,
) -> Result<Option<Posted>, ForumError> {
    let row = sql::one(
        tx,
        "UPDATE comment SET announced = true WHERE id = $1 AND NOT announced
        RETURNING thread_id, parent_id, author_id, body",
        [comment.into()],
    )
    .await?;
    let Some(row) = row else { return Ok(None) };
    let thread: i64 = row.try_get("", "thread_id")?;
    let author: Option<String> = row.try_get("", "author_id")?;
    let parent: Option<i64> = row.try_get("", "parent_id")?;
    let body: String = row.try_get("", "body")?;
    let opening: Option<i64> = sql::one(
        tx,
        "SELECT opening_id FROM thread WHERE id = $1",
        [thread.into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?
    .try_get("", "opening_id")?;
    if let Some(author) = &author {
        let written = Written {
            thread,
            comment,
            author,
            answers: answered(tx, parent.or(opening)).await?,
            body: &body,
            now_ms,
        };
        tell(tx, &written).await?;
    }
    Ok(Some(Posted { thread, comment }))
}

async fn insert(
    tx: &DatabaseTransaction,
    account: &str,
    kind: NoticeKind,
    written: &Written<'_>,
) -> Result<(), ForumError> {
    sql::run(
        tx,
        "INSERT INTO notice (account_id, kind, thread_id, comment_id, seen, created_ms)
        VALUES ($1, $2, $3, $4, false, $5)",
        [
            account.into(),
            kind.as_str().into(),
            written.thread.into(),
            written.comment.into(),
            written.now_ms.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Keys of handles with their accounts.
async fn accounts_of<C: ConnectionTrait>(
    db: &C,
    keys: &[String],
) -> Result<Vec<(String, String)>, ForumError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let query = format!(
        "SELECT handle_folded, id FROM account WHERE handle_folded IN ({})",
        sql::places(1, keys.len())
    );
    let values = keys.iter().map(|key| Value::from(key.as_str()));
    let mut found = Vec::new();
    for row in sql::all(db, &query, values).await? {
        found.push((row.try_get("", "handle_folded")?, row.try_get("", "id")?));
    }
    Ok(found)
}

impl Store {
    /// Those of the keys that are somebody's handle.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn known_handles(&self, keys: &[String]) -> Result<HashSet<String>, ForumError> {
        let known = accounts_of(self.db.read(), keys).await?;
        Ok(known.into_iter().map(|(key, _)| key).collect())
    }

    /// Follows a thread or stops following it. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn follow(
        &self,
        actor: Actor<'_>,
        thread: i64,
        follows: bool,
    ) -> Result<(), ForumError> {
        may(actor, Action::Read, Target::Site)?;
        let account = Reader::of(actor).account.ok_or(Denied::SignIn)?;
        let statement = if follows {
            "INSERT INTO thread_follow (account_id, thread_id)
            SELECT $1, id FROM thread WHERE id = $2
            ON CONFLICT (account_id, thread_id) DO NOTHING"
        } else {
            "DELETE FROM thread_follow WHERE account_id = $1 AND thread_id = $2"
        };
        let tx = self.begin().await?;
        let values = [account.into(), thread.into()];
        sql::run(&tx, statement, values).await?;
        tx.commit().await?;
        Ok(())
    }

    /// True when the account follows the thread.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn follows(&self, account: &str, thread: i64) -> Result<bool, ForumError> {
        let query = "SELECT 1 AS one FROM thread_follow WHERE account_id = $1 AND thread_id = $2";
        let values = [account.into(), thread.into()];
        Ok(sql::one(self.db.read(), query, values).await?.is_some())
    }

    /// Number of notices that were not marked as read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unread_notices(&self, account: &str) -> Result<i64, ForumError> {
        let query = "SELECT count(*) AS n FROM notice WHERE account_id = $1 AND NOT seen";
        let row = sql::one(self.db.read(), query, [account.into()]).await?;
        Ok(row.ok_or(ForumError::NotFound)?.try_get("", "n")?)
    }

    /// Marks every notice as read, up to the newest that was shown.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn read_notices(&self, account: &str) -> Result<(), ForumError> {
        let tx = self.begin().await?;
        let statement = "UPDATE notice SET seen = true WHERE account_id = $1 AND NOT seen";
        sql::run(&tx, statement, [account.into()]).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The notices of an account, newest first.
    ///
    /// # Errors
    /// [`ForumError::BadCursor`].
    pub async fn notices(
        &self,
        account: &str,
        cursor: Option<&str>,
    ) -> Result<Page<Notice>, ForumError> {
        let before = match cursor {
            Some(text) => ListCursor::decode(NOTICES, text)?.id,
            None => i64::MAX,
        };
        let query = format!(
            "SELECT n.id, n.kind, n.thread_id, n.comment_id, n.act_id, n.seen, n.created_ms,
                {},
                CASE WHEN c.state = 'visible' AND n.kind IN ('reply', 'mention', 'thread')
                    THEN a.handle END AS author,
                coalesce(m.reason, r.reason) AS reason, m.act, m.detail, m.note, r.outcome
            FROM notice n LEFT JOIN thread t ON t.id = n.thread_id
            LEFT JOIN comment c ON c.id = n.comment_id LEFT JOIN comment o ON o.id = t.opening_id
            LEFT JOIN account a ON a.id = c.author_id
            LEFT JOIN moderation_act m ON m.id = n.act_id
            LEFT JOIN report r ON n.kind = 'report' AND r.comment_id = n.comment_id
                AND r.reporter_id = n.account_id
            WHERE n.account_id = $1 AND n.id < $2 ORDER BY n.id DESC LIMIT {}",
            rows::OWN_TITLE,
            ON_PAGE + 1
        );
        let found = sql::all(self.db.read(), &query, [account.into(), before.into()]).await?;
        let items = found
            .iter()
            .take(ON_PAGE)
            .map(read)
            .collect::<Result<Vec<_>, _>>()?;
        let last: i64 = match found.get(ON_PAGE - 1) {
            Some(row) => row.try_get("", "id")?,
            None => 0,
        };
        let next = (found.len() > ON_PAGE).then(|| {
            ListCursor {
                list: NOTICES,
                key: 0,
                id: last,
            }
            .encode()
        });
        Ok(Page { items, next })
    }
}

fn read(row: &QueryResult) -> Result<Notice, ForumError> {
    let kind: String = row.try_get("", "kind")?;
    let decision = match row.try_get::<Option<i64>>("", "act_id")? {
        None => None,
        Some(id) => Some(Told {
            id,
            act: log::act(row)?,
            reason: rows::reason(row)?,
            detail: Detail::parse(&row.try_get::<String>("", "detail")?),
            note: row.try_get("", "note")?,
        }),
    };
    let report = match row.try_get::<Option<String>>("", "outcome")? {
        None => None,
        Some(outcome) => Some(ReportTold {
            reason: rows::reason(row)?,
            outcome,
        }),
    };
    Ok(Notice {
        kind: NoticeKind::parse(&kind).ok_or_else(|| rows::broken("kind"))?,
        thread: row.try_get("", "thread_id")?,
        thread_title: rows::title(row)?,
        comment: row.try_get("", "comment_id")?,
        decision,
        report,
        author: row.try_get("", "author")?,
        seen: row.try_get("", "seen")?,
        created_ms: row.try_get("", "created_ms")?,
    })
}

/// Who wrote the comment that a new one answers: its parent, or the thread's opening.
pub(super) async fn answered(
    tx: &DatabaseTransaction,
    comment: Option<i64>,
) -> Result<Option<String>, ForumError> {
    let Some(id) = comment else {
        return Ok(None);
    };
    let query = "SELECT author_id FROM comment WHERE id = $1";
    let row = sql::one(tx, query, [id.into()]).await?;
    Ok(row
        .map(|row| row.try_get("", "author_id"))
        .transpose()?
        .flatten())
}

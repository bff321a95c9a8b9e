//! The queue: what waits for a decision, the most urgent first, with all that is needed to decide.

use std::{collections::HashMap, str::FromStr};

use partake_core::{
    forum::{Action, Actor, Reason, Target, may, pipeline::Finding},
    lang::Lang,
};
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::{
    BATCH_MAX, Comment, ForumError, Page, Reader, cases::CLAIM_MS, cursor::ListCursor,
    moderation::seen, rows, sql, tree,
};
use crate::Store;

const QUEUE: u8 = b'q';
/// Cases on a page.
const CASES: usize = 20;

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Rule that is said to be broken.
    pub reason: Reason,
    /// The version that held when it was reported.
    pub version: Option<i64>,
    /// The reporter's words.
    pub note: String,
    /// Who reported, unless the account is gone.
    pub reporter: Option<String>,
    /// UTC milliseconds.
    pub created_ms: i64,
}

/// Why something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseKind {
    /// Somebody reported it.
    Reported,
    /// It is looked at before it is published.
    Premoderation,
    /// A rule of the pipeline noticed something.
    Automatic,
    /// Its author has changed what was withheld for it.
    Mended,
}

impl CaseKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Reported,
        Self::Premoderation,
        Self::Automatic,
        Self::Mended,
    ];

    /// The code that is stored, and in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Premoderation => "premoderation",
            Self::Automatic => "automatic",
            Self::Mended => "mended",
        }
    }
}

impl FromStr for CaseKind {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|k| k.as_str() == s).ok_or(())
    }
}

/// Whose cases are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Claimed {
    /// Everybody's.
    #[default]
    Any,
    /// One's own.
    Mine,
    /// Nobody's.
    Free,
}

/// Which cases are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct QueueFilter {
    /// Why they wait.
    pub kind: Option<CaseKind>,
    /// Reported under this rule.
    pub reason: Option<Reason>,
    /// Written in this language.
    pub lang: Option<Lang>,
    /// Whose they are.
    pub claimed: Claimed,
}

/// A comment that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueItem {
    /// The comment, unmasked.
    pub comment: Comment,
    /// Its author's account.
    pub author: Option<String>,
    /// What it replies to, unmasked.
    pub parent: Option<Comment>,
    /// Title of its thread.
    pub thread_title: String,
    /// Its thread is locked.
    pub thread_locked: bool,
    /// It opens its thread.
    pub opens: bool,
    /// Why it waits.
    pub kind: CaseKind,
    /// What was found about it, if it is withheld.
    pub findings: Vec<Finding>,
    /// Its place in the queue.
    pub rank: i64,
    /// Who is at it, if the claim still holds.
    pub claimed_by: Option<String>,
    /// The reader is.
    pub mine: bool,
    /// Stands for what is seen here; see [`Decision::seen`](super::Decision::seen).
    pub seen: String,
    /// The author has had the one chance to change it.
    pub mended: bool,
    /// Private notes about it.
    pub notes: i64,
    /// Earlier decisions against the author.
    pub decisions: i64,
    /// Open reports, oldest first.
    pub reports: Vec<Report>,
}

/// Numbers of open cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// All together.
    pub all: i64,
    /// By kind, in the order of [`CaseKind::ALL`].
    pub by_kind: [i64; 4],
    /// Open appeals.
    pub appeals: i64,
    /// Appeals whose answer is overdue.
    pub overdue: i64,
}

impl Store {
    /// A page of the queue.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::BadCursor`].
    pub async fn moderation_queue(
        &self,
        actor: Actor<'_>,
        filter: QueueFilter,
        cursor: Option<&str>,
        now_ms: i64,
    ) -> Result<Page<QueueItem>, ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let reader = Reader::of(actor);
        let decided = self.in_batches().await?;
        let db = self.db.snapshot().await?;
        let mut heads = heads(&db, reader, filter, &decided, cursor, now_ms).await?;
        let more = heads.len() > CASES;
        heads.truncate(CASES);
        let next = heads.last().filter(|_| more).map(|last| {
            ListCursor {
                list: QUEUE,
                key: last.rank,
                id: last.comment,
            }
            .encode()
        });
        let items = fill(&db, reader, heads).await?;
        db.commit().await?;
        Ok(Page { items, next })
    }

    /// One case, also when it is closed: what a decision form shows.
    ///
    /// # Errors
    /// [`ForumError::Denied`], [`ForumError::NotFound`].
    pub async fn seen(&self, actor: Actor<'_>, comment: i64) -> Result<String, ForumError> {
        may(actor, Action::SeeQueue, Target::Site)?;
        let db = self.db.read();
        let found = tree::by_ids(db, &[comment], Reader::of(actor)).await?;
        let found = found.first().ok_or(ForumError::NotFound)?;
        let act = super::moderation::last_act(db, comment).await?;
        Ok(seen(act, found.edited_ms))
    }

    /// How many cases and appeals are open.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn queue_counts(&self, now_ms: i64) -> Result<QueueCounts, ForumError> {
        let db = self.db.read();
        let mut counts = QueueCounts::default();
        let found = sql::all(
            db,
            "SELECT kind, count(*) AS n FROM moderation_case GROUP BY kind",
            [],
        )
        .await?;
        for row in &found {
            let n: i64 = row.try_get("", "n")?;
            counts.all += n;
            let kind = kind(row)?;
            for (known, place) in CaseKind::ALL.into_iter().zip(&mut counts.by_kind) {
                if known == kind {
                    *place = n;
                }
            }
        }
        let appeals = sql::one(
            db,
            "SELECT count(*) AS n, count(CASE WHEN due_ms < $1 THEN 1 END) AS late
            FROM appeal WHERE state = 'open'",
            [now_ms.into()],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        counts.appeals = appeals.try_get("", "n")?;
        counts.overdue = appeals.try_get("", "late")?;
        Ok(counts)
    }

    /// Number of comments that wait for a decision.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reported_comments(&self) -> Result<i64, ForumError> {
        Ok(self.queue_counts(0).await?.all)
    }
}

struct Head {
    comment: i64,
    rank: i64,
    kind: CaseKind,
    claimed_by: Option<String>,
    mine: bool,
}

async fn heads(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    filter: QueueFilter,
    decided: &[i64],
    cursor: Option<&str>,
    now_ms: i64,
) -> Result<Vec<Head>, ForumError> {
    let me = reader.account.unwrap_or_default();
    let mut values: Vec<Value> = vec![me.into(), (now_ms - CLAIM_MS).into()];
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let mut wanted = "1 = 1".to_owned();
    // What is about to be decided with others is no longer in the queue.
    for chunk in decided.chunks(BATCH_MAX) {
        let places: Vec<_> = chunk.iter().map(|&id| bind(id.into())).collect();
        wanted += &format!(" AND m.comment_id NOT IN ({})", places.join(", "));
    }
    if let Some(kind) = filter.kind {
        wanted += &format!(" AND m.kind = {}", bind(kind.as_str().into()));
    }
    if let Some(reason) = filter.reason {
        wanted += &format!(
            " AND EXISTS (SELECT 1 FROM report r WHERE r.comment_id = m.comment_id
                AND r.state = 'open' AND r.reason = {})",
            bind(reason.as_str().into())
        );
    }
    if let Some(lang) = filter.lang {
        wanted += &format!(
            " AND EXISTS (SELECT 1 FROM comment c WHERE c.id = m.comment_id AND c.lang = {})",
            bind(lang.as_str().into())
        );
    }
    wanted += match filter.claimed {
        Claimed::Any => "",
        Claimed::Mine => " AND m.claimed_by = $1 AND m.claimed_ms > $2",
        Claimed::Free => " AND (m.claimed_by IS NULL OR m.claimed_ms <= $2)",
    };
    if let Some(text) = cursor {
        let ListCursor { key, id, .. } = ListCursor::decode(QUEUE, text)?;
        let (key, id) = (bind(key.into()), bind(id.into()));
        wanted += &format!(" AND (m.rank < {key} OR (m.rank = {key} AND m.comment_id > {id}))");
    }
    let query = format!(
        "SELECT m.comment_id, m.rank, m.kind,
            CASE WHEN m.claimed_ms > $2 THEN a.handle END AS claimed_by,
            coalesce(m.claimed_by = $1 AND m.claimed_ms > $2, false) AS mine
        FROM moderation_case m LEFT JOIN account a ON a.id = m.claimed_by
        WHERE {wanted} ORDER BY m.rank DESC, m.comment_id LIMIT {}",
        CASES + 1
    );
    let found = sql::all(db, &query, values).await?;
    found
        .iter()
        .map(|row| {
            Ok(Head {
                comment: row.try_get("", "comment_id")?,
                rank: row.try_get("", "rank")?,
                kind: kind(row)?,
                claimed_by: row.try_get("", "claimed_by")?,
                mine: row.try_get("", "mine")?,
            })
        })
        .collect()
}

/// What the rows of a page have besides the comment itself.
struct Around {
    author: Option<String>,
    title: String,
    locked: bool,
    opens: bool,
    mended: bool,
    findings: Vec<Finding>,
    last_act: i64,
    notes: i64,
    decisions: i64,
}

async fn fill(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    heads: Vec<Head>,
) -> Result<Vec<QueueItem>, ForumError> {
    let ids: Vec<i64> = heads.iter().map(|head| head.comment).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut comments: HashMap<i64, Comment> = by_id(db, &ids, reader).await?;
    let parents: Vec<i64> = comments.values().filter_map(|c| c.parent_id).collect();
    let parents = by_id(db, &parents, reader).await?;
    let mut around = surroundings(db, &ids).await?;
    let mut reports = open_reports(db, &ids).await?;
    Ok(heads
        .into_iter()
        .filter_map(|head| {
            let comment = comments.remove(&head.comment)?;
            let around = around.remove(&head.comment)?;
            Some(QueueItem {
                parent: comment.parent_id.and_then(|id| parents.get(&id).cloned()),
                seen: seen(around.last_act, comment.edited_ms),
                comment,
                author: around.author,
                thread_title: around.title,
                thread_locked: around.locked,
                opens: around.opens,
                kind: head.kind,
                findings: around.findings,
                rank: head.rank,
                claimed_by: head.claimed_by,
                mine: head.mine,
                mended: around.mended,
                notes: around.notes,
                decisions: around.decisions,
                reports: reports.remove(&head.comment).unwrap_or_default(),
            })
        })
        .collect())
}

async fn by_id(
    db: &impl ConnectionTrait,
    ids: &[i64],
    reader: Reader<'_>,
) -> Result<HashMap<i64, Comment>, ForumError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = tree::by_ids(db, ids, reader).await?;
    Ok(found.into_iter().map(|c| (c.id, c)).collect())
}

async fn surroundings(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<HashMap<i64, Around>, ForumError> {
    let query = format!(
        "SELECT c.id, c.author_id, c.mended, t.title, t.locked, t.opening_id = c.id AS opens,
            h.findings,
            coalesce((SELECT max(m.id) FROM moderation_act m WHERE m.comment_id = c.id), 0) AS act,
            (SELECT count(*) FROM moderation_note n WHERE n.comment_id = c.id) AS notes,
            (SELECT count(*) FROM moderation_act m WHERE m.subject_id = c.author_id
                AND m.act IN ('remove', 'withhold', 'warn', 'silence', 'suspend', 'ban'))
                AS decisions
        FROM comment c JOIN thread t ON t.id = c.thread_id
        LEFT JOIN comment_hold h ON h.comment_id = c.id
        WHERE c.id IN ({})",
        sql::places(1, ids.len())
    );
    let found = sql::all(db, &query, ids.iter().map(|&id| id.into())).await?;
    found
        .iter()
        .map(|row| {
            let findings: Option<String> = row.try_get("", "findings")?;
            let findings = findings
                .map(|json| serde_json::from_str(&json).map_err(|_| rows::broken("findings")))
                .transpose()?;
            let opens: Option<bool> = row.try_get("", "opens")?;
            let around = Around {
                author: row.try_get("", "author_id")?,
                title: row.try_get("", "title")?,
                locked: row.try_get("", "locked")?,
                opens: opens.unwrap_or_default(),
                mended: row.try_get("", "mended")?,
                findings: findings.unwrap_or_default(),
                last_act: row.try_get("", "act")?,
                notes: row.try_get("", "notes")?,
                decisions: row.try_get("", "decisions")?,
            };
            Ok((row.try_get("", "id")?, around))
        })
        .collect()
}

async fn open_reports(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<Report>>, ForumError> {
    let query = format!(
        "SELECT r.comment_id, r.reason, r.rule_version, r.note, r.created_ms, a.handle AS reporter
        FROM report r LEFT JOIN account a ON a.id = r.reporter_id
        WHERE r.state = 'open' AND r.comment_id IN ({}) ORDER BY r.id",
        sql::places(1, ids.len())
    );
    let found = sql::all(db, &query, ids.iter().map(|&id| id.into())).await?;
    let mut reports: HashMap<i64, Vec<Report>> = HashMap::new();
    for row in &found {
        reports
            .entry(row.try_get("", "comment_id")?)
            .or_default()
            .push(report(row)?);
    }
    Ok(reports)
}

fn kind(row: &QueryResult) -> Result<CaseKind, ForumError> {
    let kind: String = row.try_get("", "kind")?;
    kind.parse().map_err(|()| rows::broken("kind"))
}

fn report(row: &QueryResult) -> Result<Report, ForumError> {
    Ok(Report {
        reason: rows::reason(row)?.ok_or_else(|| rows::broken("reason"))?,
        version: row.try_get("", "rule_version")?,
        note: row.try_get("", "note")?,
        reporter: row.try_get("", "reporter")?,
        created_ms: row.try_get("", "created_ms")?,
    })
}

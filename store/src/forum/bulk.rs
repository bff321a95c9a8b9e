//! Writing a whole thread at once, for made-up data at scale.

use partake_core::{
    forum::{
        About, MAX_DEPTH, Reason,
        ranking::best_rank,
        urgency::{Case, rank, severity},
    },
    lang::Lang,
};
use sea_orm::{DatabaseTransaction, Value};

use super::{
    ForumError, Vote, rows,
    search::{self, Words},
    sql,
};
use crate::Store;

/// Rows in one statement; both engines limit the number of parameters.
const ROWS: usize = 1_000;

/// A thread with all its comments; the first is the opening.
#[derive(Clone, Debug)]
pub struct BulkThread {
    /// Survey it belongs to.
    pub survey: String,
    /// What it is about.
    pub about: About,
    /// Title.
    pub title: String,
    /// Comments, each after the one it replies to.
    pub comments: Vec<BulkComment>,
}

/// One comment of it.
#[derive(Clone, Debug)]
pub struct BulkComment {
    /// Index of the comment it replies to; none at the root.
    pub parent: Option<usize>,
    /// Author's account.
    pub author: String,
    /// Language.
    pub lang: Lang,
    /// Source.
    pub body: String,
    /// UTC milliseconds; not before the one before.
    pub created_ms: i64,
    /// Votes on it, one of each account.
    pub votes: Vec<(String, Vote)>,
    /// Its report, if it is reported.
    pub report: Option<BulkReport>,
}

/// A report of it.
#[derive(Clone, Debug)]
pub struct BulkReport {
    /// Reporter's account.
    pub reporter: String,
    /// Rule.
    pub reason: Reason,
    /// Words.
    pub note: String,
}

struct Placed {
    depth: u32,
    path: Vec<u8>,
    replies: i64,
    descendants: i64,
    /// Id of the newest comment below it, or its own.
    active: i64,
}

impl Store {
    /// Writes the thread and gives its id. A comment whose parent is at the deepest level replies
    /// to that one's parent instead.
    ///
    /// # Errors
    /// [`ForumError::NotFound`] for a thread without an opening or a parent that comes later.
    pub async fn import_thread(&self, thread: &BulkThread) -> Result<i64, ForumError> {
        let (Some(first), Some(last)) = (thread.comments.first(), thread.comments.last()) else {
            return Err(ForumError::NotFound);
        };
        let (kind, about_ref, release) = rows::about_columns(&thread.about);
        let tx = self.begin().await?;
        if !self.db.is_sqlite() {
            sql::run(&tx, "LOCK TABLE comment IN EXCLUSIVE MODE", []).await?;
        }
        let base: i64 = sql::one(&tx, "SELECT coalesce(max(id), 0) AS id FROM comment", [])
            .await?
            .ok_or(ForumError::NotFound)?
            .try_get::<i64>("", "id")?
            + 1;
        let id_of = |index: usize| i64::try_from(index).map(|i| base + i);
        let (parents, placed) = place(thread, base)?;
        let id: i64 = sql::one(
            &tx,
            "INSERT INTO thread (survey, about_kind, about_ref, about_release, title, author_id,
                opening_id, locked, comment_count, created_ms, last_activity_ms)
            VALUES ($1, $2, $3, $10, $4, $5, $6, false, $7, $8, $9) RETURNING id",
            [
                thread.survey.as_str().into(),
                kind.into(),
                about_ref.into(),
                thread.title.as_str().into(),
                first.author.as_str().into(),
                base.into(),
                i64::try_from(thread.comments.len())
                    .unwrap_or(i64::MAX)
                    .into(),
                first.created_ms.into(),
                last.created_ms.into(),
                release.into(),
            ],
        )
        .await?
        .ok_or(ForumError::NotFound)?
        .try_get("", "id")?;

        sql::run(
            &tx,
            "INSERT INTO thread_follow (account_id, thread_id) VALUES ($1, $2)",
            [first.author.as_str().into(), id.into()],
        )
        .await?;
        let mut comments = Vec::new();
        let mut reports = Vec::new();
        let mut words = Vec::new();
        let mut cases = Vec::new();
        let mut votes = Vec::new();
        for (index, comment) in thread.comments.iter().enumerate() {
            let own = id_of(index).map_err(|_| ForumError::NotFound)?;
            let parent = parents[index]
                .map(id_of)
                .transpose()
                .map_err(|_| ForumError::NotFound)?;
            let at = &placed[index];
            let up = comment.votes.iter().filter(|(_, v)| *v == Vote::Up).count();
            let (up, down) = (count(up)?, count(comment.votes.len() - up)?);
            comments.push([
                own.into(),
                id.into(),
                parent.into(),
                i64::from(at.depth).into(),
                at.path.clone().into(),
                comment.author.as_str().into(),
                comment.lang.as_str().into(),
                comment.body.as_str().into(),
                at.replies.into(),
                at.descendants.into(),
                comment.created_ms.into(),
                at.active.into(),
                i64::from(up).into(),
                i64::from(down).into(),
                (i64::from(up) - i64::from(down)).into(),
                best_rank(up, down).into(),
            ]);
            votes.extend(
                comment.votes.iter().map(|(account, vote)| {
                    [account.as_str().into(), own.into(), vote.value().into()]
                }),
            );
            let title = (index == 0).then_some(thread.title.as_str());
            words.push(Words::new(own, id, title, &comment.body));
            if let Some(report) = &comment.report {
                let rank = rank(&Case {
                    reports: 1.0,
                    severity: severity(report.reason),
                    replies: at.descendants,
                    opened_ms: comment.created_ms,
                });
                cases.push([own.into(), rank.into(), comment.created_ms.into()]);
                reports.push([
                    own.into(),
                    report.reporter.as_str().into(),
                    report.reason.as_str().into(),
                    report.note.as_str().into(),
                    comment.created_ms.into(),
                ]);
            }
        }
        insert(
            &tx,
            "comment (id, thread_id, parent_id, depth, path, author_id, lang, body, reply_count,
                descendant_count, created_ms, active, up, down, score, best, state)",
            ", 'visible'",
            &comments,
        )
        .await?;
        insert(
            &tx,
            "comment_vote (account_id, comment_id, value)",
            "",
            &votes,
        )
        .await?;
        insert(
            &tx,
            "report (comment_id, reporter_id, reason, note, created_ms, state)",
            ", 'open'",
            &reports,
        )
        .await?;
        search::index(&tx, &words).await?;
        insert(
            &tx,
            "moderation_case (comment_id, rank, opened_ms, kind, reports)",
            ", 'reported', 1",
            &cases,
        )
        .await?;
        if !self.db.is_sqlite() {
            sql::one(
                &tx,
                "SELECT setval(pg_get_serial_sequence('comment', 'id'), (SELECT max(id) FROM comment))",
                [],
            )
            .await?;
        }
        tx.commit().await?;
        Ok(id)
    }

    /// Lets the engine look at the discussion after much was written, so that it plans well. At
    /// nothing else: what it puts aside of submissions would tell which of them came before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn analyse(&self) -> Result<(), ForumError> {
        for table in ["thread", "comment", "comment_search"] {
            sql::run(self.db.write(), &format!("ANALYZE {table}"), []).await?;
        }
        Ok(())
    }
}

/// Where each comment stands, and how many replies it has.
fn place(thread: &BulkThread, base: i64) -> Result<(Vec<Option<usize>>, Vec<Placed>), ForumError> {
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(thread.comments.len());
    let mut placed: Vec<Placed> = Vec::with_capacity(thread.comments.len());
    for (index, comment) in thread.comments.iter().enumerate() {
        if comment.parent.is_some_and(|p| p >= index) {
            return Err(ForumError::NotFound);
        }
        let parent = match comment.parent {
            Some(p) if placed[p].depth >= MAX_DEPTH => parents[p],
            other => other,
        };
        let id = base + i64::try_from(index).map_err(|_| ForumError::NotFound)?;
        let (depth, path) = match parent {
            Some(p) => (placed[p].depth + 1, rows::path_of(&placed[p].path, id)),
            None => (0, rows::path_of(&[], id)),
        };
        parents.push(parent);
        placed.push(Placed {
            depth,
            path,
            replies: 0,
            descendants: 0,
            active: id,
        });
    }
    // Replies come after what they reply to, so from the end each subtree is complete.
    for index in (0..placed.len()).rev() {
        if let Some(parent) = parents[index] {
            placed[parent].replies += 1;
            placed[parent].descendants += 1 + placed[index].descendants;
            placed[parent].active = placed[parent].active.max(placed[index].active);
        }
    }
    Ok((parents, placed))
}

fn count(n: usize) -> Result<u32, ForumError> {
    u32::try_from(n).map_err(|_| ForumError::NotFound)
}

async fn insert<const N: usize>(
    tx: &DatabaseTransaction,
    into: &str,
    constant: &str,
    rows: &[[Value; N]],
) -> Result<(), ForumError> {
    for chunk in rows.chunks(ROWS) {
        let groups: Vec<String> = (0..chunk.len())
            .map(|row| format!("({}{constant})", sql::places(row * N + 1, N)))
            .collect();
        let sql = format!("INSERT INTO {into} VALUES {}", groups.join(", "));
        sql::run(tx, &sql, chunk.iter().flatten().cloned()).await?;
    }
    Ok(())
}

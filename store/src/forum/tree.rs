//! Reading a tree a page at a time, however large it is.
//!
//! A page is a run of comments under one parent and, level by level, the first few replies to
//! each. Every comment says where the rest of its replies begins, so following every `next` and
//! `more` visits each comment once. The cost of a page does not depend on the size of the thread.

use std::collections::HashMap;

use partake_core::forum::Sort;
use sea_orm::{ConnectionTrait, DbBackend, Value};

use super::{Comment, ForumError, Reader, cursor::TreeCursor, rows, sql};
use crate::Store;

/// Roots on a page.
pub const ROOTS: usize = 20;
/// Replies on a page of one comment's replies.
pub const REPLIES: usize = 50;
/// Replies loaded along with each comment.
pub const CHILDREN: usize = 5;
/// Levels of replies loaded along with a page.
pub const LEVELS: usize = 3;
/// Comments shown beside one that is read by itself.
const BESIDE: usize = 5;

/// Comments of one list that are followed when they move while somebody reads on.
const MOVED: usize = 1_000;

/// A page of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreePage {
    /// Comments in the asked order, with their first replies.
    pub comments: Vec<Comment>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl Store {
    /// A page of the replies to `parent`, or of the roots of the thread. With a cursor the cursor
    /// says whose replies they are and in which order, as it was made for them.
    ///
    /// # Errors
    /// [`ForumError::BadCursor`] when the cursor belongs to another thread.
    pub async fn comment_tree(
        &self,
        thread: i64,
        parent: Option<i64>,
        sort: Sort,
        cursor: Option<&str>,
        reader: Reader<'_>,
    ) -> Result<TreePage, ForumError> {
        let start = match cursor {
            Some(text) => TreeCursor::decode(text)?,
            None => TreeCursor {
                sort,
                thread,
                parent: parent.unwrap_or(0),
                last: None,
            },
        };
        if start.thread != thread {
            return Err(ForumError::BadCursor);
        }
        // Counts and rows have to be of one moment, or a reply could be counted and not reached.
        let snapshot = self.db.snapshot().await?;
        let page = read_page(&snapshot, start, reader).await?;
        snapshot.commit().await?;
        Ok(page)
    }

    /// One comment, without replies.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn comment(
        &self,
        id: i64,
        reader: Reader<'_>,
    ) -> Result<Option<Comment>, ForumError> {
        Ok(by_ids(self.db.read(), &[id], reader)
            .await?
            .into_iter()
            .next())
    }

    /// Comments by id, outermost first; ids that do not exist are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn comments(
        &self,
        ids: &[i64],
        reader: Reader<'_>,
    ) -> Result<Vec<Comment>, ForumError> {
        let mut found = by_ids(self.db.read(), ids, reader).await?;
        found.sort_by_key(|comment| (comment.depth, comment.id));
        Ok(found)
    }

    /// The best of what stands beside a comment, under the same parent or in the same thread.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn beside(
        &self,
        comment: &Comment,
        opening: i64,
        reader: Reader<'_>,
    ) -> Result<Vec<Comment>, ForumError> {
        let (among, id) = match comment.parent_id {
            Some(parent) => ("c.parent_id = $3", parent),
            None => (
                "c.thread_id = $3 AND c.parent_id IS NULL",
                comment.thread_id,
            ),
        };
        let sql = format!(
            "SELECT {} FROM comment c LEFT JOIN account a ON a.id = c.author_id
            WHERE {among} AND c.id NOT IN ($4, $5) AND c.state = 'visible'
            ORDER BY c.best DESC, c.id LIMIT {BESIDE}",
            rows::COMMENT,
        );
        let more = [id.into(), comment.id.into(), opening.into()];
        let values = reader.values().into_iter().chain(more);
        read(sql::all(self.db.read(), &sql, values).await?)
    }
}

async fn read_page<C: ConnectionTrait>(
    db: &C,
    start: TreeCursor,
    reader: Reader<'_>,
) -> Result<TreePage, ForumError> {
    let limit = if start.parent == 0 { ROOTS } else { REPLIES };
    let mut level = siblings(db, start, limit + 1, reader).await?;
    let next = (level.len() > limit).then(|| {
        level.truncate(limit);
        after(start, &level)
    });

    // Levels are loaded top down and put together bottom up.
    let mut levels = Vec::new();
    for _ in 0..LEVELS {
        let parents: Vec<i64> = level
            .iter()
            .filter(|c| c.reply_count > 0)
            .map(|c| c.id)
            .collect();
        levels.push(level);
        level = first_replies(db, &parents, start.sort, reader).await?;
        if level.is_empty() {
            break;
        }
    }
    levels.push(level);

    let mut replies: HashMap<i64, Vec<Comment>> = HashMap::new();
    for (height, mut level) in levels.into_iter().rev().enumerate() {
        for comment in &mut level {
            let under = TreeCursor {
                parent: comment.id,
                last: None,
                ..start
            };
            if let Some(mut loaded) = replies.remove(&comment.id) {
                if loaded.len() > CHILDREN {
                    loaded.truncate(CHILDREN);
                    comment.more = Some(after(under, &loaded));
                }
                comment.replies = loaded;
            } else if height == 0 && comment.reply_count > 0 {
                comment.more = Some(under.encode());
            }
        }
        replies = HashMap::new();
        for comment in level {
            let key = comment.parent_id.unwrap_or(0);
            replies.entry(key).or_default().push(comment);
        }
    }
    Ok(TreePage {
        comments: replies.remove(&start.parent).unwrap_or_default(),
        next,
    })
}

/// Where the list that was read from `at` on goes on.
fn after(at: TreeCursor, read: &[Comment]) -> String {
    let begun = match at.last {
        Some((_, begun)) => Some(begun),
        None => read.first().map(|c| c.active),
    };
    TreeCursor {
        last: read.last().map(|c| match at.sort {
            Sort::Active => (c.active, begun.unwrap_or(c.active)),
            Sort::Best | Sort::New | Sort::Old => (c.best, c.id),
        }),
        ..at
    }
    .encode()
}

/// Order of the replies to `parent`, or of roots. Those are asked for by the sum because PostgreSQL
/// would else expect to meet them soon on a walk through the ids of all threads.
const fn order(sort: Sort, parent: i64) -> &'static str {
    match (sort, parent) {
        (Sort::Best, _) => "best DESC, id",
        (Sort::New, 0) => "(id + 0) DESC",
        (Sort::New, _) => "id DESC",
        (Sort::Old, 0) => "(id + 0)",
        (Sort::Old, _) => "id",
        // No two siblings have their newest comment in common.
        (Sort::Active, _) => "active DESC",
    }
}

/// The same for the rows of a page.
const fn order_of_page(sort: Sort) -> &'static str {
    match sort {
        Sort::Best => "c.best DESC, c.id",
        Sort::New => "c.id DESC",
        Sort::Old => "c.id",
        Sort::Active => "c.active DESC",
    }
}

async fn siblings<C: ConnectionTrait>(
    db: &C,
    at: TreeCursor,
    limit: usize,
    reader: Reader<'_>,
) -> Result<Vec<Comment>, ForumError> {
    let mut values = Vec::from(reader.values());
    let mut bind = |value: i64| {
        values.push(Value::from(value));
        format!("${}", values.len())
    };
    let thread = bind(at.thread);
    let (of, own) = match at.parent {
        0 => ("x.parent_id IS NULL".to_owned(), "(x.id + 0)"),
        parent => (format!("x.parent_id = {}", bind(parent)), "x.id"),
    };
    // Each part is a run of one index, so that what is before it is never read.
    let parts = match (at.last, at.sort) {
        (None, _) => vec![String::new()],
        (Some((_, id)), Sort::New) => vec![format!(" AND {own} < {}", bind(id))],
        (Some((_, id)), Sort::Old) => vec![format!(" AND {own} > {}", bind(id))],
        (Some((active, _)), Sort::Active) => vec![format!(" AND x.active < {}", bind(active))],
        // Very many have the rank of those that nobody voted on.
        (Some((rank, id)), Sort::Best) => {
            let (rank, id) = (bind(rank), bind(id));
            vec![
                format!(" AND x.best = {rank} AND x.id > {id}"),
                format!(" AND x.best < {rank}"),
            ]
        }
    };
    let order = order(at.sort, at.parent);
    let runs: Vec<String> = parts
        .iter()
        .map(|part| {
            format!(
                "SELECT * FROM (
                    SELECT x.* FROM comment x WHERE x.thread_id = {thread} AND {of}{part}
                    ORDER BY {order} LIMIT {limit}
                ) run"
            )
        })
        .collect();
    let sql = format!(
        "SELECT {columns} FROM (
            SELECT * FROM ({runs}) page ORDER BY {order} LIMIT {limit}
        ) c LEFT JOIN account a ON a.id = c.author_id ORDER BY {order_of_page}",
        columns = rows::COMMENT,
        runs = runs.join(" UNION ALL "),
        order_of_page = order_of_page(at.sort),
    );
    let mut found = read(sql::all(db, &sql, values).await?)?;
    if let (Some((last, begun)), Sort::Active) = (at.last, at.sort) {
        found.extend(moved(db, at, last, begun, limit, reader).await?);
        found.sort_by_key(|c| std::cmp::Reverse(c.active));
        found.truncate(limit);
    }
    Ok(found)
}

/// In the order "active" a comment moves to the front when somebody replies below it, and whoever
/// is on the way to it would miss it. These are the ones that moved there since the list was
/// begun, at the place they had then.
async fn moved<C: ConnectionTrait>(
    db: &C,
    at: TreeCursor,
    last: i64,
    begun: i64,
    limit: usize,
    reader: Reader<'_>,
) -> Result<Vec<Comment>, ForumError> {
    let of = match at.parent {
        0 => "x.parent_id IS NULL AND $4 = 0",
        _ => "x.parent_id = $4",
    };
    // What was written since has a higher id, and so has what stands above it in `active`. There
    // are few of these, which PostgreSQL cannot know: it is told to look for them one by one.
    let below = "SELECT c.id FROM comment c
        WHERE c.parent_id = m.id AND c.active > $1 AND c.id + 0 <= $1";
    let below = match db.get_database_backend() {
        DbBackend::Sqlite => format!("CROSS JOIN comment n ON n.id IN ({below})"),
        _ => format!("CROSS JOIN LATERAL ({below} OFFSET 0) n"),
    };
    let query = format!(
        "WITH RECURSIVE moved (top, id) AS (
            SELECT id, id FROM (
                SELECT x.id FROM comment x
                WHERE x.thread_id = $3 AND {of} AND x.active > $1 AND x.id + 0 <= $1
                ORDER BY x.active DESC LIMIT {MOVED}
            ) x
            UNION ALL
            SELECT m.top, n.id FROM moved m {below}
        ), places (top, place) AS (
            SELECT m.top, coalesce((SELECT max(c.active) FROM comment c
                WHERE c.parent_id = m.id AND c.active <= $1), m.id) FROM moved m
        )
        SELECT top, max(place) AS place FROM places GROUP BY top
        HAVING max(place) < $2 ORDER BY max(place) DESC LIMIT {limit}"
    );
    let values = [begun, last, at.thread, at.parent].map(Value::from);
    let mut places = HashMap::new();
    for row in sql::all(db, &query, values).await? {
        places.insert(row.try_get("", "top")?, row.try_get("", "place")?);
    }
    let ids: Vec<i64> = places.keys().copied().collect();
    let mut found = by_ids(db, &ids, reader).await?;
    for comment in &mut found {
        comment.active = places.get(&comment.id).copied().unwrap_or(comment.active);
    }
    Ok(found)
}

/// The first replies to each of `parents`, one more than are shown, in the asked order. Of a
/// comment with very many only these are read.
async fn first_replies<C: ConnectionTrait>(
    db: &C,
    parents: &[i64],
    sort: Sort,
    reader: Reader<'_>,
) -> Result<Vec<Comment>, ForumError> {
    if parents.is_empty() {
        return Ok(Vec::new());
    }
    let first = format!(
        "SELECT x.id FROM comment x WHERE x.parent_id = p.id ORDER BY {} LIMIT {}",
        order(sort, 1),
        CHILDREN + 1
    );
    let each = match db.get_database_backend() {
        DbBackend::Sqlite => format!("CROSS JOIN comment c ON c.id IN ({first})"),
        _ => format!("CROSS JOIN LATERAL ({first}) f JOIN comment c ON c.id = f.id"),
    };
    let sql = format!(
        "WITH p (id) AS ({parents}) SELECT {columns} FROM p {each} LEFT JOIN account a ON a.id = c.author_id
        ORDER BY {order_of_page}",
        columns = rows::COMMENT,
        order_of_page = order_of_page(sort),
        parents = sql::listed(db, 3),
    );
    let values = reader.values().into_iter().chain([sql::list(parents)]);
    read(sql::all(db, &sql, values).await?)
}

pub(super) async fn by_ids<C: ConnectionTrait>(
    db: &C,
    ids: &[i64],
    reader: Reader<'_>,
) -> Result<Vec<Comment>, ForumError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {} FROM comment c LEFT JOIN account a ON a.id = c.author_id WHERE c.id IN ({})",
        rows::COMMENT,
        sql::places(3, ids.len()),
    );
    let values = reader
        .values()
        .into_iter()
        .chain(ids.iter().map(|&id| id.into()));
    read(sql::all(db, &sql, values).await?)
}

fn read(rows: Vec<sea_orm::QueryResult>) -> Result<Vec<Comment>, ForumError> {
    rows.iter().map(rows::comment).collect()
}

//! Every counter, path and word, made again from the comments alone and compared.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use partake_core::{
    forum::ranking::best_rank,
    search::{Query, tokens},
};
use partake_store::{
    Store,
    forum::{Reader, Search},
};
use sea_orm::{ConnectionTrait as _, QueryResult, Statement};

use crate::language::Language;

/// Comments read at once.
const CHUNK: i64 = 50_000;
/// Searches with more results than this are compared on their first pages only.
const FOUND: usize = 2_000;

/// What a comment has to be, from the rows that point at it.
#[derive(Clone, Debug, Default)]
struct Expected {
    path: Vec<u8>,
    replies: i64,
    below: i64,
    newest: i64,
}

struct Stored {
    id: i64,
    parent: Option<i64>,
    depth: i64,
    path: Vec<u8>,
    replies: i64,
    below: i64,
    newest: i64,
}

async fn rows(store: &Store, query: &str) -> Vec<QueryResult> {
    let db = store.connection();
    let statement = Statement::from_string(db.get_database_backend(), query);
    db.query_all_raw(statement).await.unwrap()
}

async fn number(store: &Store, query: &str) -> i64 {
    rows(store, query).await[0].try_get("", "n").unwrap()
}

pub(crate) async fn check(store: &Store, survey: &str, language: &Language, written: usize) {
    let all = i64::try_from(written).unwrap();
    assert_eq!(
        number(store, "SELECT count(*) AS n FROM comment").await,
        all
    );
    assert_eq!(
        number(store, "SELECT count(*) AS n FROM comment_search").await,
        all
    );
    let threads = "SELECT count(*) AS n FROM thread t WHERE comment_count <>
        (SELECT count(*) FROM comment c WHERE c.thread_id = t.id)";
    assert_eq!(number(store, threads).await, 0, "sizes of threads");
    tree(store).await;
    votes(store).await;
    words(store, survey, language).await;
}

async fn tree(store: &Store) {
    let mut stored = Vec::new();
    let mut expected: HashMap<i64, Expected> = HashMap::new();
    let mut last = 0;
    loop {
        let query = format!(
            "SELECT id, parent_id, depth, path, reply_count, descendant_count, active
            FROM comment WHERE id > {last} ORDER BY id LIMIT {CHUNK}"
        );
        let found = rows(store, &query).await;
        if found.is_empty() {
            break;
        }
        for row in found {
            let comment = Stored {
                id: row.try_get("", "id").unwrap(),
                parent: row.try_get("", "parent_id").unwrap(),
                depth: row.try_get("", "depth").unwrap(),
                path: row.try_get("", "path").unwrap(),
                replies: row.try_get("", "reply_count").unwrap(),
                below: row.try_get("", "descendant_count").unwrap(),
                newest: row.try_get("", "active").unwrap(),
            };
            last = comment.id;
            let mut path = comment
                .parent
                .map_or_else(Vec::new, |parent| expected[&parent].path.clone());
            path.extend_from_slice(&comment.id.to_be_bytes()[3..]);
            let new = Expected {
                path,
                newest: comment.id,
                ..Expected::default()
            };
            expected.insert(comment.id, new);
            stored.push(comment);
        }
    }
    // Replies come after what they reply to, so from the end each subtree is complete.
    for comment in stored.iter().rev() {
        let own = expected[&comment.id].clone();
        if let Some(parent) = comment.parent {
            let parent = expected.get_mut(&parent).unwrap();
            parent.replies += 1;
            parent.below += 1 + own.below;
            parent.newest = parent.newest.max(own.newest);
        }
    }
    for comment in stored {
        let own = &expected[&comment.id];
        assert_eq!(comment.path, own.path, "path of {}", comment.id);
        assert_eq!(
            comment.depth,
            i64::try_from(own.path.len() / 5 - 1).unwrap()
        );
        assert_eq!(
            (comment.replies, comment.below, comment.newest),
            (own.replies, own.below, own.newest),
            "counters of {}",
            comment.id
        );
    }
}

async fn votes(store: &Store) {
    let mut last = 0;
    loop {
        let query = format!(
            "SELECT c.id, c.up, c.down, c.score, c.best,
                count(CASE WHEN v.value > 0 THEN 1 END) AS counted_up,
                count(CASE WHEN v.value < 0 THEN 1 END) AS counted_down
            FROM (SELECT * FROM comment WHERE id > {last} ORDER BY id LIMIT {CHUNK}) c
            LEFT JOIN comment_vote v ON v.comment_id = c.id
            GROUP BY c.id, c.up, c.down, c.score, c.best ORDER BY c.id"
        );
        let found = rows(store, &query).await;
        if found.is_empty() {
            return;
        }
        for row in found {
            let get = |column: &str| row.try_get::<i64>("", column).unwrap();
            last = get("id");
            let (up, down) = (get("counted_up"), get("counted_down"));
            assert_eq!(
                (get("up"), get("down"), get("score")),
                (up, down, up - down)
            );
            let small = |n: i64| u32::try_from(n).unwrap();
            assert_eq!(get("best"), best_rank(small(up), small(down)));
        }
    }
}

/// What the index finds is what reading every text finds.
async fn words(store: &Store, survey: &str, language: &Language) {
    let queries: Vec<(String, Query)> = language
        .searches()
        .into_iter()
        .map(|(_, words)| (words.clone(), Query::parse(&words)))
        .collect();
    let mut read: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    let mut last = 0;
    loop {
        let query = format!(
            "SELECT c.id, c.body, CASE WHEN t.opening_id = c.id THEN t.title ELSE '' END AS title
            FROM comment c JOIN thread t ON t.id = c.thread_id
            WHERE c.id > {last} ORDER BY c.id LIMIT {CHUNK}"
        );
        let found = rows(store, &query).await;
        if found.is_empty() {
            break;
        }
        for row in found {
            last = row.try_get("", "id").unwrap();
            let text: String = row.try_get("", "body").unwrap();
            let title: String = row.try_get("", "title").unwrap();
            let said = tokens(&format!("{title}\n{text}"));
            for (words, query) in &queries {
                let holds = query.phrases.iter().all(|phrase| {
                    said.windows(phrase.tokens.len()).any(|part| {
                        let (ends, before) = part.split_last().unwrap();
                        let (end, others) = phrase.tokens.split_last().unwrap();
                        let open = phrase.open && ends.starts_with(end.as_str());
                        before == others && (ends == end || open)
                    })
                });
                if holds {
                    read.entry(words).or_default().insert(last);
                }
            }
        }
    }
    for (words, query) in &queries {
        let mut found = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let search = Search {
                survey,
                query,
                thread: None,
                author: None,
                from_ms: None,
                until_ms: None,
            };
            let page = store
                .search_comments(search, cursor.as_deref(), Reader::default())
                .await
                .unwrap();
            found.extend(page.items.iter().map(|found| found.comment.id));
            cursor = page.next;
            if cursor.is_none() || found.len() >= FOUND {
                break;
            }
        }
        let all = read.remove(words.as_str()).unwrap_or_default();
        println!("{words}: in {} comments", all.len());
        let latest: Vec<i64> = all.into_iter().rev().take(found.len().max(1)).collect();
        assert_eq!(found, latest, "{words}");
    }
}

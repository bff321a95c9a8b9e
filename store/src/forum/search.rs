//! The index of words, and finding comments by them.

use partake_core::search::{Phrase, Query, tokens};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Value};

use super::{Comment, ForumError, Page, Reader, Title, cursor::ListCursor, rows, sql};
use crate::Store;

const FOUND: u8 = b'f';
/// Comments on a page of what was found.
const COMMENTS: usize = 20;
/// Words that are expected in fewer than one of so many comments are read from PostgreSQL's index,
/// which knows no order, and sorted. That many or more are gone through from the latest on.
const RARE: i64 = 200;
/// So many of the latest comments are gone through first, and four times as many each time that
/// they do not fill a page.
const LATEST_FIRST: i64 = 2_000;
/// Reading a comment that has the words from the index and sorting it costs as much as going
/// through so many; measured with a million comments: 7 and 2.5 microseconds.
const INDEXED: i64 = 3;
/// Comments in a feed.
const LATEST: usize = 40;
/// Comments indexed in one transaction when an index is made anew.
const BATCH: i64 = 2_000;
/// Words put into one statement at once.
const ROWS: usize = 200;
/// The setting that says how the words in the index were made.
const SETTING: &str = "comment_search";
const VERSION: &str = "1";

/// What is looked for, and where.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Survey whose discussion it is.
    pub survey: &'a str,
    /// Words; may be empty where `author` is given.
    pub query: &'a Query,
    /// In one thread.
    pub thread: Option<i64>,
    /// By one account.
    pub author: Option<&'a str>,
    /// Not earlier, UTC milliseconds.
    pub from_ms: Option<i64>,
    /// Earlier than this, UTC milliseconds.
    pub until_ms: Option<i64>,
}

/// How comments are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// In the way that the database finds best.
    Any,
    /// So many of the latest, one after the other.
    Latest(i64),
    /// All that have the words, from the index.
    Sorted,
}

/// A comment that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The comment.
    pub comment: Comment,
    /// Title of its thread.
    pub thread_title: Title,
    /// It opens the thread.
    pub opens: bool,
}

/// The words of a comment; the opening's are also those of the title.
pub(super) struct Words {
    pub(super) comment: i64,
    pub(super) thread: i64,
    pub(super) tokens: Vec<String>,
}

impl Words {
    pub(super) fn new(comment: i64, thread: i64, title: Option<&str>, body: &str) -> Self {
        let mut words = title.map(tokens).unwrap_or_default();
        words.extend(tokens(body));
        Self {
            comment,
            thread,
            tokens: words,
        }
    }
}

/// Puts words into the index. Those of a text that is changed or erased leave it by a trigger.
pub(super) async fn index(tx: &DatabaseTransaction, words: &[Words]) -> Result<(), ForumError> {
    let sqlite = is_sqlite(tx);
    for chunk in words.chunks(ROWS) {
        let mut values = Vec::with_capacity(chunk.len() * 3);
        let mut groups = Vec::with_capacity(chunk.len());
        for Words {
            comment,
            thread,
            tokens,
        } in chunk
        {
            let at = values.len() + 1;
            values.push(Value::from(*comment));
            if sqlite {
                groups.push(format!("({})", sql::places(at, 3)));
                values.push(thread_word(*thread).into());
                values.push(tokens.join(" ").into());
            } else {
                groups.push(format!(
                    "(${at}, ${}, CAST(${} AS text)::tsvector)",
                    at + 1,
                    at + 2
                ));
                values.push((*thread).into());
                values.push(vector(tokens).into());
            }
        }
        let groups = groups.join(", ");
        let statement = if sqlite {
            format!("INSERT OR REPLACE INTO comment_search (rowid, thread, words) VALUES {groups}")
        } else {
            format!(
                "INSERT INTO comment_search (comment_id, thread_id, words) VALUES {groups}
                ON CONFLICT (comment_id) DO UPDATE SET words = excluded.words"
            )
        };
        sql::run(tx, &statement, values).await?;
    }
    Ok(())
}

fn is_sqlite(db: &impl ConnectionTrait) -> bool {
    db.get_database_backend() == DbBackend::Sqlite
}

/// A thread as a word of the index.
fn thread_word(thread: i64) -> String {
    format!("t{thread}")
}

/// Words with their places, as PostgreSQL writes them. Words have no quotes in them.
fn vector(tokens: &[String]) -> String {
    tokens
        .iter()
        .enumerate()
        .map(|(i, token)| format!("'{token}':{}", i + 1))
        .collect::<Vec<_>>()
        .join(" ")
}

fn match_of(query: &Query, thread: Option<i64>) -> String {
    let phrase = |Phrase { tokens, open, .. }: &Phrase| {
        let words: Vec<String> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
        let star = if *open { "*" } else { "" };
        format!("{}{star}", words.join(" + "))
    };
    let phrases: Vec<String> = query.phrases.iter().map(phrase).collect();
    let words = format!("words : ({})", phrases.join(" AND "));
    match thread {
        Some(thread) => format!("({words}) AND thread : \"{}\"", thread_word(thread)),
        None => words,
    }
}

fn tsquery_of(query: &Query) -> String {
    let phrase = |Phrase { tokens, open, .. }: &Phrase| {
        let last = tokens.len().saturating_sub(1);
        let words: Vec<String> = tokens
            .iter()
            .enumerate()
            .map(|(i, token)| {
                let star = if *open && i == last { ":*" } else { "" };
                format!("'{token}'{star}")
            })
            .collect();
        format!("({})", words.join(" <-> "))
    };
    let phrases: Vec<String> = query.phrases.iter().map(phrase).collect();
    phrases.join(" & ")
}

fn ways(with_words: i64, all: i64) -> Vec<Reach> {
    let mut ways = Vec::new();
    let mut latest = LATEST_FIRST;
    while with_words.saturating_mul(RARE) >= all && latest < with_words.saturating_mul(INDEXED) {
        ways.push(Reach::Latest(latest));
        latest = latest.saturating_mul(4);
    }
    ways.push(Reach::Sorted);
    ways
}

/// How many comments have the words and how many there are, as PostgreSQL's statistics say.
async fn expected(db: &DatabaseTransaction, query: &Query) -> Result<(i64, i64), ForumError> {
    let plan = sql::one(
        db,
        "EXPLAIN (FORMAT JSON)
            SELECT FROM comment_search WHERE words @@ CAST($1 AS text)::tsquery",
        [tsquery_of(query).into()],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    let plan: serde_json::Value = plan.try_get_by_index(0)?;
    let with_words = plan
        .pointer("/0/Plan/Plan Rows")
        .and_then(|rows| rows.as_i64());
    let all = sql::one(
        db,
        "SELECT CAST(reltuples AS bigint) AS n FROM pg_class
            WHERE oid = CAST('comment_search' AS regclass)",
        [],
    )
    .await?
    .ok_or(ForumError::NotFound)?;
    Ok((with_words.unwrap_or_default(), all.try_get("", "n")?))
}

impl Store {
    /// Comments that everybody may read and that hold every phrase, the latest first. Nothing is
    /// found where neither words nor an author are asked for.
    ///
    /// # Errors
    /// [`ForumError::BadCursor`].
    pub async fn search_comments(
        &self,
        search: Search<'_>,
        cursor: Option<&str>,
        reader: Reader<'_>,
    ) -> Result<Page<Found>, ForumError> {
        if search.query.is_empty() && search.author.is_none() {
            return Ok(Page {
                items: Vec::new(),
                next: None,
            });
        }
        let before = match cursor {
            Some(text) => ListCursor::decode(FOUND, text)?.id,
            None => i64::MAX,
        };
        let snapshot = self.db.snapshot().await?;
        if !self.db.is_sqlite() {
            // A plan made for any words is a bad plan for most.
            sql::run(
                &snapshot,
                "SET LOCAL plan_cache_mode = force_custom_plan",
                [],
            )
            .await?;
        }
        let mut found = Vec::new();
        for reach in self.reaches(&snapshot, &search).await? {
            let (statement, values) = self.statement(&search, before, reader, reach);
            found = sql::all(&snapshot, &statement, values).await?;
            if found.len() > COMMENTS {
                break;
            }
        }
        snapshot.commit().await?;
        let mut items = found.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let more = items.len() > COMMENTS;
        items.truncate(COMMENTS);
        let next = items.last().filter(|_| more).map(|last| {
            ListCursor {
                list: FOUND,
                key: 0,
                id: last.comment.id,
            }
            .encode()
        });
        Ok(Page { items, next })
    }

    /// What was written last and everybody may read, in a survey or in one of its threads.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn latest_comments(
        &self,
        survey: &str,
        thread: Option<i64>,
    ) -> Result<Vec<Found>, ForumError> {
        let mut values = Vec::from(Reader::default().values());
        values.push(survey.into());
        let (within, place) = match thread {
            Some(thread) => {
                values.push(thread.into());
                // By the sum, or PostgreSQL expects to meet them soon among those of all threads.
                ("AND c.thread_id = $4", "(c.id + 0)")
            }
            None => ("", "c.id"),
        };
        let query = format!(
            "SELECT {}, t.opening_id = c.id AS opens,
                {}
            FROM comment c JOIN thread t ON t.id = c.thread_id
            JOIN comment o ON o.id = t.opening_id LEFT JOIN account a ON a.id = c.author_id
            WHERE t.survey = $3 AND c.state = 'visible' {within}
            ORDER BY {place} DESC LIMIT {LATEST}",
            rows::COMMENT,
            rows::PUBLIC_TITLE,
        );
        let found = sql::all(self.db.read(), &query, values).await?;
        found.iter().map(read).collect()
    }

    /// Ways of looking, to be taken one after the other until a page is full. PostgreSQL's own
    /// choice is not left to it where words are looked for in all comments: it holds words that it
    /// has no statistics of for frequent, and looks for them from the latest comment to the first.
    async fn reaches(
        &self,
        db: &DatabaseTransaction,
        search: &Search<'_>,
    ) -> Result<Vec<Reach>, ForumError> {
        let free = search.author.is_some() || search.thread.is_some();
        if self.db.is_sqlite() || search.query.is_empty() || free {
            return Ok(vec![Reach::Any]);
        }
        let (with_words, all) = expected(db, search.query).await?;
        Ok(ways(with_words, all))
    }

    fn statement(
        &self,
        search: &Search<'_>,
        before: i64,
        reader: Reader<'_>,
        reach: Reach,
    ) -> (String, Vec<Value>) {
        let mut values = Vec::from(reader.values());
        let mut bind = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        let mut wanted = format!(
            "x.state = 'visible' AND t.survey = {} AND x.id < {}",
            bind(search.survey.into()),
            bind(before.into())
        );
        if let Some(from) = search.from_ms {
            wanted += &format!(" AND x.created_ms >= {}", bind(from.into()));
        }
        if let Some(until) = search.until_ms {
            wanted += &format!(" AND x.created_ms < {}", bind(until.into()));
        }
        if let Some(author) = search.author {
            wanted += &format!(" AND x.author_id = {}", bind(author.into()));
        }
        let sqlite = self.db.is_sqlite();
        let from = match (search.query.is_empty(), sqlite) {
            (true, _) => {
                if let Some(thread) = search.thread {
                    wanted += &format!(" AND x.thread_id = {}", bind(thread.into()));
                }
                "comment x".to_owned()
            }
            (false, true) => {
                let words = bind(match_of(search.query, search.thread).into());
                if search.author.is_some() {
                    // The author's comments are fewer than those with the words.
                    wanted += &format!(
                        " AND x.id IN (SELECT rowid FROM comment_search
                            WHERE comment_search MATCH {words})"
                    );
                    "comment x".to_owned()
                } else {
                    wanted += &format!(
                        " AND s.comment_search MATCH {words} AND s.rowid < {}",
                        bind(before.into())
                    );
                    // The index is read backwards and left as soon as the page is full.
                    "comment_search s CROSS JOIN comment x ON x.id = s.rowid".to_owned()
                }
            }
            (false, false) => {
                let before = bind(before.into());
                let mut words = format!(
                    "s.words @@ CAST({} AS text)::tsquery AND s.comment_id < {before}",
                    bind(tsquery_of(search.query).into())
                );
                if let Some(thread) = search.thread {
                    words += &format!(" AND s.thread_id = {}", bind(thread.into()));
                }
                if let Reach::Latest(number) = reach {
                    words += &format!(
                        " AND s.comment_id >= LEAST({before},
                            (SELECT COALESCE(MAX(comment_id), 0) FROM comment_search)) - {number}"
                    );
                }
                if reach == Reach::Sorted {
                    // By the sum, or PostgreSQL goes back through all comments all the same. All
                    // that have the words are sorted before anything else of them is looked at:
                    // OFFSET keeps PostgreSQL from fetching every comment first.
                    format!(
                        "(SELECT s.comment_id, s.comment_id + 0 AS latest FROM comment_search s
                            WHERE {words} ORDER BY latest DESC OFFSET 0) s
                        JOIN comment x ON x.id = s.comment_id"
                    )
                } else {
                    wanted += &format!(" AND {words}");
                    "comment_search s JOIN comment x ON x.id = s.comment_id".to_owned()
                }
            }
        };
        let by = match (search.query.is_empty() || search.author.is_some(), sqlite) {
            (true, _) => "x.id",
            (false, true) => "s.rowid",
            (false, false) if reach == Reach::Sorted => "s.latest",
            (false, false) => "s.comment_id",
        };
        let cross = if sqlite { "CROSS JOIN" } else { "JOIN" };
        let statement = format!(
            "SELECT {columns}, t.opening_id = c.id AS opens,
                {title}
            FROM (
                SELECT x.id FROM {from} {cross} thread t ON t.id = x.thread_id
                WHERE {wanted} ORDER BY {by} DESC LIMIT {limit}
            ) f JOIN comment c ON c.id = f.id JOIN thread t ON t.id = c.thread_id
            JOIN comment o ON o.id = t.opening_id LEFT JOIN account a ON a.id = c.author_id
            ORDER BY c.id DESC",
            columns = rows::COMMENT,
            title = rows::PUBLIC_TITLE,
            limit = COMMENTS + 1,
        );
        (statement, values)
    }

    /// Makes the index of comments that were written before there was one, or by other rules of
    /// splitting. Does nothing once it is made.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn index_earlier_comments(&self) -> Result<(), ForumError> {
        let made = self.setting_or_insert(SETTING, b"none").await?;
        if made == VERSION.as_bytes() {
            return Ok(());
        }
        let mut last = 0_i64;
        loop {
            let tx = self.begin().await?;
            let query = format!(
                "SELECT c.id, c.thread_id, c.body,
                    CASE WHEN t.opening_id = c.id THEN t.title END AS title
                FROM comment c JOIN thread t ON t.id = c.thread_id
                WHERE c.id > $1 AND c.state <> 'deleted' ORDER BY c.id LIMIT {BATCH}"
            );
            let mut words = Vec::new();
            for row in sql::all(&tx, &query, [last.into()]).await? {
                let title: Option<String> = row.try_get("", "title")?;
                let body: String = row.try_get("", "body")?;
                last = row.try_get("", "id")?;
                words.push(Words::new(
                    last,
                    row.try_get("", "thread_id")?,
                    title.as_deref(),
                    &body,
                ));
            }
            index(&tx, &words).await?;
            tx.commit().await?;
            if words.is_empty() {
                break;
            }
        }
        // Another instance may have made it too; the words are the same.
        self.setting_exchange(SETTING, &made, VERSION.as_bytes())
            .await?;
        Ok(())
    }
}

fn read(row: &sea_orm::QueryResult) -> Result<Found, ForumError> {
    Ok(Found {
        comment: rows::comment(row)?,
        thread_title: rows::title(row)?,
        opens: row.try_get("", "opens")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_written_for_both_engines() {
        let query = Query::parse("人工智能 we approve 能");
        assert_eq!(
            match_of(&query, Some(7)),
            "(words : (\"人工\" + \"工智\" + \"智能\" AND \"we\" AND \"approve\"* AND \"能\"*)) \
             AND thread : \"t7\""
        );
        assert_eq!(
            tsquery_of(&query),
            "('人工' <-> '工智' <-> '智能') & ('we') & ('approve':*) & ('能':*)"
        );
    }
    #[test]
    fn rare_words_are_read_from_the_index_at_once() {
        for (with_words, all) in [(0, 1_000_000), (4_999, 1_000_000), (500, 500)] {
            assert_eq!(ways(with_words, all), [Reach::Sorted]);
        }
    }

    #[test]
    fn frequent_words_are_looked_for_from_the_latest_on_while_that_costs_less() {
        let ways_to_5_000 = [Reach::Latest(2_000), Reach::Latest(8_000), Reach::Sorted];
        assert_eq!(ways(5_000, 1_000_000), ways_to_5_000);
        assert_eq!(ways(30_000, 1_000_000).len(), 4);
    }
}

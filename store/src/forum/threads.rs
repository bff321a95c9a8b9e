//! Threads: opening, listing, locking is in [`super::moderation`].

use partake_core::{
    forum::{About, Action, Actor, Target, may, pipeline::Finding},
    lang::Lang,
};
use sea_orm::Value;

use super::{
    ForumError, Page, Reader, Thread, cases,
    change::{NewRow, insert_comment},
    cursor::ListCursor,
    notices::{self, Written},
    rows, sql,
};
use crate::Store;

const LIST: u8 = b'l';
/// Threads on a page.
const THREADS: usize = 30;

/// A thread to be opened. Title and body have been through the rules of texts.
#[derive(Clone, Debug)]
pub struct NewThread<'a> {
    /// Survey it belongs to.
    pub survey: &'a str,
    /// What it is about.
    pub about: &'a About,
    /// Title.
    pub title: &'a str,
    /// Source of the opening comment.
    pub body: &'a str,
    /// Language of the page it was written on.
    pub lang: Lang,
    /// What speaks for withholding it until a moderator has looked.
    pub findings: &'a [Finding],
    /// UTC milliseconds.
    pub now_ms: i64,
}

impl Store {
    /// Opens a thread and gives its id.
    ///
    /// # Errors
    /// [`ForumError::Denied`].
    pub async fn open_thread(
        &self,
        actor: Actor<'_>,
        new: NewThread<'_>,
    ) -> Result<i64, ForumError> {
        may(actor, Action::StartThread, Target::Site)?;
        let author = Reader::of(actor).account;
        let (kind, about_ref, release) = rows::about_columns(new.about);
        let tx = self.begin().await?;
        let row = sql::one(
            &tx,
            "INSERT INTO thread (survey, about_kind, about_ref, about_release, title, author_id,
                locked, comment_count, created_ms, last_activity_ms)
            VALUES ($1, $2, $3, $7, $4, $5, false, 1, $6, $6) RETURNING id",
            [
                new.survey.into(),
                kind.into(),
                about_ref.into(),
                new.title.into(),
                author.into(),
                new.now_ms.into(),
                release.into(),
            ],
        )
        .await?
        .ok_or(ForumError::NotFound)?;
        let thread: i64 = row.try_get("", "id")?;
        let opening = insert_comment(
            &tx,
            &NewRow {
                thread,
                parent: None,
                title: Some(new.title),
                author,
                lang: new.lang,
                body: new.body,
                withheld: !new.findings.is_empty(),
                now_ms: new.now_ms,
            },
        )
        .await?;
        sql::run(
            &tx,
            "UPDATE thread SET opening_id = $1 WHERE id = $2",
            [opening.into(), thread.into()],
        )
        .await?;
        if let Some(author) = author {
            // Whoever opens a thread hears of what is said in it.
            sql::run(
                &tx,
                "INSERT INTO thread_follow (account_id, thread_id) VALUES ($1, $2)",
                [author.into(), thread.into()],
            )
            .await?;
            // What is withheld is told to nobody.
            if new.findings.is_empty() {
                let written = Written {
                    thread,
                    comment: opening,
                    author,
                    answers: None,
                    body: new.body,
                    now_ms: new.now_ms,
                };
                notices::tell(&tx, &written).await?;
            }
        }
        if !new.findings.is_empty() {
            cases::hold(&tx, thread, opening, new.findings, new.now_ms).await?;
        }
        tx.commit().await?;
        Ok(thread)
    }

    /// A thread.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn thread(&self, id: i64, reader: Reader<'_>) -> Result<Option<Thread>, ForumError> {
        let sql = format!("SELECT {} {FROM} WHERE t.id = $3", rows::THREAD);
        let values = reader.values().into_iter().chain([id.into()]);
        sql::one(self.db.read(), &sql, values)
            .await?
            .as_ref()
            .map(rows::thread)
            .transpose()
    }

    /// Threads of a survey, the most lately active first; of those about one thing if asked.
    ///
    /// # Errors
    /// [`ForumError::BadCursor`].
    pub async fn threads(
        &self,
        survey: &str,
        about: Option<&About>,
        cursor: Option<&str>,
        reader: Reader<'_>,
    ) -> Result<Page<Thread>, ForumError> {
        let mut values = Vec::from(reader.values());
        let mut bind = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        // A thread that waits is nobody's business yet; a pinned one stands before all pages.
        let mut wanted = format!(
            "t.survey = {} AND (o.state <> 'withheld' OR $2 OR o.author_id = $1)",
            bind(survey.into())
        );
        if let Some(about) = about {
            wanted += &about_is(about, &mut bind);
        }
        let pinned = match cursor {
            None => {
                let sql = format!(
                    "SELECT {} {FROM} WHERE {wanted} AND t.pinned
                    ORDER BY t.last_activity_ms DESC, t.id DESC",
                    rows::THREAD
                );
                let found = sql::all(self.db.read(), &sql, values.clone()).await?;
                found
                    .iter()
                    .map(rows::thread)
                    .collect::<Result<Vec<_>, _>>()?
            }
            Some(_) => Vec::new(),
        };
        let mut bind = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        wanted += " AND NOT t.pinned";
        if let Some(cursor) = cursor {
            let ListCursor { key, id, .. } = ListCursor::decode(LIST, cursor)?;
            let (key, id) = (bind(key.into()), bind(id.into()));
            wanted += &format!(
                " AND (t.last_activity_ms < {key} OR (t.last_activity_ms = {key} AND t.id < {id}))"
            );
        }
        let sql = format!(
            "SELECT {} {FROM} WHERE {wanted}
            ORDER BY t.last_activity_ms DESC, t.id DESC LIMIT {}",
            rows::THREAD,
            THREADS + 1,
        );
        let found = sql::all(self.db.read(), &sql, values).await?;
        let mut items = found
            .iter()
            .map(rows::thread)
            .collect::<Result<Vec<_>, _>>()?;
        let more = items.len() > THREADS;
        items.truncate(THREADS);
        let next = items.last().filter(|_| more).map(|last| {
            ListCursor {
                list: LIST,
                key: last.last_activity_ms,
                id: last.id,
            }
            .encode()
        });
        let items = pinned.into_iter().chain(items).collect();
        Ok(Page { items, next })
    }

    /// Number of readable comments of a thread in each language that occurs.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn languages(&self, thread: i64) -> Result<Vec<(Lang, i64)>, ForumError> {
        let found = sql::all(
            self.db.read(),
            "SELECT lang, count(*) AS n FROM comment WHERE thread_id = $1 AND state = 'visible'
            GROUP BY lang ORDER BY lang DESC",
            [thread.into()],
        )
        .await?;
        found
            .iter()
            .map(|row| Ok((rows::lang(row)?, row.try_get("", "n")?)))
            .collect()
    }

    /// Number of threads and comments about each thing that somebody talks about.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn thread_counts(&self, survey: &str) -> Result<Vec<(About, i64, i64)>, ForumError> {
        let found = sql::all(
            self.db.read(),
            "SELECT about_kind, about_ref, about_release, count(*) AS threads,
                CAST(sum(comment_count) AS bigint) AS comments
            FROM thread WHERE survey = $1 GROUP BY about_kind, about_ref, about_release",
            [survey.into()],
        )
        .await?;
        found
            .iter()
            .map(|row| {
                Ok((
                    rows::about(row)?,
                    row.try_get("", "threads")?,
                    row.try_get("", "comments")?,
                ))
            })
            .collect()
    }
}

/// Threads about a question include those about its figures in any release.
fn about_is(about: &About, bind: &mut impl FnMut(Value) -> String) -> String {
    let (kind, about_ref, release) = rows::about_columns(about);
    let exactly = match (about_ref, release) {
        (None, _) => format!("t.about_kind = {}", bind(kind.into())),
        (Some(id), None) => format!(
            "t.about_kind = {} AND t.about_ref = {}",
            bind(kind.into()),
            bind(id.into())
        ),
        (Some(id), Some(release)) => format!(
            "t.about_kind = {} AND t.about_ref = {} AND t.about_release = {}",
            bind(kind.into()),
            bind(id.into()),
            bind(release.into())
        ),
    };
    let About::Question { question } = about else {
        return format!(" AND {exactly}");
    };
    let same = bind(question.as_str().into());
    // A table split by another question, and the tables of a matrix's rows.
    let starts = [".", "__"].map(|separator| {
        let start = format!("{question}{separator}");
        let length = start.chars().count();
        format!("substr(t.about_ref, 1, {length}) = {}", bind(start.into()))
    });
    let [split, rows] = starts;
    format!(
        " AND ({exactly} OR t.about_kind = 'figure' AND (t.about_ref = {same} OR {split} OR {rows}))"
    )
}

const FROM: &str = "FROM thread t JOIN comment o ON o.id = t.opening_id
    LEFT JOIN account a ON a.id = o.author_id";

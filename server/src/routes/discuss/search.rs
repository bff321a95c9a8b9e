//! `GET /{lang}/discuss/search`.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::t,
    pages::discuss::{FoundLine, SearchForm, SearchPage, SearchPageProps},
    shell::Nav,
};
use partake_core::{
    forum::{Handle, markdown},
    search::Query as Words,
};
use partake_store::forum::{Found, Reader, Search};
use serde::Deserialize;
use time::{Date, OffsetDateTime, Time, macros::format_description};

use super::when::{minute, rfc3339};
use crate::{
    auth::actor,
    error::{PageError, percent_encode},
    extract::CurrentSurvey,
    page::PageContext,
    state::AppState,
};

/// Characters of a comment that are shown around what was found.
const EXCERPT: usize = 160;
/// So much that no title is cut.
const TITLE: usize = 400;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    by: String,
    from: String,
    until: String,
    thread: String,
    cursor: String,
}

impl Asked {
    /// The same question, a page further.
    fn next(&self, base: &str, cursor: &str) -> String {
        let fields = [
            ("q", &self.q),
            ("by", &self.by),
            ("from", &self.from),
            ("until", &self.until),
            ("thread", &self.thread),
        ];
        let mut href = format!("{base}/search?cursor={cursor}");
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            href += &format!("&{name}={}", percent_encode(value));
        }
        href
    }
}

/// The beginning of a day in UTC, so many days later; `None` inside for a field left empty.
fn day_ms(field: &str, later: i64) -> Result<Option<i64>, ()> {
    if field.trim().is_empty() {
        return Ok(None);
    }
    let day =
        Date::parse(field.trim(), format_description!("[year]-[month]-[day]")).map_err(|_| ())?;
    let midnight = OffsetDateTime::new_utc(day, Time::MIDNIGHT).unix_timestamp();
    Ok(Some((midnight + later * 86_400) * 1_000))
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let store = &state.store;
    let base = format!("{}/discuss", survey.base(lang));
    let reader = Reader::of(actor(context.viewer.as_ref()));
    let thread = match asked.thread.as_str() {
        "" => None,
        id => {
            let id = id.parse().map_err(|_| PageError::NotFound)?;
            let thread = store.thread(id, reader).await?;
            Some(thread.ok_or(PageError::NotFound)?)
        }
    };
    let query = Words::parse(&asked.q);
    let mut form = SearchForm {
        words: asked.q.clone(),
        author: asked.by.clone(),
        from: asked.from.clone(),
        until: asked.until.clone(),
        thread: thread.as_ref().map(|thread| {
            let title = thread.title.clone();
            (
                thread.id,
                title.unwrap_or_else(|| t(lang, "forum-title-removed")),
            )
        }),
        ..SearchForm::default()
    };
    let name = asked.by.trim().trim_start_matches('@');
    let author = match Handle::parse(name) {
        Ok(handle) => store.account_by_handle(handle.key()).await?,
        Err(_) => None,
    };
    if author.is_none() && !name.is_empty() {
        form.author_fault = Some(t(lang, "search-fault-author"));
    }
    let (from, until) = (day_ms(&asked.from, 0), day_ms(&asked.until, 1));
    if from.is_err() || until.is_err() {
        form.date_fault = Some(t(lang, "search-fault-date"));
    }
    let fine = form.author_fault.is_none() && form.date_fault.is_none();
    let asks = fine && (!query.is_empty() || author.is_some());
    let search = Search {
        survey: thread
            .as_ref()
            .map_or(&survey.wave.survey, |thread| &thread.survey),
        query: &query,
        thread: thread.as_ref().map(|thread| thread.id),
        author: author.as_ref().map(|account| account.id.as_str()),
        from_ms: from.unwrap_or_default(),
        until_ms: until.unwrap_or_default(),
    };
    let cursor = Some(asked.cursor.as_str()).filter(|cursor| !cursor.is_empty());
    let (items, next) = if asks {
        let page = store.search_comments(search, cursor, reader).await?;
        (page.items, page.next)
    } else {
        (Vec::new(), None)
    };
    let status = if fine {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut shell = context.shell(
        format!("{}/discuss/search", survey.prefix),
        t(lang, "search-title"),
        Nav::Discuss,
    );
    shell.private = true;
    let props = SearchPageProps {
        lang,
        form,
        asked: asks,
        found: items
            .into_iter()
            .map(|found| line(lang, &base, &query, found))
            .collect(),
        next: next.map(|cursor| asked.next(&base, &cursor)),
        base,
    };
    Ok(context.respond(status, shell, move || SearchPage(props)))
}

fn line(lang: partake_core::lang::Lang, base: &str, query: &Words, found: Found) -> FoundLine {
    let Found {
        comment,
        thread_title,
        opens,
    } = found;
    let href = if opens {
        format!("{base}/{}", comment.thread_id)
    } else {
        format!("{base}/{}/{id}#c{id}", comment.thread_id, id = comment.id)
    };
    FoundLine {
        href,
        // The words of a title are those of the opening.
        thread_title: match thread_title {
            Some(title) if opens => query.excerpt(&title, TITLE),
            Some(title) => vec![(false, title)],
            None => vec![(false, t(lang, "forum-title-removed"))],
        },
        opens,
        author: comment.author,
        when: minute(comment.created_ms),
        datetime: rfc3339(comment.created_ms),
        lang: comment.lang.tag(),
        excerpt: query.excerpt(&markdown::plain(&comment.body), EXCERPT),
    }
}

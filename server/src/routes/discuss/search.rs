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
use partake_store::{
    Account,
    forum::{Found, Reader, Search, Thread, Title},
};
use serde::Deserialize;
use time::{Date, OffsetDateTime, Time, macros::format_description};

use super::{
    view::title_text,
    when::{minute, rfc3339},
};
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
pub(crate) struct Asked {
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

    pub(crate) fn cursor(&self) -> Option<&str> {
        Some(self.cursor.as_str()).filter(|cursor| !cursor.is_empty())
    }
}

/// What is asked for, looked up.
pub(crate) struct Question {
    query: Words,
    thread: Option<Thread>,
    author: Option<Account>,
    from_ms: Option<i64>,
    until_ms: Option<i64>,
    /// Nobody has the handle that was named.
    no_author: bool,
    /// A date that is none.
    no_date: bool,
}

impl Question {
    pub(crate) async fn of(
        state: &AppState,
        asked: &Asked,
        reader: Reader<'_>,
    ) -> Result<Self, PageError> {
        let thread = match asked.thread.as_str() {
            "" => None,
            id => {
                let id = id.parse().map_err(|_| PageError::NotFound)?;
                let thread = state.store.thread(id, reader).await?;
                Some(thread.ok_or(PageError::NotFound)?)
            }
        };
        let name = asked.by.trim().trim_start_matches('@');
        let author = match Handle::parse(name) {
            Ok(handle) => state.store.account_by_handle(handle.key()).await?,
            Err(_) => None,
        };
        let (from, until) = (day_ms(&asked.from, 0), day_ms(&asked.until, 1));
        Ok(Self {
            query: Words::parse(&asked.q),
            no_author: author.is_none() && !name.is_empty(),
            no_date: from.is_err() || until.is_err(),
            thread,
            author,
            from_ms: from.unwrap_or_default(),
            until_ms: until.unwrap_or_default(),
        })
    }

    /// Everything that was named is there.
    pub(crate) const fn is_sound(&self) -> bool {
        !self.no_author && !self.no_date
    }

    /// The search, if there is anything to look for: words or an author.
    pub(crate) fn search<'a>(&'a self, survey: &'a str) -> Option<Search<'a>> {
        let asks = self.is_sound() && (!self.query.is_empty() || self.author.is_some());
        asks.then(|| Search {
            survey: self.thread.as_ref().map_or(survey, |thread| &thread.survey),
            query: &self.query,
            thread: self.thread.as_ref().map(|thread| thread.id),
            author: self.author.as_ref().map(|account| account.id.as_str()),
            from_ms: self.from_ms,
            until_ms: self.until_ms,
        })
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
    let base = format!("{}/discuss", survey.base(lang));
    let reader = Reader::of(actor(context.viewer.as_ref()));
    let question = Question::of(&state, &asked, reader).await?;
    let form = SearchForm {
        words: asked.q.clone(),
        author: asked.by.clone(),
        from: asked.from.clone(),
        until: asked.until.clone(),
        thread: question.thread.as_ref().map(|thread| {
            let title = title_text(lang, thread.title.clone());
            (thread.id, title)
        }),
        author_fault: question.no_author.then(|| t(lang, "search-fault-author")),
        date_fault: question.no_date.then(|| t(lang, "search-fault-date")),
    };
    let search = question.search(&survey.wave.survey);
    let asks = search.is_some();
    let (items, next) = match search {
        Some(search) => {
            let found = state.store.search_comments(search, asked.cursor(), reader);
            let page = found.await?;
            (page.items, page.next)
        }
        None => (Vec::new(), None),
    };
    let status = if question.is_sound() {
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
            .map(|found| line(lang, &base, &question.query, found))
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
            Title::Shown(title) if opens => query.excerpt(&title, TITLE),
            title => vec![(false, title_text(lang, title))],
        },
        opens,
        author: comment.author,
        when: minute(comment.created_ms),
        datetime: rfc3339(comment.created_ms),
        lang: comment.lang.tag(),
        excerpt: query.excerpt(&markdown::plain(&comment.body), EXCERPT),
    }
}

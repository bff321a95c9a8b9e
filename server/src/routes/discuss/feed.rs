//! `/{lang}/discuss/feed.atom` and `/{lang}/discuss/{thread}/feed.atom` (RFC 4287).

use std::{collections::HashMap, fmt::Write as _};

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use partake_app::i18n::{t, t_with};
use partake_core::{forum::markdown, lang::Lang};
use partake_store::forum::{Found, Reader};

use super::{number, view::title_text, when::rfc3339};
use crate::{
    assets::sha256_hex,
    error::PageError,
    extract::{CurrentSurvey, PageLang},
    routes::api::releases::cached,
    state::AppState,
};

/// May be kept, and is asked for again each time: a comment can be removed at any moment.
const CHECKED: &str = "public, no-cache";

pub(super) async fn everything(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let found = state
        .store
        .latest_comments(&survey.wave.survey, None)
        .await?;
    let feed = Feed {
        lang,
        site: state.config.base_url().to_owned(),
        path: format!("{}/discuss", survey.base(lang)),
        title: format!("{} · {}", t(lang, "forum-title"), t(lang, "shell-name")),
    };
    Ok(feed.answer(&headers, &found))
}

pub(super) async fn of_thread(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let id = number(&path, "thread")?;
    let thread = state
        .store
        .thread(id, Reader::default())
        .await?
        .ok_or(PageError::NotFound)?;
    let found = state
        .store
        .latest_comments(&thread.survey, Some(id))
        .await?;
    let title = title_text(lang, thread.title);
    let feed = Feed {
        lang,
        site: state.config.base_url().to_owned(),
        path: format!("{}/discuss/{id}", survey.base(lang)),
        title: format!("{title} · {}", t(lang, "shell-name")),
    };
    Ok(feed.answer(&headers, &found))
}

struct Feed {
    lang: Lang,
    /// Scheme and host.
    site: String,
    /// Path of the page that it follows.
    path: String,
    title: String,
}

impl Feed {
    fn answer(&self, headers: &HeaderMap, found: &[Found]) -> Response {
        let body = self.xml(found).into_bytes();
        let tag = sha256_hex(&body);
        cached(
            headers,
            &tag,
            CHECKED,
            "application/atom+xml; charset=utf-8",
            body,
        )
    }

    fn xml(&self, found: &[Found]) -> String {
        let Self {
            lang,
            site,
            path,
            title,
        } = self;
        let changed = |f: &Found| f.comment.edited_ms.unwrap_or(f.comment.created_ms);
        let newest = found.iter().map(changed).max().unwrap_or(0);
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">\n\
             <id>{site}{path}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{site}{path}/feed.atom\"/>\n\
             <link rel=\"alternate\" type=\"text/html\" hreflang=\"{tag}\" href=\"{site}{path}\"/>\n",
            tag = lang.tag(),
            title = text(title),
            updated = rfc3339(newest),
        );
        let discuss = path
            .find("/discuss")
            .map_or(path.as_str(), |at| &path[..at + "/discuss".len()]);
        for found in found {
            let comment = &found.comment;
            let author = comment
                .author
                .clone()
                .unwrap_or_else(|| t(*lang, "forum-by-nobody"));
            let thread = title_text(*lang, found.thread_title.clone());
            let title = if found.opens {
                thread
            } else {
                t_with(
                    *lang,
                    "feed-reply",
                    &[("author", author.clone().into()), ("title", thread.into())],
                )
            };
            let href = format!("{site}{discuss}/{}/{}", comment.thread_id, comment.id);
            // Writing to a string cannot fail.
            _ = write!(
                xml,
                "<entry xml:lang=\"{tag}\">\n<id>{href}</id>\n<title>{title}</title>\n\
                 <author><name>{author}</name></author>\n<published>{published}</published>\n\
                 <updated>{updated}</updated>\n<link rel=\"alternate\" href=\"{href}\"/>\n\
                 <content type=\"html\">{content}</content>\n</entry>\n",
                tag = comment.lang.tag(),
                title = text(&title),
                author = text(&author),
                published = rfc3339(comment.created_ms),
                updated = rfc3339(changed(found)),
                content = text(&markdown::render(&comment.body)),
            );
        }
        xml.push_str("</feed>\n");
        xml
    }
}

/// Text inside an element of XML, without the characters that XML has no way to write.
fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
    out
}

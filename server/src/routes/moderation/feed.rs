//! `GET /{lang}/moderation/log.atom`: the newest entries of the log, and the head of its chain.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use partake_app::i18n::{t, t_with};
use partake_core::{
    forum::{chain::hex, pipeline::Named},
    lang::Lang,
};
use partake_store::forum::LogEntry;

use super::{log::noted, words};
use crate::{
    error::PageError,
    extract::PageLang,
    routes::discuss::{RuleBook, rfc3339},
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    let page = state.store.moderation_log(None).await?;
    let head = state.store.log_head().await?;
    let handles = state.store.moderation_settings().await?.named == Named::Handle;
    let hash = hex(&head.hash);
    let etag = format!("\"{hash}-{handles}\"");
    let unchanged = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start_matches("W/") == etag);
    let headers = [
        (header::ETAG, etag),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    if unchanged {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let book = RuleBook::load(&state, lang).await?;
    let base = state.config.base_url();
    let updated = page.items.first().map_or(0, |entry| entry.created_ms);
    let entries: String = page
        .items
        .iter()
        .map(|entry| atom_entry(&state, &book, base, lang, (entry, handles)))
        .collect();
    let title = t(lang, "moderation-log-title");
    let subtitle = t_with(
        lang,
        "mod-feed-head",
        &[("n", head.entries.into()), ("hash", hash.into())],
    );
    let name = t(lang, "shell-name");
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
        <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">\n\
        <id>{base}/{lang}/moderation/log.atom</id>\n\
        <title>{title}</title>\n<subtitle>{subtitle}</subtitle>\n\
        <updated>{updated}</updated>\n<author><name>{name}</name></author>\n\
        <link rel=\"self\" href=\"{base}/{lang}/moderation/log.atom\"/>\n\
        <link rel=\"alternate\" type=\"text/html\" href=\"{base}/{lang}/moderation/log\"/>\n\
        {entries}</feed>\n",
        tag = lang.tag(),
        base = escape(base),
        title = escape(&title),
        subtitle = escape(&subtitle),
        updated = rfc3339(updated),
        name = escape(&name),
    );
    let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    Ok((headers, kind, xml).into_response())
}

fn atom_entry(
    state: &AppState,
    book: &RuleBook,
    base: &str,
    lang: Lang,
    (entry, handles): (&LogEntry, bool),
) -> String {
    let place = match (entry.thread, entry.comment) {
        (Some(thread), Some(comment)) => format!("/{lang}/discuss/{thread}/{comment}"),
        (Some(thread), None) => format!("/{lang}/discuss/{thread}"),
        (None, _) => format!("/{lang}/moderation/log"),
    };
    let who =
        words::by(lang, entry, handles).unwrap_or_else(|| t(lang, "moderation-moderator-gone"));
    let link = entry.link.as_ref();
    let chained = link.map(|link| {
        t_with(
            lang,
            "mod-feed-link",
            &[
                ("n", link.sequence.into()),
                ("hash", link.hash.clone().into()),
            ],
        )
    });
    let own = book.words(entry.reason, entry.detail.rule, &entry.note);
    let content: Vec<String> = [
        entry
            .reason
            .map(|reason| book.title(reason, entry.detail.rule)),
        words::citation(entry),
        Some(noted(lang, entry.act, &own)).filter(|note| !note.is_empty()),
    ]
    .into_iter()
    .flatten()
    .chain(words::particulars(state, lang, entry))
    .chain(chained)
    .collect();
    format!(
        "<entry><id>{base}/moderation/log/{id}</id><title>{title}</title>\
        <updated>{when}</updated><author><name>{who}</name></author>\
        <link rel=\"alternate\" href=\"{base}{place}\"/>\
        <content type=\"text\">{content}</content></entry>\n",
        base = escape(base),
        id = entry.id,
        title = escape(&t(
            lang,
            &format!(
                "moderation-act-{}",
                book.act(entry.act, entry.reason, entry.detail.rule)
            )
        )),
        when = rfc3339(entry.created_ms),
        who = escape(&who),
        content = escape(&content.join("\n")),
    )
}

/// Text inside an element or a quoted attribute. Characters that XML cannot hold were dropped when
/// the text was stored.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

//! `GET /{lang}/moderation/log`.

use std::collections::HashMap;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::t,
    pages::moderation::{LogLine, LogPage, LogPageProps},
    shell::Nav,
};
use partake_core::{
    forum::{chain::hex, pipeline::Named},
    lang::Lang,
};
use partake_store::forum::{Act, LogEntry};

use super::words;
use crate::{
    error::PageError,
    page::PageContext,
    routes::discuss::{RuleBook, minute, title_text},
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let cursor = query.get("cursor").map(String::as_str);
    let page = state.store.moderation_log(cursor).await?;
    let handles = state.store.moderation_settings().await?.named == Named::Handle;
    let title = t(lang, "moderation-log-title");
    let mut shell = context.shell("/moderation/log", title, Nav::Moderation);
    shell.description = Some(t(lang, "moderation-log-lede"));
    shell.feeds = vec![(format!("/{lang}/moderation/log.atom"), t(lang, "mod-feed"))];
    let book = RuleBook::load(&state, lang).await?;
    let props = LogPageProps {
        lang,
        lines: page
            .items
            .into_iter()
            .map(|entry| line(&state, &book, lang, entry, handles))
            .collect(),
        next: page.next,
        head: hex(&state.store.log_head().await?.hash),
    };
    Ok(context.respond(StatusCode::OK, shell, move || LogPage(props)))
}

fn line(state: &AppState, book: &RuleBook, lang: Lang, entry: LogEntry, handles: bool) -> LogLine {
    let particulars = words::particulars(state, lang, &entry);
    let citation = words::citation(&entry);
    let moderator = words::by(lang, &entry, handles);
    let own = book.words(entry.reason, entry.detail.rule, &entry.note);
    let note = noted(lang, entry.act, &own);
    let title = title_text(lang, entry.thread_title);
    LogLine {
        when: minute(entry.created_ms),
        number: entry.link.as_ref().map(|link| link.sequence),
        id: entry.id,
        act: book.act(entry.act, entry.reason, entry.detail.rule),
        elsewhere: entry.link.as_ref().is_some_and(|link| link.thread == 0),
        thread: entry
            .thread
            .map(|id| (format!("/{lang}/discuss/{id}"), title)),
        comment: entry
            .thread
            .zip(entry.comment)
            .map(|(thread, comment)| format!("/{lang}/discuss/{thread}/{comment}")),
        reason: entry
            .reason
            .map(|reason| book.title(reason, entry.detail.rule)),
        citation,
        particulars,
        note,
        moderator,
    }
}

/// A moderator's words as they are; the codes of what the pipeline noticed in the reader's
/// language.
pub(crate) fn noted(lang: Lang, act: Act, note: &str) -> String {
    if act == Act::Hold {
        note.split(' ')
            .map(|code| t(lang, &format!("mod-noticed-{code}")))
            .collect::<Vec<_>>()
            .join(" · ")
    } else {
        note.to_owned()
    }
}

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
use partake_core::{forum::chain::hex, lang::Lang};
use partake_store::forum::LogEntry;

use crate::{
    error::PageError,
    page::PageContext,
    routes::discuss::{minute, reason_label},
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
    let title = t(lang, "moderation-log-title");
    let mut shell = context.shell("/moderation/log", title, Nav::Moderation);
    shell.description = Some(t(lang, "moderation-log-lede"));
    let props = LogPageProps {
        lang,
        lines: page
            .items
            .into_iter()
            .map(|entry| line(lang, entry))
            .collect(),
        next: page.next,
        head: hex(&state.store.log_head().await?.hash),
    };
    Ok(context.respond(StatusCode::OK, shell, move || LogPage(props)))
}

fn line(lang: Lang, entry: LogEntry) -> LogLine {
    let title = entry
        .thread_title
        .unwrap_or_else(|| t(lang, "forum-title-removed"));
    LogLine {
        when: minute(entry.created_ms),
        act: entry.act.as_str(),
        thread: entry
            .thread
            .map(|id| (format!("/{lang}/discuss/{id}"), title)),
        comment: entry
            .thread
            .zip(entry.comment)
            .map(|(thread, comment)| format!("/{lang}/discuss/{thread}/{comment}")),
        reason: entry.reason.map(|reason| reason_label(lang, reason)),
        note: entry.note,
        moderator: entry.moderator,
    }
}

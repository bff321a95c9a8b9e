//! `GET /{lang}/account/reports`: what the account reported, and what became of it.

use std::collections::HashMap;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::t,
    pages::account::{ReportView, ReportsPage, ReportsPageProps},
    shell::Nav,
};

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
    let viewer = context.signed_in(&format!("/{lang}/account/reports"))?;
    let cursor = query.get("cursor").map(String::as_str);
    let found = state.store.reports_made(&viewer.id, cursor).await?;
    let mut shell = context.shell("/account/reports", t(lang, "account-reports"), Nav::Account);
    shell.private = true;
    let book = RuleBook::load(&state, lang).await?;
    let props = ReportsPageProps {
        lang,
        reports: found
            .items
            .into_iter()
            .map(|made| ReportView {
                href: format!("/{lang}/discuss/{}/{}", made.thread, made.comment),
                thread_title: title_text(lang, made.thread_title),
                reason: made.reason.map(|reason| book.title(reason, made.version)),
                note: made.note,
                outcome: made.outcome.unwrap_or_else(|| "open".to_owned()),
                when: minute(made.created_ms),
            })
            .collect(),
        next: found.next,
    };
    Ok(context.respond(StatusCode::OK, shell, move || ReportsPage(props)))
}

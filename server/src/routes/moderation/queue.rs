//! `GET /{lang}/moderation`.

use std::collections::HashMap;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::t,
    pages::moderation::{QueueEntry, QueuePage, QueuePageProps, ReportLine},
    shell::Nav,
};
use partake_core::{forum::markdown, lang::Lang};
use partake_store::forum::{Act, QueueItem};

use crate::{
    auth::actor,
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
    let viewer = context.signed_in(&format!("/{lang}/moderation"))?;
    let cursor = query.get("cursor").map(String::as_str);
    let page = state
        .store
        .moderation_queue(actor(Some(viewer)), cursor)
        .await?;
    let waiting = state.store.reported_comments().await?;
    let mut shell = context.shell("/moderation", t(lang, "moderation-title"), Nav::Moderation);
    shell.private = true;
    let props = QueuePageProps {
        lang,
        done: done(lang, &query),
        waiting,
        entries: page
            .items
            .into_iter()
            .map(|item| entry(lang, item))
            .collect(),
        next: page.next,
    };
    Ok(context.respond(StatusCode::OK, shell, move || QueuePage(props)))
}

/// What was just done, and how to undo it.
fn done(
    lang: Lang,
    query: &HashMap<String, String>,
) -> Option<(String, Option<(String, &'static str)>)> {
    let act: Act = query.get("done")?.parse().ok()?;
    let id = |name: &str| query.get(name).and_then(|id| id.parse::<i64>().ok());
    let undo = match act {
        Act::Remove => id("comment").map(|id| {
            (
                format!("/{lang}/moderation/comment/{id}"),
                Act::Restore.as_str(),
            )
        }),
        Act::Lock => id("thread").map(|id| {
            (
                format!("/{lang}/moderation/thread/{id}"),
                Act::Unlock.as_str(),
            )
        }),
        Act::Restore | Act::Dismiss | Act::Unlock => None,
    };
    Some((t(lang, &format!("moderation-done-{act}")), undo))
}

fn entry(lang: Lang, item: QueueItem) -> QueueEntry {
    let comment = item.comment;
    QueueEntry {
        id: comment.id,
        href: format!("/{lang}/discuss/{}/{}", comment.thread_id, comment.id),
        thread_title: item.thread_title,
        author: comment.author,
        when: minute(comment.created_ms),
        html: markdown::render(&comment.body),
        reports: item
            .reports
            .into_iter()
            .map(|report| ReportLine {
                reason: reason_label(lang, report.reason),
                note: report.note,
                reporter: report.reporter,
                when: minute(report.created_ms),
            })
            .collect(),
    }
}

//! `GET /api/v1/moderation/log`.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use partake_core::forum::{chain::hex, pipeline::Named};
use partake_store::forum::LogEntry;
use serde_json::{Value, json};

use super::threads::json as answer;
use crate::{error::ApiError, routes::discuss::rfc3339, state::AppState};

pub fn router() -> Router<AppState> {
    Router::new().route("/api/v1/moderation/log", get(show))
}

async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let cursor = query
        .get("cursor")
        .map(String::as_str)
        .filter(|cursor| !cursor.is_empty());
    let page = state.store.moderation_log(cursor).await?;
    let handles = state.store.moderation_settings().await?.named == Named::Handle;
    let entries: Vec<Value> = page
        .items
        .into_iter()
        .map(|item| entry(item, handles))
        .collect();
    let head = state.store.log_head().await?;
    let head = json!({ "entries": head.entries, "hash": hex(&head.hash) });
    answer(
        &headers,
        &json!({ "entries": entries, "next": page.next, "head": head }),
    )
}

fn entry(entry: LogEntry, handles: bool) -> Value {
    json!({
        "id": entry.id.to_string(),
        "survey": entry.survey,
        "sequence": entry.link.as_ref().map(|link| link.sequence),
        "hash": entry.link.as_ref().map(|link| link.hash.clone()),
        "chained": entry.link.map(|link| json!({
            "thread": link.thread.to_string(),
            "comment": link.comment.map(|id| id.to_string()),
            "moderator": link.moderator,
            "subject": link.subject,
            "wording": link.wording,
        })),
        "act": entry.act.as_str(),
        "thread": entry.thread.map(|id| id.to_string()),
        "thread_title": entry.thread_title.text(),
        "comment": entry.comment.map(|id| id.to_string()),
        "reason": entry.reason,
        "note": entry.note,
        "detail": entry.detail_line,
        "rule_version": entry.detail.rule,
        "moderator": entry.moderator.filter(|_| handles),
        "created_at": rfc3339(entry.created_ms),
        "created_ms": entry.created_ms,
    })
}

//! `GET /api/v1/moderation/log`.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
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
    let entries: Vec<Value> = page.items.into_iter().map(entry).collect();
    answer(&headers, &json!({ "entries": entries, "next": page.next }))
}

fn entry(entry: LogEntry) -> Value {
    json!({
        "id": entry.id.to_string(),
        "act": entry.act.as_str(),
        "thread": entry.thread.map(|id| id.to_string()),
        "thread_title": entry.thread_title,
        "comment": entry.comment.map(|id| id.to_string()),
        "reason": entry.reason,
        "note": entry.note,
        "moderator": entry.moderator,
        "created_at": rfc3339(entry.created_ms),
    })
}

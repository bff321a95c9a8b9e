//! `/api/v1/threads` and `/api/v1/search`: the discussion as everybody reads it.

mod comments;
mod list;
mod replies;
mod search;
mod shape;

use std::collections::HashMap;

use axum::{Router, http::HeaderMap, response::Response, routing::get};
use partake_core::forum::Sort;
use serde::Serialize;

use crate::{assets::sha256_hex, error::ApiError, routes::api::releases::cached, state::AppState};

/// May be kept, and is asked for again each time: a comment can be removed at any moment.
const CHECKED: &str = "public, no-cache";

pub fn router() -> Router<AppState> {
    ["/api/v1", "/api/v1/surveys/{survey}"]
        .into_iter()
        .fold(Router::new(), |router, base| {
            router
                .route(&format!("{base}/threads"), get(list::show))
                .route(&format!("{base}/search"), get(search::show))
                .route(
                    &format!("{base}/threads/{{thread}}/comments"),
                    get(comments::show),
                )
                .route(
                    &format!("{base}/threads/{{thread}}/comments/{{comment}}/replies"),
                    get(replies::show),
                )
        })
}

/// JSON under a tag of its content.
pub(super) fn json(headers: &HeaderMap, body: &impl Serialize) -> Result<Response, ApiError> {
    let body = serde_json::to_vec(body).map_err(ApiError::internal)?;
    let sha256 = sha256_hex(&body);
    Ok(cached(headers, &sha256, CHECKED, "application/json", body))
}

fn number(path: &HashMap<String, String>, name: &str) -> Result<i64, ApiError> {
    path.get(name)
        .and_then(|id| id.parse().ok())
        .ok_or(ApiError::NotFound)
}

/// Order and place asked for. A cursor carries the order it was made for.
fn asked(query: &HashMap<String, String>) -> Result<(Sort, Option<&str>), ApiError> {
    let sort = match query.get("sort") {
        Some(sort) => sort.parse().map_err(|_| ApiError::BadRequest)?,
        None => Sort::default(),
    };
    let cursor = query
        .get("cursor")
        .map(String::as_str)
        .filter(|cursor| !cursor.is_empty());
    Ok((sort, cursor))
}

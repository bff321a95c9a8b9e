//! `GET /api/v1/threads/{thread}/comments`: the tree, a page at a time.

use std::collections::HashMap;

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use partake_store::forum::Reader;
use serde_json::json;

use super::{
    asked, json as answer, number,
    shape::{ThreadJson, comments},
};
use crate::{error::ApiError, state::AppState};

pub(super) async fn show(
    State(state): State<AppState>,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let id = number(&path, "thread")?;
    let (sort, cursor) = asked(&query)?;
    let reader = Reader::default();
    let thread = state
        .store
        .thread(id, reader)
        .await?
        .ok_or(ApiError::NotFound)?;
    let page = state
        .store
        .comment_tree(id, None, sort, cursor, reader)
        .await?;
    answer(
        &headers,
        &json!({
            "thread": ThreadJson::from(thread),
            "comments": comments(page.comments),
            "next": page.next,
        }),
    )
}

//! `GET /api/v1/threads/{thread}/comments/{comment}/replies`.

use std::collections::HashMap;

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use partake_store::forum::Reader;
use serde_json::json;

use super::{asked, json as answer, number, shape::comments};
use crate::{error::ApiError, state::AppState};

pub(super) async fn show(
    State(state): State<AppState>,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let thread = number(&path, "thread")?;
    let id = number(&path, "comment")?;
    let (sort, cursor) = asked(&query)?;
    let reader = Reader::default();
    let comment = state
        .store
        .comment(id, reader)
        .await?
        .ok_or(ApiError::NotFound)?;
    if comment.thread_id != thread {
        return Err(ApiError::NotFound);
    }
    let page = state
        .store
        .comment_tree(thread, Some(id), sort, cursor, reader)
        .await?;
    // A cursor of another comment's replies.
    if page
        .comments
        .iter()
        .any(|reply| reply.parent_id != Some(id))
    {
        return Err(ApiError::BadRequest);
    }
    answer(
        &headers,
        &json!({ "replies": comments(page.comments), "next": page.next }),
    )
}

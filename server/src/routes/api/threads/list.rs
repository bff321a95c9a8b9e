//! `GET /api/v1/threads`.

use std::collections::HashMap;

use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use partake_core::forum::About;
use partake_store::forum::Reader;
use serde_json::json;

use super::{asked, json as answer, shape::ThreadJson};
use crate::{error::ApiError, extract::CurrentSurvey, state::AppState};

pub(super) async fn show(
    State(state): State<AppState>,
    survey: CurrentSurvey,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let (_, cursor) = asked(&query)?;
    let about = match query.get("about") {
        Some(field) => Some(About::from_field(field).ok_or(ApiError::BadRequest)?),
        None => None,
    };
    let page = state
        .store
        .threads(
            &survey.wave.survey,
            about.as_ref(),
            cursor,
            Reader::default(),
        )
        .await?;
    let threads: Vec<ThreadJson> = page.items.into_iter().map(ThreadJson::from).collect();
    answer(&headers, &json!({ "threads": threads, "next": page.next }))
}

//! `GET /api/v1/search`: comments that hold all the words asked for, the latest first.

use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use partake_store::forum::Reader;
use serde_json::json;

use super::{json as answer, shape::FoundJson};
use crate::{
    error::ApiError,
    extract::CurrentSurvey,
    routes::discuss::{Asked, Question},
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    survey: CurrentSurvey,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let reader = Reader::default();
    let question = Question::of(&state, &asked, reader).await?;
    if !question.is_sound() {
        return Err(ApiError::BadRequest);
    }
    let Some(search) = question.search(&survey.wave.survey) else {
        return answer(&headers, &json!({ "found": [], "next": null }));
    };
    let page = state
        .store
        .search_comments(search, asked.cursor(), reader)
        .await?;
    let found: Vec<FoundJson> = page.items.into_iter().map(FoundJson::from).collect();
    answer(&headers, &json!({ "found": found, "next": page.next }))
}

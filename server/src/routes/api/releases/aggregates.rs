//! `GET /api/v1/releases/{release}/aggregates`.

use std::collections::HashMap;

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};

use super::{IMMUTABLE, cached, release_number};
use crate::{
    assets::sha256_hex, error::ApiError, extract::CurrentSurvey, release::AGGREGATES,
    state::AppState,
};

/// The stored bytes; nothing is computed from answers here.
pub(super) async fn show(
    State(state): State<AppState>,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let number = path
        .get("release")
        .and_then(|n| release_number(n))
        .ok_or(ApiError::NotFound)?;
    if asked.get("by").is_some_and(|by| by == "none") {
        return one_way(&state, &survey, number, &headers).await;
    }
    let file = state
        .store
        .release_file(&survey.wave.survey, number, AGGREGATES)
        .await?
        .ok_or(ApiError::NotFound)?;
    Ok(cached(
        &headers,
        &file.info.sha256,
        IMMUTABLE,
        &file.info.media_type,
        file.body,
    ))
}

/// The tables that are not split: what a phone needs of a release, a fortieth of the whole.
async fn one_way(
    state: &AppState,
    survey: &CurrentSurvey,
    number: i64,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let release = state
        .store
        .release(&survey.wave.survey, number)
        .await?
        .ok_or(ApiError::NotFound)?;
    let published = state.published.get(&state.store, &release).await;
    let mut aggregates = published.map_err(ApiError::internal)?.aggregates.clone();
    aggregates.tables.retain(|table| table.by.is_none());
    let body = serde_json::to_vec(&aggregates).map_err(ApiError::internal)?;
    let hash = sha256_hex(&body);
    Ok(cached(headers, &hash, IMMUTABLE, "application/json", body))
}

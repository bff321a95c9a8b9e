//! `GET /api/v1/releases/{release}/aggregates`.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use super::{IMMUTABLE, cached, release_number};
use crate::{error::ApiError, extract::CurrentSurvey, release::AGGREGATES, state::AppState};

/// The stored bytes; nothing is computed from answers here.
pub(super) async fn show(
    State(state): State<AppState>,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let number = path
        .get("release")
        .and_then(|n| release_number(n))
        .ok_or(ApiError::NotFound)?;
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

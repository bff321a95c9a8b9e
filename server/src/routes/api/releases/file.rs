//! `GET /api/v1/releases/{release}/files/{name}`.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use super::{IMMUTABLE, cached, release_number};
use crate::{error::ApiError, extract::CurrentSurvey, state::AppState};

/// A download, under the name it has in the release.
pub(super) async fn download(
    State(state): State<AppState>,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let number = path
        .get("release")
        .and_then(|n| release_number(n))
        .ok_or(ApiError::NotFound)?;
    let name = path.get("name").ok_or(ApiError::NotFound)?;
    let file = state
        .store
        .release_file(&survey.wave.survey, number, name)
        .await?
        .ok_or(ApiError::NotFound)?;
    let disposition = format!("attachment; filename=\"{}\"", file.info.name);
    let mut response = cached(
        &headers,
        &file.info.sha256,
        IMMUTABLE,
        &file.info.media_type,
        file.body,
    );
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

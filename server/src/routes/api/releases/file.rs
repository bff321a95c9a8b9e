//! `GET /api/v1/releases/{release}/files/{name}`.

use std::{collections::HashMap, ops::Range};

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use partake_store::releases::ReleaseFile;

use super::{
    IMMUTABLE,
    cached::has,
    range::{Asked, asked},
    release_number,
};
use crate::{error::ApiError, extract::CurrentSurvey, state::AppState};

/// A download, under the name it has in the release: whole, or the part that was asked for.
pub(super) async fn download(
    State(state): State<AppState>,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    method: Method,
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
    let size = u64::try_from(file.info.size).map_err(ApiError::internal)?;
    let etag = format!("\"{}\"", file.info.sha256);
    let mut response = if has(&headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        match asked(&headers, &etag, size) {
            Asked::Whole => {
                let body = content(&state, file.clone(), 0..size, &method).await?;
                with(StatusCode::OK, size, body)
            }
            Asked::Part(part) => {
                let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
                let length = part.end - part.start;
                let body = content(&state, file.clone(), part, &method).await?;
                let mut response = with(StatusCode::PARTIAL_CONTENT, length, body);
                set(&mut response, header::CONTENT_RANGE, &range);
                response
            }
            Asked::Impossible => {
                let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
                set(
                    &mut response,
                    header::CONTENT_RANGE,
                    &format!("bytes */{size}"),
                );
                return Ok(response);
            }
        }
    };
    let last = name.rsplit('/').next().unwrap_or(name);
    for (name, value) in [
        (header::ETAG, etag.as_str()),
        (header::CACHE_CONTROL, IMMUTABLE),
        // Also tells the compressing layer to leave the bytes alone: parts are parts of these.
        (header::ACCEPT_RANGES, "bytes"),
        (
            header::CONTENT_DISPOSITION,
            &format!("attachment; filename=\"{last}\""),
        ),
    ] {
        set(&mut response, name, value);
    }
    if response.status() != StatusCode::NOT_MODIFIED {
        set(&mut response, header::CONTENT_TYPE, &file.info.media_type);
    }
    Ok(response)
}

/// The bytes, from the storage of files a piece at a time; from the database for what lies there.
async fn content(
    state: &AppState,
    file: ReleaseFile,
    part: Range<u64>,
    method: &Method,
) -> Result<Body, ApiError> {
    let Some(place) = &file.info.place else {
        let place = |at| usize::try_from(at).map_err(ApiError::internal);
        let part = place(part.start)?..place(part.end)?;
        let body = file.body.get(part).unwrap_or_default().to_vec();
        return Ok(Body::from(body));
    };
    if method == Method::HEAD {
        return Ok(Body::empty());
    }
    match state.files.read(place, part).await {
        Ok(pieces) => Ok(Body::from_stream(pieces)),
        Err(error) => {
            tracing::error!(%error, name = file.info.name, "a published file cannot be read");
            Err(ApiError::Busy)
        }
    }
}

fn with(status: StatusCode, length: u64, body: Body) -> Response {
    let mut response = (status, body).into_response();
    set(&mut response, header::CONTENT_LENGTH, &length.to_string());
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

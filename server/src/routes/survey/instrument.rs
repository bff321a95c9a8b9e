//! `GET /{lang}/survey/instrument/{version}`: what the runner needs, and no more.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use partake_core::instrument::to_wire;

use crate::{
    assets::sha256_hex,
    error::PageError,
    extract::{CurrentSurvey, PageLang},
    state::AppState,
};

/// A published version never changes, but its form may with the program that reads it, so a
/// browser may keep it and has to ask whether it still holds.
pub(super) async fn show(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    headers: HeaderMap,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let version = path.get("version").map(String::as_str).unwrap_or_default();
    let wave = state
        .surveys
        .wave(&survey.wave.survey, version)
        .ok_or(PageError::NotFound)?;
    let body = to_wire(&wave.instrument.for_runner(lang));
    let etag = format!("\"{}\"", sha256_hex(&body));
    let unchanged = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|v| v.as_bytes() == etag.as_bytes());
    let caching = [
        (header::CACHE_CONTROL, "public, no-cache".to_owned()),
        (header::ETAG, etag),
    ];
    if unchanged {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((
        caching,
        [(header::CONTENT_TYPE, "application/octet-stream")],
        body,
    )
        .into_response())
}

//! `/api/v1/openapi.json`: the description of the API, kept by hand in `docs/` and held to the
//! routes by a test.

use axum::{
    Router,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{assets::sha256_hex, state::AppState};

const DESCRIPTION: &str = include_str!("../../../../docs/openapi.json");

pub fn router() -> Router<AppState> {
    Router::new().route("/api/v1/openapi.json", get(describe))
}

async fn describe(headers: HeaderMap) -> Response {
    let etag = format!("\"{}\"", sha256_hex(DESCRIPTION.as_bytes()));
    let kept = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|v| v.as_bytes() == etag.as_bytes());
    let caching = [
        (header::ETAG, etag),
        (header::CACHE_CONTROL, "public, max-age=300".to_owned()),
    ];
    if kept {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (
        caching,
        [(header::CONTENT_TYPE, "application/json")],
        DESCRIPTION,
    )
        .into_response()
}

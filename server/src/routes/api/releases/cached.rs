//! Answers that say truthfully how long they may be kept.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// For what never changes.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// For what changes when a release is made or an instrument published.
pub(crate) const SHORT: &str = "public, max-age=60";

/// `body` under the strong tag `sha256`, or 304 for a caller who has it.
pub(crate) fn cached(
    request: &HeaderMap,
    sha256: &str,
    caching: &'static str,
    media_type: &str,
    body: Vec<u8>,
) -> Response {
    let etag = format!("\"{sha256}\"");
    let mut response = if has(request, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let media_type = HeaderValue::from_str(media_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream"));
        ([(header::CONTENT_TYPE, media_type)], body).into_response()
    };
    let headers = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

/// True when `If-None-Match` names the tag; a list, weak tags and `*` count.
pub(super) fn has(request: &HeaderMap, etag: &str) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

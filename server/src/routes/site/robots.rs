//! `GET /robots.txt`.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// What is personal or changes with each visit is of no use in a search engine.
const ROBOTS: &str = "\
User-agent: *
Disallow: /api/
Disallow: /zh/account
Disallow: /en/account
Disallow: /zh/response
Disallow: /en/response
Disallow: /zh/survey/
Disallow: /en/survey/
";

pub(super) async fn show() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, ROBOTS).into_response()
}

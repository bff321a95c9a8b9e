//! `GET /`: to the reader's language.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};

use super::language::preferred;

pub(super) async fn choose(headers: HeaderMap) -> Response {
    let mut response = Redirect::to(&format!("/{}", preferred(&headers))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-language, cookie"),
    );
    response
}

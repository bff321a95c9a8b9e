//! `GET /favicon.svg`: the seal, with its own colours because no style sheet reaches it.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use partake_app::ui::SEAL_PATH;

pub(super) async fn show() -> Response {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\
         <g transform=\"rotate(-5 12 12)\"><path fill=\"#faf7f1\" d=\"M4 4h16v16H4z\"/>\
         <path fill=\"#a83a26\" fill-rule=\"evenodd\" d=\"{SEAL_PATH}\"/></g></svg>"
    );
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, svg).into_response()
}

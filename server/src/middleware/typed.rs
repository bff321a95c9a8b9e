//! Gives back what somebody wrote when their form could not be taken at all: they are signed out, no
//! longer a moderator, or the server has no room just now.

use axum::{
    Form,
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest as _, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse as _, Response},
};
use partake_app::pages::error::Unsent;

use super::failure::{self, has_own_body, prefers_json};
use crate::{error::SignInNeeded, extract::lang_of_request, router::BODY_LIMIT, state::AppState};

/// Fields that a person writes in.
const WRITTEN: [&str; 6] = ["title", "body", "note", "private_note", "answer", "words"];

/// Shows a refused form's text on the page that says why, and lets it be sent again where that can
/// help.
pub async fn give_back(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !is_form(request.headers()) {
        return next.run(request).await;
    }
    let lang = lang_of_request(request.uri(), request.headers());
    let json = prefers_json(request.headers());
    let action = request.uri().to_string();
    let (parts, body) = request.into_parts();
    let Ok(sent) = to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let request = Request::from_parts(parts, Body::from(sent.clone()));
    let response = next.run(request).await;
    let sign_in = response.extensions().get::<SignInNeeded>().cloned();
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    if json || has_own_body(&response) || !(failed || sign_in.is_some()) {
        return response;
    }
    let Some((texts, others)) = split(sent).await else {
        return response;
    };
    let status = match sign_in {
        Some(_) => StatusCode::UNAUTHORIZED,
        None => status,
    };
    let lasting = matches!(
        status,
        StatusCode::BAD_REQUEST
            | StatusCode::FORBIDDEN
            | StatusCode::NOT_FOUND
            | StatusCode::METHOD_NOT_ALLOWED
    );
    let unsent = Unsent {
        texts,
        again: (!lasting).then_some((action, others)),
        sign_in: sign_in.map(|needed| needed.0),
    };
    let key = failure::key(status, false);
    let page = failure::page(&state, lang, key, Some(unsent));
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    (status, no_store, Html(page)).into_response()
}

type Fields = Vec<(String, String)>;

/// What was written, and the other fields; `None` if nothing was written.
async fn split(sent: Bytes) -> Option<(Fields, Fields)> {
    let form = axum::http::Request::post("/")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(sent))
        .ok()?;
    let Form(fields) = Form::<Fields>::from_request(form, &()).await.ok()?;
    let (texts, others): (Fields, Fields) = fields
        .into_iter()
        .partition(|(name, text)| is_written(name) && !text.trim().is_empty());
    (!texts.is_empty()).then_some((texts, others))
}

/// Rules are written in each language: `zh_sentence`.
fn is_written(name: &str) -> bool {
    WRITTEN.contains(&name) || name.starts_with("zh_") || name.starts_with("en_")
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|t| t.starts_with("application/x-www-form-urlencoded"))
}

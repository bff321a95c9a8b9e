//! Turns bare failures into something a person or a program can read.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use partake_app::{
    i18n::t,
    pages::error::{ErrorPage, ErrorPageProps, Unsent},
    shell::{Nav, Shell, render},
};
use partake_core::lang::Lang;
use tower_http::csrf::ProtectionError;

use crate::{extract::lang_of_request, state::AppState};

/// Gives every failed answer that has no page of its own (an error code from a handler, a
/// rejected extractor, an unknown path, a refused method, an oversized body) a page in the
/// language of the path, or a JSON body under `/api` and for callers that ask for JSON.
pub async fn describe(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let lang = lang_of_request(request.uri(), request.headers());
    let wants_json = request.uri().path().starts_with("/api/") || prefers_json(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || has_own_body(&response) {
        return response;
    }
    let cross_site = response.extensions().get::<ProtectionError>().is_some();
    let code = code(status, cross_site);
    let key = key(status, cross_site);
    let kept: Vec<_> = [header::ALLOW, header::CONTENT_RANGE, header::RETRY_AFTER]
        .into_iter()
        .filter_map(|name| {
            response
                .headers()
                .get(&name)
                .cloned()
                .map(|value| (name, value))
        })
        .collect();
    let mut described = if wants_json {
        let message = t(lang, &format!("{key}-text"));
        Json(serde_json::json!({ "error": code, "message": message })).into_response()
    } else {
        Html(page(&state, lang, key, None)).into_response()
    };
    *described.status_mut() = status;
    let headers = described.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    headers.extend(kept);
    described
}

/// The stem of the texts that tell a failure.
pub(super) fn key(status: StatusCode, cross_site: bool) -> String {
    if cross_site {
        "error-cross-site".to_owned()
    } else {
        format!("error-{}", described(status))
    }
}

pub(super) fn page(state: &AppState, lang: Lang, key: String, unsent: Option<Unsent>) -> String {
    let shell = Shell {
        survey: None,
        lang,
        path: String::new(),
        title: t(lang, &format!("{key}-title")),
        description: None,
        viewer: None,
        active: Nav::None,
        module: None,
        language_form: None,
        assets: state.assets.clone(),
        private: true,
        shared_from: None,
        feeds: Vec::new(),
        picture: None,
    };
    render(shell, move || {
        ErrorPage(ErrorPageProps { lang, key, unsent })
    })
}

pub(super) fn prefers_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"))
}

pub(super) fn has_own_body(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|t| t.starts_with("text/html") || t.starts_with("application/json"))
}

/// The machine-readable code of a failure.
fn code(status: StatusCode, cross_site: bool) -> &'static str {
    if cross_site {
        return "cross_site";
    }
    match status {
        StatusCode::UNAUTHORIZED => "sign_in_needed",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::CONFLICT => "conflict",
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::RANGE_NOT_SATISFIABLE => "range_not_satisfiable",
        StatusCode::TOO_MANY_REQUESTS => "too_many_requests",
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        _ if status.is_server_error() => "internal",
        _ => "bad_request",
    }
}

/// The status under which `errors.ftl` describes `status`.
fn described(status: StatusCode) -> u16 {
    match status.as_u16() {
        known @ (401 | 403 | 404 | 405 | 409 | 413 | 416 | 429 | 503) => known,
        server if server >= 500 => 500,
        _ => 400,
    }
}

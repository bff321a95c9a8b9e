//! Pages of the server, fetched and read as documents. Parsing runs no script in them, and only
//! nodes that the server rendered are taken over.

use gloo_net::http::{Request, Response};
use web_sys::{Document, DomParser, SupportedType, wasm_bindgen::JsValue};

/// A page that was fetched.
pub(super) struct Fetched {
    /// The server did what it was asked.
    pub(super) ok: bool,
    /// Number at the end of the address where the request ended.
    pub(super) id: Option<u64>,
    pub(super) page: Document,
}

/// Posts a reply and follows the redirect to the page that shows it.
pub(super) async fn post_reply(action: &str, body: &str) -> Option<Fetched> {
    let body = format!("body={}", js_sys::encode_uri_component(body));
    let request = Request::post(action)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .ok()?;
    read(request.send().await.ok()?).await
}

/// Fetches a page.
pub(super) async fn fetch_page(href: &str) -> Option<Fetched> {
    read(Request::get(href).send().await.ok()?).await
}

/// Posts a form and reads the answer as JSON.
pub(super) async fn post_json(action: &str, body: &str) -> Option<JsValue> {
    let request = Request::post(action)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .ok()?;
    let response = request.send().await.ok().filter(Response::ok)?;
    js_sys::JSON::parse(&response.text().await.ok()?).ok()
}

/// A number in an answer.
pub(super) fn number(answer: &JsValue, name: &str) -> Option<f64> {
    js_sys::Reflect::get(answer, &name.into()).ok()?.as_f64()
}

/// A text in an answer.
pub(super) fn text(answer: &JsValue, name: &str) -> Option<String> {
    js_sys::Reflect::get(answer, &name.into()).ok()?.as_string()
}

async fn read(response: Response) -> Option<Fetched> {
    let url = response.url();
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let id = path.rsplit('/').next().and_then(|last| last.parse().ok());
    let ok = response.ok();
    let text = response.text().await.ok()?;
    let page = DomParser::new()
        .ok()?
        .parse_from_string(&text, SupportedType::TextHtml)
        .ok()?;
    Some(Fetched { ok, id, page })
}

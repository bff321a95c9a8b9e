//! What the runner asks of the browser: form fields, storage on the device, history, randomness.

use partake_core::response::{Answers, Pace, receipt::Receipt};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Document, Element, HtmlElement, HtmlFormElement, HtmlInputElement, Storage, Window};

use crate::{Confirmed, json};

/// An unfinished response, on the device only.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) version: String,
    pub(super) seed: u32,
    pub(super) receipt: String,
    pub(super) section: String,
    pub(super) reviewed: bool,
    /// It was sent once, and no answer came.
    pub(super) tried: bool,
    pub(super) pace: Pace,
    pub(super) answers: Answers,
    pub(super) confirmed: Confirmed,
}

impl Draft {
    fn to_json(&self) -> String {
        json::object(&[
            ("version", Value::String(self.version.clone())),
            ("seed", Value::from(self.seed)),
            ("receipt", Value::String(self.receipt.clone())),
            ("section", Value::String(self.section.clone())),
            ("reviewed", Value::Bool(self.reviewed)),
            ("tried", Value::Bool(self.tried)),
            ("pace", Value::String(json::pace(self.pace).to_owned())),
            ("answers", json::from_answers(&self.answers)),
            ("confirmed", json::from_texts(&self.confirmed)),
        ])
        .to_string()
    }

    fn from_json(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        Some(Self {
            version: json::text(value.get("version")?)?,
            seed: json::seed(value.get("seed")?)?,
            receipt: json::text(value.get("receipt")?)?,
            section: json::text(value.get("section")?)?,
            // Drafts of earlier versions do not say.
            reviewed: value.get("reviewed") == Some(&Value::Bool(true)),
            tried: value.get("tried") == Some(&Value::Bool(true)),
            pace: match value.get("pace").and_then(Value::as_str) {
                Some("usual") => Pace::Usual,
                Some("fast") => Pace::Fast,
                _ => Pace::Unknown,
            },
            answers: json::answers(value.get("answers")?)?,
            confirmed: value
                .get("confirmed")
                .and_then(json::texts)
                .unwrap_or_default(),
        })
    }
}

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

pub(super) fn draft_key(survey: &str) -> String {
    format!("partake.draft.{survey}")
}

fn local() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    window()?.session_storage().ok().flatten()
}

pub(super) fn load_draft(survey: &str) -> Option<Draft> {
    Draft::from_json(&local()?.get_item(&draft_key(survey)).ok().flatten()?)
}

/// False when the browser refuses: storage is full, or a private window has none.
pub(super) fn save_draft(survey: &str, draft: &Draft) -> bool {
    local().is_some_and(|storage| {
        storage
            .set_item(&draft_key(survey), &draft.to_json())
            .is_ok()
    })
}

pub(super) fn discard_draft(survey: &str) {
    if let Some(storage) = local() {
        _ = storage.remove_item(&draft_key(survey));
    }
}

/// What this tab keeps under `key`.
pub(super) fn session_get(key: &str) -> Option<String> {
    session()?.get_item(key).ok().flatten()
}

pub(super) fn session_set(key: &str, value: &str) {
    if let Some(storage) = session() {
        _ = storage.set_item(key, value);
    }
}

/// Seconds since the page was opened, by a clock that nobody sets.
pub(super) fn seconds() -> Option<f64> {
    Some(window()?.performance()?.now() / 1000.0)
}

/// False when the browser knows that there is no network; true promises nothing.
pub(super) fn online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// What stands behind `#` in the address; it is taken out of it.
pub(super) fn code_in_address() -> Option<String> {
    let location = window()?.location();
    let hash = location.hash().ok()?;
    let code = hash.strip_prefix('#').filter(|code| !code.is_empty())?;
    replace_address(&location.pathname().ok()?);
    Some(code.to_owned())
}

/// A receipt drawn on this device.
pub(super) fn new_receipt() -> Option<String> {
    let mut bytes = [0; 16];
    window()?
        .crypto()
        .ok()?
        .get_random_values_with_u8_array(&mut bytes)
        .ok()?;
    Some(Receipt::from_bytes(bytes).to_string())
}

/// Does something once the browser has shown what has changed so far: a frame is on its way to the
/// screen when the next one begins, and work that begins sooner keeps it waiting. A page that nobody
/// sees is not drawn.
pub(super) fn after_paint(act: impl FnOnce() + 'static) {
    next_frame(|| {
        next_frame(|| {
            let act = Closure::once_into_js(act);
            if let Some(window) = window() {
                _ = window.set_timeout_with_callback(act.unchecked_ref());
            }
        });
    });
}

fn next_frame(act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    if let Some(window) = window() {
        _ = window.request_animation_frame(act.unchecked_ref());
    }
}

/// Lets the page's own script know something.
pub(super) fn announce(what: &str) {
    if let (Some(window), Ok(event)) = (window(), web_sys::Event::new(what)) {
        _ = window.dispatch_event(&event);
    }
}

/// The fields of a form as the browser would post them.
pub(super) fn fields_of(form: &HtmlFormElement) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let Ok(data) = web_sys::FormData::new_with_form(form) else {
        return pairs;
    };
    let entries = data.entries();
    while let Ok(next) = entries.next() {
        if next.done() {
            break;
        }
        let entry: js_sys::Array = next.value().unchecked_into();
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            pairs.push((name, value));
        }
    }
    pairs
}

/// Last segment of the address.
pub(super) fn last_segment() -> String {
    let path = window().and_then(|window| window.location().pathname().ok());
    let path = path.unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Makes `path` the address of what is shown now, so that the browser's back button leads here.
pub(super) fn push_address(path: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Makes `path` the address of what is shown now without a step in the history: a reload then asks
/// for this page instead of offering to send the last form again.
pub(super) fn replace_address(path: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

pub(super) fn focus_element(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        _ = element.focus();
    }
}

/// Moves the focus to `id`; the page to its top if `top`.
pub(super) fn focus(id: &str, top: bool) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        focus_element(&element);
    }
    if let Some(window) = window().filter(|_| top) {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Name and value of the field that has the focus.
pub(super) fn focused_field() -> Option<(String, String)> {
    let input: HtmlInputElement = document()?.active_element()?.dyn_into().ok()?;
    Some((input.name(), input.value()))
}

/// Gives the focus to the field of this name; of radio buttons and check boxes to the one with
/// this value.
pub(super) fn refocus(root: &Element, (name, value): &(String, String)) {
    let found = inputs(root, "input").into_iter().find(|input| {
        input.name() == *name
            && (!matches!(input.type_().as_str(), "radio" | "checkbox") || input.value() == *value)
    });
    if let Some(input) = found {
        _ = input.focus();
    }
}

/// The first element below `root` that `selector` names. The selectors are ours, so none is
/// malformed.
pub(super) fn find(root: &web_sys::Node, selector: &str) -> Option<Element> {
    match root.dyn_ref::<Element>() {
        Some(element) => element.query_selector(selector).ok().flatten(),
        None => root
            .dyn_ref::<Document>()?
            .query_selector(selector)
            .ok()
            .flatten(),
    }
}

/// Every element below `root` that `selector` names.
pub(super) fn all(root: &Element, selector: &str) -> Vec<Element> {
    let mut found = Vec::new();
    if let Ok(list) = root.query_selector_all(selector) {
        for at in 0..list.length() {
            if let Some(element) = list.item(at) {
                found.push(element.unchecked_into());
            }
        }
    }
    found
}

/// Every input below `root` that `selector` names; it names inputs only.
pub(super) fn inputs(root: &Element, selector: &str) -> Vec<HtmlInputElement> {
    let mut found = Vec::new();
    for element in all(root, selector) {
        found.push(element.unchecked_into());
    }
    found
}

/// Sets an attribute, or takes it away. The names are ours, so neither is refused.
pub(super) fn set(element: &Element, name: &str, value: Option<&str>) {
    _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

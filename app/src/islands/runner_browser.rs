//! What the runner asks of the browser: form fields, storage on the device, history, randomness.

use leptos::prelude::*;
use partake_core::response::{Answers, receipt::Receipt};
use serde::{Deserialize, Serialize};
use web_sys::{
    HtmlElement, HtmlFormElement, Storage,
    wasm_bindgen::{JsCast, JsValue},
};

/// An unfinished response, on the device only.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) version: String,
    pub(super) seed: u32,
    pub(super) receipt: String,
    pub(super) section: String,
    pub(super) answers: Answers,
}

fn draft_key(survey: &str) -> String {
    format!("partake.draft.{survey}")
}

fn receipt_key(survey: &str) -> String {
    format!("partake.receipt.{survey}")
}

fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

pub(super) fn load_draft(survey: &str) -> Option<Draft> {
    let text = local()?.get_item(&draft_key(survey)).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// False when the browser refuses: storage is full, or a private window has none.
pub(super) fn save_draft(survey: &str, draft: &Draft) -> bool {
    let (Some(storage), Ok(text)) = (local(), serde_json::to_string(draft)) else {
        return false;
    };
    storage.set_item(&draft_key(survey), &text).is_ok()
}

pub(super) fn discard_draft(survey: &str) {
    if let Some(storage) = local() {
        _ = storage.remove_item(&draft_key(survey));
    }
}

/// Keeps a receipt for as long as the tab lives, so that a reload does not take it away.
pub(super) fn keep_receipt(survey: &str, code: &str) {
    if let Some(storage) = session() {
        _ = storage.set_item(&receipt_key(survey), code);
    }
}

pub(super) fn kept_receipt(survey: &str) -> Option<String> {
    session()?.get_item(&receipt_key(survey)).ok().flatten()
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    window()
        .crypto()
        .ok()?
        .get_random_values_with_u8_array(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// A receipt drawn on this device.
pub(super) fn new_receipt() -> Option<String> {
    Some(Receipt::from_bytes(random()?).to_string())
}

/// The fields of a form as the browser would post them.
pub(super) fn fields_of(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = web_sys::FormData::new_with_form(form) else {
        return Vec::new();
    };
    let Ok(Some(entries)) = js_sys::try_iter(&data) else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let entry: js_sys::Array = entry.dyn_into().ok()?;
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        })
        .collect()
}

/// Last segment of the address.
pub(super) fn last_segment() -> String {
    let path = window().location().pathname().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Makes `path` the address of what is shown now, so that the browser's back button leads here.
pub(super) fn push_address(path: &str) {
    if let Ok(history) = window().history() {
        _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Makes `path` the address of what is shown now without a step in the history: a reload then asks
/// for this page instead of offering to send the last form again.
pub(super) fn replace_address(path: &str) {
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// The header's language link follows the runner from section to section.
pub(super) fn point_language_link(path: &str) {
    let link = document()
        .query_selector("header.site a.language")
        .ok()
        .flatten();
    if let Some(link) = link {
        _ = link.set_attribute("href", path);
    }
}

/// Moves the focus to `id` once the page is drawn; to the top of the page if `top`.
pub(super) fn focus_soon(id: impl Into<String>, top: bool) {
    let id = id.into();
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            _ = element.focus();
        }
        if top {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}

/// Name and value of the field that has the focus.
pub(super) fn focused_field() -> Option<(String, String)> {
    let input: web_sys::HtmlInputElement = document().active_element()?.dyn_into().ok()?;
    Some((input.name(), input.value()))
}

/// Gives the focus back to a field that was drawn again.
pub(super) fn refocus_soon(field: (String, String)) {
    request_animation_frame(move || {
        let Ok(inputs) = document().query_selector_all("form.runner input") else {
            return;
        };
        let found = (0..inputs.length())
            .filter_map(|at| {
                inputs
                    .item(at)?
                    .dyn_into::<web_sys::HtmlInputElement>()
                    .ok()
            })
            .filter(|input| input.name() == field.0)
            .find(|input| {
                !matches!(input.type_().as_str(), "radio" | "checkbox") || input.value() == field.1
            });
        if let Some(input) = found {
            _ = input.focus();
        }
    });
}

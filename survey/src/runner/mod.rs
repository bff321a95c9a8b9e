//! Answering on the device: sections without reloading, a draft that survives, one submission.
//!
//! The page inside is complete without this and stays until the instrument is there. What is typed
//! lives in the form; the runner reads it as the server would, asks the engine what follows, and
//! draws with the widgets that the server draws with.

mod after;
mod begin;
mod device;
mod draft;
mod draw;
mod events;
mod keyboard;
mod language;
mod mending;
mod navigation;
mod network;
mod peers;
mod phase;
mod ranking;
mod screens;
mod state;
mod submission;
mod unseen;
mod widgets;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use self::device::{all, code_in_address, document, focused_field, refocus};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Called by the boot script once the module is loaded.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "the browser reaches it")]
pub fn hydrate() {
    let Some(body) = document().and_then(|document| document.document_element()) else {
        return;
    };
    for page in all(&body, "[data-draft]") {
        draft::offer(&page);
    }
    for field in all(&body, "[data-from-address]") {
        take_code(&field);
    }
    for page in all(&body, "[data-runner]") {
        spawn_local(async move {
            let Some(ready) = begin::prepare(&page).await else {
                return;
            };
            let field = focused_field();
            events::start(page.clone(), ready);
            if let Some(field) = field {
                refocus(&page, &field);
            }
        });
    }
}

/// A receipt that was read from its picture comes behind `#`, which no server sees.
fn take_code(field: &Element) {
    if let (Some(code), Some(field)) = (code_in_address(), field.dyn_ref::<HtmlInputElement>()) {
        field.set_value(&code);
        _ = field.focus();
    }
}

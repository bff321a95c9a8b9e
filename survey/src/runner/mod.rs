//! Answering on the device: sections without reloading, a draft that survives, one submission.
//!
//! The page inside is complete without this and stays until the instrument is there. What is typed
//! lives in the form; the runner reads it as the server would, asks the engine what follows, and
//! draws with the widgets that the server draws with.

mod begin;
mod device;
mod draft;
mod draw;
mod events;
mod network;
mod state;
mod submission;
mod widgets;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use self::device::{all, document, focused_field, refocus};

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

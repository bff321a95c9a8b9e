//! The preview of a comment, in the browser: the renderer that the server publishes with, so that
//! nothing of a draft leaves the device before it is sent. A module of its own because it is large,
//! and only who writes needs it.
#![cfg(feature = "browser")]

use partake_core::forum::{draft, handle::fold};
use wasm_bindgen::prelude::wasm_bindgen;

/// How a draft will look.
#[wasm_bindgen(getter_with_clone)]
pub struct Look {
    /// Sanitised.
    pub html: String,
    pub length: usize,
    pub most: usize,
    /// Code of the rule that it comes near to.
    pub near: Option<String>,
}

/// How `source` will look. `handles` are people that it may name, `href` is what leads to what one
/// of them wrote.
#[wasm_bindgen]
#[must_use]
pub fn look(source: &str, handles: Vec<String>, href: &str) -> Look {
    let known = handles.iter().map(|handle| fold(handle)).collect();
    let draft = draft::look(source, &known, href);
    Look {
        html: draft.html,
        length: draft.length,
        most: draft.most,
        near: draft.near.map(|reason| reason.as_str().to_owned()),
    }
}

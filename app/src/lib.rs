//! What people see. Pages are Leptos components over plain view models, rendered to HTML by the
//! server; islands are the only code of it that also runs in the browser.
//! What people answer is drawn by `partake-survey`, which a phone loads instead of this.
#![recursion_limit = "256"]
#![expect(
    unreachable_pub,
    reason = "the component macro makes public items of its own beside a component that is not"
)]

pub mod islands;

#[cfg(feature = "ssr")]
pub mod charts;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
mod survey_words;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub use survey_words::words as survey_words;

/// Called by the boot script once the module is loaded, before the islands are hydrated.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

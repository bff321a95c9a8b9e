//! The document's title.

use leptos::prelude::*;

/// `<title>`, with its text escaped by the renderer. Leptos's own `Title` does not escape, so
/// pages set their title through the shell, which uses this and nothing else.
#[component]
pub fn PageTitle(text: String) -> impl IntoView {
    view! { <title>{text}</title> }
}

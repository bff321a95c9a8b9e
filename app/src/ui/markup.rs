//! HTML that has been through the sanitiser.

use leptos::prelude::*;

/// Shows HTML that `partake_core::forum` rendered and sanitised; nothing else may be passed.
#[component]
pub fn SafeHtml(html: String) -> impl IntoView {
    view! { <div class="prose" inner_html=html></div> }
}

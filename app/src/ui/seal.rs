//! The mark of the site: a person's stamp.

use leptos::prelude::*;

/// The seal; `class` sets its size.
#[component]
pub fn Seal(#[prop(default = "seal")] class: &'static str) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <rect x="2" y="2" width="20" height="20" rx="2" fill="none" stroke="currentColor" stroke-width="2.5"></rect>
            <path d="M12 6c0 5-2 9-6 12M12 10c1 4 3 6 6 8" fill="none" stroke="currentColor" stroke-width="2.5"></path>
        </svg>
    }
}

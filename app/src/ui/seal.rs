//! The mark of the site: a person's stamp.

use leptos::prelude::*;
use partake_survey::SEAL_PATH;

/// The seal; `class` sets its size: `seal` beside text, `seal large` on its own.
#[component]
pub fn Seal(#[prop(default = "seal")] class: &'static str) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path
                transform="rotate(-5 12 12)"
                fill="currentColor"
                fill-rule="evenodd"
                d=SEAL_PATH
            ></path>
        </svg>
    }
}

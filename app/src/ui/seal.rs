//! The mark of the site: a person's stamp. The figure inside is 人, a person, cut out of the
//! square in two strokes, so that it reads as a seal to some and as somebody walking to others.

use leptos::prelude::*;

/// The square and the figure as one path in a box of 24 by 24; to be filled by even-odd.
pub const SEAL_PATH: &str = "M2.2 3.1C2.2 2.3 2.7 1.9 3.4 1.9L20.3 1.6C21.4 1.6 22.2 2.3 22.2 3.3\
    L22.5 20.4C22.5 21.5 21.9 22.3 20.8 22.3L3.6 22.5C2.4 22.5 1.7 21.8 1.7 20.7Z\
    M10.7 4.4L13.7 4.7C13.6 7.2 13.3 9 12.9 10.6C14.1 13.7 16.3 16 20 17.6L18.7 20.2\
    C15.5 18.7 13.2 16.6 11.7 13.9C10.3 16.4 8.3 18.5 5.3 20.2L3.9 18.2\
    C8.5 15.2 10.6 11 10.7 4.4Z";

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

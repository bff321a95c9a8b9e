//! The picture of the site: identical boxes in a row, one of them stamped by hand.

use leptos::prelude::*;

use partake_survey::SEAL_PATH;

const BOXES: u32 = 21;
const STAMPED: u32 = 10;
const STEP: u32 = 40;

#[component]
pub(super) fn StampedRow() -> impl IntoView {
    let boxes = (0..BOXES)
        .filter(|at| *at != STAMPED)
        .map(|at| {
            let x = at * STEP + 5;
            view! {
                <rect class="box" x=x.to_string() y="35" width="30" height="30" fill="none"></rect>
                <path class="tick" d=format!("M{} 50h14", x + 8)></path>
            }
        })
        .collect_view();
    let centre = STAMPED * STEP + 20;
    view! {
        <svg
            class="steps"
            viewBox="0 0 840 100"
            preserveAspectRatio="xMidYMid slice"
            aria-hidden="true"
            focusable="false"
        >
            <path class="rail" d="M0 50H840"></path>
            {boxes}
            <g class="stamped" transform=format!("translate({centre} 50) rotate(-7) scale(2.75)")>
                <rect class="under" x="-11" y="-11" width="22" height="22" rx="1"></rect>
                <path
                    transform="translate(-12 -12)"
                    fill="currentColor"
                    fill-rule="evenodd"
                    d=SEAL_PATH
                ></path>
            </g>
        </svg>
    }
}

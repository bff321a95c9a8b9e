//! Figures of a chart on demand.

use leptos::prelude::*;
#[cfg(feature = "hydrate")]
use wasm_bindgen::JsCast as _;

/// Shows the exact words of the mark under the pointer, the finger or the arrow keys. The marks
/// are server-rendered and carry their words in `data-detail`; without this code they stay
/// readable as text and as a table.
#[island]
pub fn ChartDetail(hint: String, children: Children) -> impl IntoView {
    let detail = RwSignal::new(String::new());
    let ready = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    #[cfg(feature = "hydrate")]
    let current = StoredValue::new(None::<u32>);

    #[cfg(feature = "hydrate")]
    let at_pointer = move |target: Option<web_sys::EventTarget>| {
        let mark = target
            .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
            .and_then(|e| e.closest("[data-detail]").ok().flatten());
        if let Some(words) = mark.and_then(|e| e.get_attribute("data-detail")) {
            detail.set(words);
        }
    };
    #[cfg(feature = "hydrate")]
    let at_key = move |event: &web_sys::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" => 1_i64,
            "ArrowUp" | "ArrowLeft" => -1,
            _ => return,
        };
        let chart = event
            .current_target()
            .and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        let Some(marks) = chart.and_then(|c| c.query_selector_all("[data-detail]").ok()) else {
            return;
        };
        let count = i64::from(marks.length());
        if count == 0 {
            return;
        }
        let next = match current.get_value() {
            Some(now) => (i64::from(now) + step).rem_euclid(count),
            None if step > 0 => 0,
            None => count - 1,
        };
        let Ok(next) = u32::try_from(next) else {
            return;
        };
        current.set_value(Some(next));
        event.prevent_default();
        let words = marks
            .get(next)
            .and_then(|node| node.dyn_into::<web_sys::Element>().ok())
            .and_then(|e| e.get_attribute("data-detail"));
        detail.set(words.unwrap_or_default());
    };

    let label = hint.clone();
    view! {
        <div
            class="chart"
            role="group"
            aria-label=label
            tabindex=move || ready.get().then_some("0")
            on:pointerover=move |_event| {
                #[cfg(feature = "hydrate")]
                at_pointer(_event.target());
            }
            on:click=move |_event| {
                #[cfg(feature = "hydrate")]
                at_pointer(_event.target());
            }
            on:keydown=move |_event| {
                #[cfg(feature = "hydrate")]
                at_key(&_event);
            }
        >
            {children()}
            <p class="chart-detail" aria-live="polite">
                {move || {
                    let words = detail.get();
                    if words.is_empty() && ready.get() { hint.clone() } else { words }
                }}
            </p>
        </div>
    }
}

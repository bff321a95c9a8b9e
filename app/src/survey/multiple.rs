//! Any number of a list.

use std::sync::Arc;

use leptos::prelude::*;
use partake_core::flow::OptionView;
use web_sys::wasm_bindgen::JsCast;

use super::{Setting, single::choice};

#[component]
pub(super) fn Multiple(
    id: String,
    options: Vec<OptionView>,
    setting: Arc<Setting>,
) -> impl IntoView {
    let boxes = options
        .into_iter()
        .map(|option| choice(&id, "checkbox", option, &setting))
        .collect_view();
    view! { <div on:change=move |event| keep_exclusive(&event)>{boxes}</div> }
}

/// An exclusive option and the others switch each other off, so that the contradiction the
/// validator refuses cannot be made by hand.
fn keep_exclusive(event: &web_sys::Event) {
    let input = |node: wasm_bindgen::JsValue| node.dyn_into::<web_sys::HtmlInputElement>().ok();
    let Some(changed) = event.target().and_then(|target| input(target.into())) else {
        return;
    };
    if changed.type_() != "checkbox" || !changed.checked() {
        return;
    }
    let Some(group) = changed.closest("fieldset").ok().flatten() else {
        return;
    };
    let Ok(boxes) = group.query_selector_all("input[type=checkbox]") else {
        return;
    };
    let alone = changed.has_attribute("data-exclusive");
    for other in (0..boxes.length())
        .filter_map(|i| boxes.item(i))
        .filter_map(|n| input(n.into()))
    {
        let same = other.value() == changed.value();
        if !same && (alone || other.has_attribute("data-exclusive")) {
            other.set_checked(false);
        }
    }
}

//! One of a list.

use std::sync::Arc;

use leptos::prelude::*;
use partake_core::{flow::OptionView, response::other_key};

use super::Setting;

#[component]
pub(super) fn Single(id: String, options: Vec<OptionView>, setting: Arc<Setting>) -> impl IntoView {
    options
        .into_iter()
        .map(|option| choice(&id, "radio", option, &setting))
        .collect_view()
}

/// A radio button or check box with its label, and the text field that goes with it, if any. The
/// field is always there: without a script nothing could reveal it.
pub(super) fn choice(
    id: &str,
    kind: &'static str,
    option: OptionView,
    setting: &Setting,
) -> impl IntoView + use<> {
    let OptionView {
        code,
        label,
        exclusive,
        missing,
        text_max,
    } = option;
    let apart = if missing || exclusive {
        "choice apart"
    } else {
        "choice"
    };
    let text = text_max.map(|max| {
        let name = other_key(id, &code);
        let hint = setting
            .words
            .fill("other-text", &[("max", &max.to_string())]);
        let value = setting.fields.first(&name).to_owned();
        view! {
            <div class="other">
                <label for=name.clone()>{hint}</label>
                <input type="text" id=name.clone() name=name value=value autocomplete="off" />
            </div>
        }
    });
    let checked = setting.fields.has(id, &code);
    view! {
        <label class=apart>
            <input
                type=kind
                name=id.to_owned()
                value=code
                checked=checked
                data-exclusive=exclusive.then_some("")
            />
            <span>{label}</span>
        </label>
        {text}
    }
}

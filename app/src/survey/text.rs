//! Free text with its limit.

use std::sync::Arc;

use leptos::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::Setting;
use crate::ui::TextArea;

#[component]
pub(super) fn Text(
    id: String,
    long: bool,
    max_chars: u32,
    placeholder: Option<String>,
    described_by: String,
    invalid: bool,
    setting: Arc<Setting>,
) -> impl IntoView {
    let value = setting.fields.first(&id).to_owned();
    let limit = setting
        .words
        .fill("chars-max", &[("max", &max_chars.to_string())]);
    let limit_id = format!("l-{id}");
    let described_by = format!("{described_by} {limit_id}").trim_start().to_owned();
    let field_id = format!("f-{id}");
    let typed = RwSignal::new(value.clone());
    let count = setting.live.then(|| {
        let words = setting.words.clone();
        view! { <span class="left">{move || typed.with(|typed| left(&words, typed, max_chars))}</span> }
    });
    let field = if long {
        view! {
            <TextArea
                id=field_id
                name=id
                value=value
                rows=6
                placeholder=placeholder.unwrap_or_default()
                described_by=described_by
                invalid=invalid
                on_input=Callback::new(move |text| typed.set(text))
            />
        }
        .into_any()
    } else {
        view! {
            <input
                type="text"
                class="line-text"
                id=field_id
                name=id
                value=value
                placeholder=placeholder
                autocomplete="off"
                aria-describedby=described_by
                aria-invalid=invalid.then_some("true")
                on:input=move |event| typed.set(event_target_value(&event))
            />
        }
        .into_any()
    };
    view! {
        {field}
        <p class="hint" id=limit_id>
            {limit}
            " "
            {count}
        </p>
    }
}

fn left(words: &super::Words, typed: &str, max: u32) -> String {
    let used = u32::try_from(typed.graphemes(true).count()).unwrap_or(u32::MAX);
    if used <= max {
        words.fill("chars-left", &[("n", &(max - used).to_string())])
    } else {
        words.fill("chars-over", &[("n", &(used - max).to_string())])
    }
}

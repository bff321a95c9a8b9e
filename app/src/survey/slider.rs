//! A number on a line that starts empty, with its number box. Without a script there is the box.

use std::sync::Arc;

use leptos::{html::Input, prelude::*};
use partake_core::flow::OptionView;

use super::Setting;

/// Ends and step of the line.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub min: f64,
    pub max: f64,
    pub step: f64,
}

#[component]
pub(super) fn Slider(
    id: String,
    title: String,
    line: Line,
    low: String,
    high: String,
    missing: Vec<OptionView>,
    described_by: String,
    invalid: bool,
    setting: Arc<Setting>,
) -> impl IntoView {
    let Line { min, max, .. } = line;
    let number = NodeRef::<Input>::new();
    let typed = RwSignal::new(setting.fields.first(&id).to_owned());
    let missing_name = format!("{id}.missing");
    let none = RwSignal::new(setting.fields.first(&missing_name).to_owned());

    let range = setting
        .live
        .then(|| range(&id, title, line, number, typed, none));
    let bounds = [("min", min.to_string()), ("max", max.to_string())];
    let hint = setting.words.fill(
        "slider-box",
        &bounds.each_ref().map(|(k, v)| (*k, v.as_str())),
    );
    let first = setting.fields.first(&id).to_owned();
    let others = missing
        .into_iter()
        .map(|option| {
            let checked = setting.fields.has(&missing_name, &option.code);
            let code = option.code.clone();
            view! {
                <label class="choice apart">
                    <input
                        type="checkbox"
                        name=missing_name.clone()
                        value=option.code
                        checked=checked
                        prop:checked=move || none.with(|none| *none == code)
                        on:change=move |event| {
                            if event_target_checked(&event) {
                                none.set(event_target_value(&event));
                                typed.set(String::new());
                                if let Some(number) = number.get_untracked() {
                                    number.set_value("");
                                }
                            } else {
                                none.set(String::new());
                            }
                        }
                    />
                    <span>{option.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="line-ends">
            <span>{low}</span>
            <span>{high}</span>
        </div>
        {range}
        <div class="number">
            <label for=format!("f-{id}")>{hint}</label>
            <input
                type="text"
                inputmode="numeric"
                id=format!("f-{id}")
                name=id
                value=first
                autocomplete="off"
                aria-describedby=(!described_by.is_empty()).then_some(described_by)
                aria-invalid=invalid.then_some("true")
                node_ref=number
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    none.set(String::new());
                }
            />
        </div>
        {others}
    }
}

/// The line itself. It has no field name: the number box is what is sent.
fn range(
    id: &str,
    title: String,
    line: Line,
    number: NodeRef<Input>,
    typed: RwSignal<String>,
    none: RwSignal<String>,
) -> impl IntoView + use<> {
    let take = move |value: String| {
        if let Some(number) = number.get_untracked() {
            number.set_value(&value);
        }
        typed.set(value);
        none.set(String::new());
    };
    let middle = ((line.min + line.max) / 2.0).to_string();
    view! {
        <input
            type="range"
            class="line"
            class:untouched=move || typed.with(|typed| typed.trim().parse::<f64>().is_err())
            id=format!("r-{id}")
            min=line.min.to_string()
            max=line.max.to_string()
            step=line.step.to_string()
            aria-label=title
            aria-valuetext=move || {
                typed.with(|typed| if typed.trim().is_empty() { "–".to_owned() } else { typed.clone() })
            }
            prop:value=move || {
                typed.with(|typed| {
                    if typed.trim().parse::<f64>().is_ok() { typed.clone() } else { middle.clone() }
                })
            }
            // A press in the middle moves nothing, so it makes no `input` event, yet it is a choice.
            on:input=move |event| take(event_target_value(&event))
            on:click=move |event| take(event_target_value(&event))
        />
    }
}

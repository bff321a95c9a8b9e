//! The first few of a list: one select for each place without a script, tapping in order with one.

use std::sync::Arc;

use leptos::prelude::*;
use partake_core::flow::OptionView;

use super::{Setting, Words};

#[component]
pub(super) fn Ranking(
    id: String,
    options: Vec<OptionView>,
    places: u32,
    setting: Arc<Setting>,
) -> impl IntoView {
    if setting.live {
        tapped(id, options, places, &setting).into_any()
    } else {
        selects(&id, &options, places, &setting).into_any()
    }
}

fn place(words: &Words, place: u32) -> String {
    match place {
        1 => words.get("rank-1"),
        2 => words.get("rank-2"),
        3 => words.get("rank-3"),
        n => words.fill("rank-n", &[("n", &n.to_string())]),
    }
}

fn selects(
    id: &str,
    options: &[OptionView],
    places: u32,
    setting: &Setting,
) -> impl IntoView + use<> {
    (1..=places)
        .map(|n| {
            let name = format!("{id}.{n}");
            let chosen = setting.fields.first(&name).to_owned();
            let choices = options
                .iter()
                .map(|option| {
                    let selected = option.code == chosen;
                    view! {
                        <option value=option.code.clone() selected=selected>
                            {option.label.clone()}
                        </option>
                    }
                })
                .collect_view();
            view! {
                <div class="place-select">
                    <label for=format!("f-{name}")>{place(&setting.words, n)}</label>
                    <select id=format!("f-{name}") name=name>
                        <option value="">{setting.words.get("rank-none")}</option>
                        {choices}
                    </select>
                </div>
            }
        })
        .collect_view()
}

fn tapped(
    id: String,
    options: Vec<OptionView>,
    places: u32,
    setting: &Setting,
) -> impl IntoView + use<> {
    let words = setting.words.clone();
    let start: Vec<String> = (1..=places)
        .map(|n| setting.fields.first(&format!("{id}.{n}")).to_owned())
        .filter(|code| !code.is_empty())
        .collect();
    let order = RwSignal::new(start);
    let said = RwSignal::new(String::new());

    let buttons = options
        .into_iter()
        .map(|option| {
            let OptionView { code, label, .. } = option;
            let (here, pressed, tap) = (code.clone(), code.clone(), code);
            let rank = move || order.with(|o| o.iter().position(|c| *c == here));
            let shown = Memo::new(move |_| rank().map(|at| at + 1));
            let full = move || order.with(|o| o.len() >= places as usize && !o.contains(&pressed));
            let words = words.clone();
            let name = label.clone();
            let act = move |_| {
                order.update(|o| match o.iter().position(|c| *c == tap) {
                    Some(at) => {
                        o.remove(at);
                    }
                    None if o.len() < places as usize => o.push(tap.clone()),
                    None => {}
                });
                said.set(match shown.get_untracked() {
                    Some(n) => {
                        let at = place(&words, u32::try_from(n).unwrap_or(places));
                        words.fill("rank-said", &[("option", &name), ("place", &at)])
                    }
                    None => words.fill("rank-said-off", &[("option", &name)]),
                });
            };
            view! {
                <button
                    type="button"
                    class="choice rank"
                    aria-pressed=move || if shown.get().is_some() { "true" } else { "false" }
                    aria-disabled=move || full().then_some("true")
                    on:click=act
                >
                    <span class="rank-place">{move || shown.get().map(|n| n.to_string())}</span>
                    <span>{label}</span>
                </button>
            }
        })
        .collect_view();
    let held = (1..=places)
        .map(|n| {
            let at = n as usize - 1;
            view! {
                <input
                    type="hidden"
                    name=format!("{id}.{n}")
                    prop:value=move || order.with(|o| o.get(at).cloned().unwrap_or_default())
                />
            }
        })
        .collect_view();
    let hint = setting
        .words
        .fill("rank-hint", &[("max", &places.to_string())]);
    view! {
        <p class="hint">{hint}</p>
        <div
            class="ranking"
            on:keydown=move |event| {
                if event.key() == "Backspace" {
                    event.prevent_default();
                    order.update(|o| drop(o.pop()));
                }
            }
        >
            {buttons}
        </div>
        {held}
        <button
            type="button"
            class="quiet undo"
            disabled=move || order.with(Vec::is_empty)
            on:click=move |_| order.update(|o| drop(o.pop()))
        >
            {setting.words.get("rank-undo")}
        </button>
        <p class="visually-hidden" role="status">{move || said.get()}</p>
    }
}

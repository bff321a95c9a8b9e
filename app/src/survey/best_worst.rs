//! Best and worst of small sets.

use std::sync::Arc;

use leptos::prelude::*;
use partake_core::flow::TaskView;
use web_sys::wasm_bindgen::JsCast;

use super::Setting;

#[component]
pub(super) fn BestWorst(
    id: String,
    tasks: Vec<TaskView>,
    best: String,
    worst: String,
    setting: Arc<Setting>,
) -> impl IntoView {
    let total = tasks.len();
    tasks
        .into_iter()
        .enumerate()
        .map(|(position, task)| {
            let place = setting.words.fill(
                "set-of",
                &[
                    ("n", &(position + 1).to_string()),
                    ("total", &total.to_string()),
                ],
            );
            let names = [
                format!("{id}.{}.best", task.index),
                format!("{id}.{}.worst", task.index),
            ];
            let rows = task
                .items
                .into_iter()
                .map(|item| {
                    let cell = |end: usize, says: &str| {
                        let name = names[end].clone();
                        let checked = setting.fields.has(&name, &item.code);
                        let label = format!("{says}: {}", item.label);
                        view! {
                            <td>
                                <label>
                                    <input
                                        type="radio"
                                        name=name
                                        value=item.code.clone()
                                        checked=checked
                                        aria-label=label
                                    />
                                </label>
                            </td>
                        }
                    };
                    view! {
                        <tr>
                            {cell(0, &best)}
                            <th scope="row">{item.label.clone()}</th>
                            {cell(1, &worst)}
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <fieldset
                    class="matrix-row set"
                    id=format!("q-{id}-{}", task.index)
                    tabindex="-1"
                    on:change=move |event| keep_apart(&event)
                >
                    <legend>
                        <span class="place">{place}</span>
                    </legend>
                    <table class="best-worst">
                        <thead>
                            <tr>
                                <th scope="col">{best.clone()}</th>
                                <td></td>
                                <th scope="col">{worst.clone()}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </fieldset>
            }
        })
        .collect_view()
}

/// Choosing an item at one end takes it away from the other.
fn keep_apart(event: &web_sys::Event) {
    let input = |node: wasm_bindgen::JsValue| node.dyn_into::<web_sys::HtmlInputElement>().ok();
    let Some(chosen) = event.target().and_then(|target| input(target.into())) else {
        return;
    };
    let Some(row) = chosen.closest("tr").ok().flatten() else {
        return;
    };
    let Ok(pair) = row.query_selector_all("input") else {
        return;
    };
    for other in (0..pair.length())
        .filter_map(|i| pair.item(i))
        .filter_map(|n| input(n.into()))
    {
        if other.name() != chosen.name() {
            other.set_checked(false);
        }
    }
}

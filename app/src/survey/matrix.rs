//! Rows of one scale: each row is a group of radio buttons of its own.

use std::sync::Arc;

use leptos::prelude::*;
use partake_core::flow::OptionView;

use super::{FaultLine, Setting, question::fault_text};

#[component]
pub(super) fn Matrix(
    id: String,
    rows: Vec<OptionView>,
    scale: Vec<OptionView>,
    faults: Vec<FaultLine>,
    setting: Arc<Setting>,
) -> impl IntoView {
    let total = rows.len();
    rows.into_iter()
        .enumerate()
        .map(|(index, row)| {
            let name = format!("{id}__{}", row.code);
            let place = setting.words.fill(
                "row-of",
                &[
                    ("n", &(index + 1).to_string()),
                    ("total", &total.to_string()),
                ],
            );
            let anchor = format!("q-{id}-{}", row.code);
            let fault = fault_text(&format!("e-{name}"), &faults, Some(&row.code));
            let describe = fault.is_some().then(|| format!("e-{name}"));
            view! {
                <fieldset class="matrix-row" id=anchor tabindex="-1" aria-describedby=describe>
                    <legend>
                        <span class="label">{row.label}</span>
                        <span class="place">{place}</span>
                    </legend>
                    {fault}
                    {points(&name, &scale, &setting)}
                </fieldset>
            }
        })
        .collect_view()
}

/// The points of a scale side by side (below each other on a phone), missing codes set apart.
pub(super) fn points(name: &str, scale: &[OptionView], setting: &Setting) -> impl IntoView + use<> {
    let columns = match scale.len() {
        0..=3 => "scale few",
        4..=5 => "scale five",
        _ => "scale six",
    };
    let labels = scale
        .iter()
        .map(|point| {
            let checked = setting.fields.has(name, &point.code);
            view! {
                <label class=point.missing.then_some("apart")>
                    <input
                        type="radio"
                        name=name.to_owned()
                        value=point.code.clone()
                        checked=checked
                    />
                    <span>{point.label.clone()}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class=columns>{labels}</div> }
}

//! A number typed in.

use std::sync::Arc;

use leptos::prelude::*;

use super::Setting;

#[component]
pub(super) fn Number(
    id: String,
    min: f64,
    max: f64,
    integer: bool,
    unit: Option<String>,
    described_by: String,
    invalid: bool,
    setting: Arc<Setting>,
) -> impl IntoView {
    let hint = setting.words.fill(
        if integer {
            "number-whole"
        } else {
            "number-any"
        },
        &[("min", &min.to_string()), ("max", &max.to_string())],
    );
    let value = setting.fields.first(&id).to_owned();
    let hint_id = format!("n-{id}");
    // Not `type=number`: that drops what it cannot read, so a typing slip could be neither shown
    // again nor explained.
    view! {
        <p class="hint" id=hint_id.clone()>{hint}</p>
        <div class="number">
            <input
                type="text"
                inputmode=if integer { "numeric" } else { "decimal" }
                id=format!("f-{id}")
                name=id
                value=value
                autocomplete="off"
                aria-describedby=format!("{described_by} {hint_id}").trim_start().to_owned()
                aria-invalid=invalid.then_some("true")
            />
            {unit.map(|unit| view! { <span class="unit">{unit}</span> })}
        </div>
    }
}

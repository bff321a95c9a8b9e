//! Form fields with their label, hint and fault tied together.

use leptos::prelude::*;

use crate::ui::TextArea;

/// One field of a form.
#[derive(Clone, Debug, Default)]
pub struct Field {
    pub id: String,
    pub name: &'static str,
    pub label: String,
    pub value: String,
    pub hint: Option<String>,
    /// What is wrong with what was typed.
    pub fault: Option<String>,
    pub autocomplete: Option<&'static str>,
}

impl Field {
    fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let fault = self.fault.as_ref().map(|_| format!("{}-fault", self.id));
        match (fault, hint) {
            (None, None) => None,
            (fault, hint) => Some(
                [fault, hint]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
        }
    }

    fn around(&self, input: AnyView) -> AnyView {
        let hint = self
            .hint
            .clone()
            .map(|text| view! { <p class="hint" id=format!("{}-hint", self.id)>{text}</p> });
        let fault = self.fault.clone().map(|text| {
            view! { <p class="fault" role="alert" id=format!("{}-fault", self.id)>{text}</p> }
        });
        view! {
            <div class="field">
                <label for=self.id.clone()>{self.label.clone()}</label>
                {hint}
                {fault}
                {input}
            </div>
        }
        .into_any()
    }
}

/// One line.
pub fn line(field: Field) -> AnyView {
    input("text", field)
}

/// A password; what was typed is never sent back.
pub fn password(field: Field) -> AnyView {
    input(
        "password",
        Field {
            value: String::new(),
            ..field
        },
    )
}

fn input(kind: &'static str, field: Field) -> AnyView {
    let input = view! {
        <input
            type=kind
            id=field.id.clone()
            name=field.name
            value=field.value.clone()
            autocomplete=field.autocomplete
            autocapitalize="none"
            spellcheck=if kind == "password" || field.autocomplete.is_some() { "false" } else { "true" }
            aria-describedby=field.described_by()
            aria-invalid=field.fault.is_some().then_some("true")
        />
    };
    field.around(input.into_any())
}

/// Several lines.
pub fn area(field: Field, rows: u32) -> AnyView {
    let name = field.name.to_owned();
    area_named(field, name, rows)
}

/// Several lines in a field whose name is known only now.
pub(super) fn area_named(field: Field, name: String, rows: u32) -> AnyView {
    let (id, value) = (field.id.clone(), field.value.clone());
    let invalid = field.fault.is_some();
    let text = match field.described_by() {
        Some(ids) => view! {
            <TextArea id=id name=name value=value rows=rows described_by=ids invalid=invalid />
        }
        .into_any(),
        None => {
            view! { <TextArea id=id name=name value=value rows=rows invalid=invalid /> }.into_any()
        }
    };
    field.around(text)
}

/// Options of a select under the heading of their group, if it has one: value and text.
pub type OptionGroup = (Option<String>, Vec<(String, String)>);

/// A choice; groups have a label, the first group may have none.
pub fn select(field: Field, groups: Vec<OptionGroup>) -> AnyView {
    let chosen = field.value.clone();
    let options = groups
        .into_iter()
        .map(|(label, options)| {
            let options = options
                .into_iter()
                .map(|(value, text)| {
                    let selected = value == chosen;
                    view! { <option value=value selected=selected>{text}</option> }
                })
                .collect_view();
            match label {
                Some(label) => view! { <optgroup label=label>{options}</optgroup> }.into_any(),
                None => options.into_any(),
            }
        })
        .collect_view();
    let select = view! {
        <select
            id=field.id.clone()
            name=field.name
            aria-describedby=field.described_by()
            aria-invalid=field.fault.is_some().then_some("true")
        >
            {options}
        </select>
    };
    field.around(select.into_any())
}

/// Something that just happened.
pub fn notice(text: Option<String>) -> AnyView {
    text.map(|text| view! { <p class="notice" role="status">{text}</p> })
        .into_any()
}

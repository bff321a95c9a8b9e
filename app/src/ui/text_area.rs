//! A text area whose content is data.

use leptos::prelude::*;

/// `<textarea>` with its content escaped. Leptos 0.8 writes the children of `<textarea>` to HTML
/// as they are, so a stored text could close the element; this is the only place that writes one.
/// In the browser the value is set as a property, where there is nothing to escape.
#[component]
pub fn TextArea(
    id: String,
    name: String,
    value: String,
    #[prop(default = 4)] rows: u32,
    #[prop(optional, into)] maxlength: Option<u32>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional, into)] described_by: Option<String>,
    #[prop(optional)] invalid: bool,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    // A leading line feed is dropped by HTML parsers, so one is added for it to drop.
    let content = format!("\n{}", html_escape::encode_text(&value));
    view! {
        <textarea
            id=id
            name=name
            rows=rows
            maxlength=maxlength
            placeholder=placeholder
            required=required
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
        >
            {content}
        </textarea>
    }
}

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
    /// Called with the text after each change; inert on the server.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    // A leading line feed is dropped by HTML parsers, so one is added for it to drop.
    #[cfg(feature = "ssr")]
    let content = format!("\n{}", html_escape::encode_text(&value));
    #[cfg(not(feature = "ssr"))]
    let content = value.clone();
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
            prop:value=value
            on:input=move |event| {
                if let Some(on_input) = on_input {
                    on_input.run(event_target_value(&event));
                }
            }
        >
            {content}
        </textarea>
    }
}

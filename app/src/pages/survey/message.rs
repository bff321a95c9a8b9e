//! A short page that says where things stand and how to go on.

use leptos::prelude::*;

#[component]
pub fn SurveyMessage(
    heading: String,
    paragraphs: Vec<String>,
    /// Address and text of each way on; the first is the main one.
    ways: Vec<(String, String)>,
) -> impl IntoView {
    let ways = ways
        .into_iter()
        .enumerate()
        .map(|(at, (to, text))| {
            let class = if at == 0 { "button" } else { "button quiet" };
            view! { <a class=class href=to>{text}</a> }
        })
        .collect_view();
    view! {
        <section class="sheet message">
            <h1>{heading}</h1>
            {paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            <p class="onward">{ways}</p>
        </section>
    }
}

//! HTML that does not come from a Leptos view.

use leptos::prelude::*;
use partake_survey::{RunnerConfig, markup};

/// Shows HTML that `partake_core::forum` rendered and sanitised; nothing else may be passed.
#[component]
pub fn SafeHtml(html: String) -> impl IntoView {
    view! { <div class="prose" inner_html=html></div> }
}

/// Shows the survey's own markup, which escapes itself. With `runner`, it is the page that the
/// runner takes over.
#[component]
pub fn Drawn(
    elements: Vec<markup::Element>,
    #[prop(optional)] class: &'static str,
    #[prop(optional, into)] runner: Option<RunnerConfig>,
) -> impl IntoView {
    let runner = runner.as_ref().map(config);
    view! { <div class=class data-runner=runner inner_html=markup::html(&elements)></div> }
}

/// The config as the runner reads it from the page.
pub(crate) fn config(config: &RunnerConfig) -> String {
    // Strings, numbers and maps with string keys always serialise.
    serde_json::to_string(config).unwrap_or_default()
}

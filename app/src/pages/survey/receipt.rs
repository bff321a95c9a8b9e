//! The receipt after a form, and the pages on which only the runner has something to show.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::{SurveyMessage, SurveyMessageProps};
use crate::{
    islands::{RunnerConfig, SurveyRunner},
    survey::{ReceiptKind, ReceiptView, words},
};

#[component]
pub fn ReceiptPage(
    lang: Lang,
    code: String,
    kind: ReceiptKind,
    outro: String,
    base: String,
) -> impl IntoView {
    view! {
        <div class="sheet survey">
            <ReceiptView code kind outro base words=words(lang) live=false />
        </div>
    }
}

/// A page reached by its address alone: what it says stays when there is no draft on the device
/// (or no script to look for one).
#[component]
pub fn RunnerPage(
    lang: Lang,
    config: RunnerConfig,
    heading: String,
    paragraphs: Vec<String>,
    ways: Vec<(String, String)>,
) -> impl IntoView {
    view! {
        <div class="sheet survey">
            <SurveyRunner config words=words(lang).texts()>
                {SurveyMessage(SurveyMessageProps { heading, paragraphs, ways })}
            </SurveyRunner>
        </div>
    }
}

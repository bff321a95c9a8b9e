//! The receipt after a form, and the pages on which only the runner has something to show.

use leptos::prelude::*;
use partake_core::lang::Lang;
use partake_survey::{ReceiptKind, RunnerConfig, receipt};

use super::{SurveyMessage, SurveyMessageProps};
use crate::{
    survey_words,
    ui::{Drawn, config},
};

#[component]
pub fn ReceiptPage(
    lang: Lang,
    code: String,
    kind: ReceiptKind,
    outro: String,
    base: String,
) -> impl IntoView {
    let drawn = receipt(&code, kind, &outro, &base, &survey_words(lang), false);
    view! { <Drawn class="sheet survey" elements=vec![drawn] /> }
}

/// A page reached by its address alone: what it says stays when there is no draft on the device
/// (or no script to look for one).
#[component]
pub fn RunnerPage(
    runner: RunnerConfig,
    heading: String,
    paragraphs: Vec<String>,
    ways: Vec<(String, String)>,
) -> impl IntoView {
    view! {
        <div class="sheet survey" data-runner=config(&runner)>
            {SurveyMessage(SurveyMessageProps { heading, paragraphs, ways })}
        </div>
    }
}

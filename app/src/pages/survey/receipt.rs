//! The receipt after a form, and the pages on which only the runner has something to show.

use leptos::prelude::*;
use partake_core::lang::Lang;
use partake_survey::{Copies, REVIEW, Receipt, ReceiptKind, RunnerConfig, markup::el, steering};

use super::{
    SurveyMessage, SurveyMessageProps,
    form::{ANSWERS_FORM, hidden},
};
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
    copies: Copies,
    state: String,
) -> impl IntoView {
    let receipt = Receipt {
        code: &code,
        kind,
        outro: &outro,
        base: &base,
        copies: Some(&copies),
        live: false,
    };
    let drawn = receipt.draw(&survey_words(lang));
    // Nothing in it is shown: it takes the receipt along into the other language.
    let again = el("form")
        .attr("id", ANSWERS_FORM)
        .attr("method", "post")
        .attr("action", format!("{base}/survey/receipt"))
        .child(hidden(steering::STATE, &state))
        .child(hidden(steering::FROM, REVIEW));
    view! { <Drawn class="sheet survey" elements=vec![drawn, again] /> }
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

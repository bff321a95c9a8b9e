//! The answers before they are sent, as a plain form.

use leptos::prelude::*;
use partake_core::flow::{Progress, Stage};
use partake_survey::{
    Overview, REVIEW, RunnerConfig,
    markup::{Element, el},
};

use super::form::{bar, form};
use crate::ui::Drawn;

/// The review page's view model.
#[derive(Clone, Debug)]
pub struct ReviewPageView {
    /// What the person is told above the answers.
    pub notice: Option<String>,
    pub head: Element,
    /// One for each section.
    pub parts: Vec<Element>,
    pub progress: Progress,
    pub stages: Vec<Stage>,
    /// The sealed answers.
    pub state: String,
    pub runner: RunnerConfig,
}

#[component]
pub fn ReviewPage(page: ReviewPageView) -> impl IntoView {
    let ReviewPageView {
        notice,
        head,
        parts,
        progress,
        stages,
        state,
        runner,
    } = page;
    let words = &runner.words;
    let overview = Overview {
        progress,
        stages: &stages,
        current: REVIEW,
        reviewed: true,
        base: &runner.base,
        live: false,
    };
    let submit = words.get("submit");
    let back = stages.last().map(|stage| stage.id.as_str());
    let form = form(
        format!("{}/survey/receipt", runner.base),
        &submit,
        &state,
        REVIEW,
    )
    .children(overview.draw(words))
    .child(head)
    .children(notice.map(|text| el("p").class("notice").attr("role", "alert").text(text)))
    .children(parts)
    .child(bar(&runner, back, &submit));
    view! { <Drawn class="sheet survey" runner elements=vec![form] /> }
}

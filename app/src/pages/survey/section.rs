//! One section as a plain form. The answers so far travel in it, sealed.

use std::collections::BTreeMap;

use leptos::prelude::*;
use partake_core::flow::{Progress, SectionView, Stage};
use partake_survey::{
    FaultLine, Fields, Overview, REVIEW, RunnerConfig, Setting, Words,
    markup::{Element, el},
    question, section_head, summary,
};

use super::form::{bar, form};
use crate::ui::Drawn;

/// The section page's view model.
#[derive(Clone, Debug)]
pub struct SectionPageView {
    pub section: SectionView,
    pub fields: Fields,
    pub faults: Vec<FaultLine>,
    /// What the person is told above the questions.
    pub notice: Option<String>,
    /// Unlikely numbers by question: what was typed, and what is asked about it.
    pub doubts: BTreeMap<String, (String, String)>,
    pub progress: Progress,
    pub stages: Vec<Stage>,
    /// True once the answers have been looked over.
    pub reviewed: bool,
    pub previous: Option<String>,
    /// `None` on the last section.
    pub next: Option<String>,
    /// The sealed answers.
    pub state: String,
    pub runner: RunnerConfig,
}

#[component]
pub fn SectionPage(page: SectionPageView) -> impl IntoView {
    let words = &page.runner.words;
    let section = &page.section;
    let overview = Overview {
        progress: page.progress,
        stages: &page.stages,
        current: &section.id,
        reviewed: page.reviewed,
        base: &page.runner.base,
        live: false,
    };
    let head = section_head(
        &section.title,
        section.intro.as_deref(),
        section.optional,
        words,
    );
    let notice = page
        .notice
        .as_deref()
        .map(|text| el("p").class("notice").attr("role", "status").text(text));
    let (to, forward) = match page.next.as_deref() {
        Some(next) => (next, words.get("next")),
        None => (REVIEW, words.get("to-review")),
    };
    let action = format!("{}/survey/{to}", page.runner.base);
    let form = form(action, &forward, &page.state, &section.id)
        .children(overview.draw(words))
        .children(summary(&page.faults, words))
        .child(head)
        .children(notice)
        .children(questions(&page, words))
        .child(bar(&page.runner, page.previous.as_deref(), &forward));
    view! { <Drawn class="sheet survey" runner=page.runner elements=vec![form] /> }
}

fn questions(page: &SectionPageView, words: &Words) -> Vec<Element> {
    let here = format!("{}/survey/{}", page.runner.base, page.section.id);
    let setting = Setting {
        words,
        fields: &page.fields,
        live: false,
        here: &here,
    };
    let drawn = page.section.questions.iter().map(|view| {
        let mut faults = page.faults.clone();
        faults.retain(|fault| fault.question == view.id);
        question(view, &faults, page.doubts.get(&view.id), setting)
    });
    drawn.collect()
}

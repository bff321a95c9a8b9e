//! One section as a plain form. The answers so far travel in it, sealed.

use std::collections::BTreeMap;

use leptos::prelude::*;
use partake_core::{
    flow::{Progress, SectionView},
    lang::Lang,
};
use partake_survey::{
    FaultLine, Fields, RunnerConfig, Setting, Words,
    markup::{Element, el},
    minutes_left, progress_bar, question, section_head, summary,
};

use crate::{i18n::t, ui::Drawn};

/// The section page's view model.
#[derive(Clone, Debug)]
pub struct SectionPageView {
    pub lang: Lang,
    pub section: SectionView,
    pub fields: Fields,
    pub faults: Vec<FaultLine>,
    /// What the person is told above the questions.
    pub notice: Option<String>,
    /// Unlikely numbers by question: what was typed, and what is asked about it.
    pub doubts: BTreeMap<String, (String, String)>,
    pub progress: Progress,
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
    let mut elements = vec![progress_bar(page.progress, words)];
    elements.extend(summary(&page.faults, words));
    elements.push(head);
    elements.extend(notice);
    elements.push(form(&page, words));
    view! { <Drawn class="sheet survey" runner=page.runner elements /> }
}

fn form(page: &SectionPageView, words: &Words) -> Element {
    let RunnerConfig {
        base, other_base, ..
    } = &page.runner;
    let id = page.section.id.as_str();
    let forward = page.next.as_deref().unwrap_or("receipt");
    let forward_text = words.get(if page.next.is_some() {
        "next"
    } else {
        "submit"
    });
    let hidden = |name: &str, value: &str| {
        el("input")
            .attr("type", "hidden")
            .attr("name", name)
            .attr("value", value)
    };
    // Enter in a field presses the first button of a form.
    let first = el("button")
        .attr("type", "submit")
        .class("visually-hidden")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true")
        .text(forward_text.as_str());
    let other = page.lang.other();
    let switch = steer("link", "stay", format!("{other_base}/survey/{id}"))
        .attr("lang", other.tag())
        .text(t(page.lang, "survey-language"));
    el("form")
        .attr("method", "post")
        .attr("action", format!("{base}/survey/{forward}"))
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .child(first)
        .child(hidden("state", &page.state))
        .child(hidden("from", id))
        .children(questions(page, words))
        .child(bar(page, words, forward_text))
        .child(el("p").class("switch").child(switch))
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

fn bar(page: &SectionPageView, words: &Words, forward: String) -> Element {
    let back = page.previous.as_ref().map(|previous| {
        let to = format!("{}/survey/{previous}", page.runner.base);
        steer("button quiet", "back", to).text(words.get("back"))
    });
    let left = minutes_left(words, page.progress);
    let kept = format!("{} · {left}", words.get("kept-page"));
    el("div")
        .class("bar")
        .children(back)
        .child(el("span").class("device").text(kept))
        .child(
            el("button")
                .class("button")
                .attr("type", "submit")
                .text(forward),
        )
}

/// A button that sends the form somewhere else than on.
fn steer(class: &'static str, go: &str, to: String) -> Element {
    el("button")
        .class(class)
        .attr("type", "submit")
        .attr("name", "go")
        .attr("value", go)
        .attr("formaction", to)
}

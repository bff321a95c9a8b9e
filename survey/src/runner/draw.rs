//! What the runner shows.

use partake_core::flow::{Flow, Progress, Stage};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement};

use super::{
    device::{document, find, online, set},
    state::Runner,
};
use crate::{
    Overview, REVIEW, Words,
    frame::heading,
    markup::{self, Element as Markup, el},
    review_head, review_parts, section_head, summary,
};

/// What is around the questions of the section on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) intro: Option<String>,
    pub(super) optional: bool,
    pub(super) progress: Progress,
    pub(super) stages: Vec<Stage>,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
    pub(super) keeping: Keeping,
    /// Place of the screen within the section, and the number of its screens.
    pub(super) screen: (usize, usize),
}

impl Head {
    /// Whether something comes before and after what is shown, and what is kept.
    fn way(&self) -> (bool, bool, Keeping) {
        let (at, all) = self.screen;
        let back = at > 0 || self.previous.is_some();
        let forward = at + 1 < all || self.next.is_some();
        (back, forward, self.keeping)
    }

    fn overview<'a>(&'a self, runner: &'a Runner) -> Overview<'a> {
        Overview {
            progress: self.progress,
            stages: &self.stages,
            current: &self.id,
            reviewed: runner.is_reviewed(),
            base: &runner.config().base,
            live: true,
        }
    }
}

/// What becomes of the draft, as far as the person should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    /// It is on the device.
    Device,
    /// The device would not take it.
    Refused,
    /// Nothing may be kept.
    Nothing,
}

/// Replaces what is in `place`.
pub(super) fn put(place: &Element, elements: &[Markup]) {
    let Some(document) = document() else { return };
    place.set_text_content(None);
    for element in elements {
        if let Some(node) = markup::create(&document, element) {
            _ = place.append_child(&node);
        }
    }
}

pub(super) fn node(element: &Markup) -> Option<Element> {
    markup::create(&document()?, element)
}

/// Puts `element` in the place of the first element that `selector` names.
fn exchange(page: &Element, selector: &str, element: &Markup) {
    if let (Some(old), Some(new)) = (find(page, selector), node(element)) {
        _ = old.replace_with_with_node_1(&new);
    }
}

/// An empty section: everything but its questions.
pub(super) fn draw_section(runner: &Runner, head: &Head, notice: Option<&str>) {
    let words = runner.words();
    let mut elements = head.overview(runner).draw(words);
    elements.push(el("div").class("faults"));
    elements.push(section_head(
        &head.title,
        head.intro.as_deref(),
        head.optional,
        words,
    ));
    elements.push(told_once(notice));
    elements.push(el("p").class("hint keys").text(words.get("keys-hint")));
    elements.push(form_with(Vec::new(), section_bar(head, words)));
    elements.extend(discard(runner));
    put(runner.page(), &elements);
    tell_network(runner.page(), words);
}

/// The answers, to be looked over.
pub(super) fn draw_review(runner: &Runner, flow: &Flow<'_>, notice: Option<&str>) {
    let words = runner.words();
    let stages = flow.overview();
    let overview = Overview {
        progress: flow.progress(REVIEW),
        stages: &stages,
        current: REVIEW,
        reviewed: true,
        base: &runner.config().base,
        live: true,
    };
    let mut elements = overview.draw(words);
    elements.push(review_head(flow, words));
    elements.push(told_once(notice));
    let parts = review_parts(flow, &runner.config().base, words, true);
    elements.extend(runner.company(flow));
    elements.push(form_with(
        parts,
        bar(true, "submit", runner.keeping(), words),
    ));
    elements.extend(discard(runner));
    put(runner.page(), &elements);
    tell_network(runner.page(), words);
}

fn form_with(children: Vec<Markup>, bar: Markup) -> Markup {
    el("form")
        .class("runner")
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .children(children)
        .child(el("p").class("network").attr("role", "status"))
        .child(bar)
}

fn told_once(notice: Option<&str>) -> Markup {
    el("p")
        .class("notice")
        .attr("role", "status")
        .flag("hidden", notice.is_none())
        .text(notice.unwrap_or_default())
}

fn discard(runner: &Runner) -> Option<Markup> {
    (runner.keeping() != Keeping::Nothing).then(|| {
        let button = el("button")
            .attr("type", "button")
            .class("link")
            .attr("data-act", "discard")
            .text(runner.words().get("draft-discard"));
        el("p").class("switch").child(button)
    })
}

/// Draws again what has changed around the questions, and only that: whoever is in the overview
/// stays there.
pub(super) fn redraw_head(runner: &Runner, old: &Head, new: &Head) {
    let (page, words) = (runner.page(), runner.words());
    if (old.progress, &old.stages) != (new.progress, &new.stages) {
        let overview = new.overview(runner);
        exchange(page, ".progress", &overview.boxes());
        exchange(page, ".overview > summary", &overview.line(words));
        exchange(page, ".overview > ol", &overview.list(words));
    }
    if (&old.title, &old.intro) != (&new.title, &new.intro) {
        let heading = section_head(&new.title, new.intro.as_deref(), new.optional, words);
        exchange(page, ".section-head", &heading);
    }
    if old.way() != new.way() {
        exchange(page, "form .bar", &section_bar(new, words));
    }
}

fn section_bar(head: &Head, words: &Words) -> Markup {
    let (back, forward, keeping) = head.way();
    let forward = if forward { "next" } else { "to-review" };
    bar(back, forward, keeping, words)
}

fn bar(back: bool, forward: &str, keeping: Keeping, words: &Words) -> Markup {
    let back = back.then(|| {
        el("button")
            .attr("type", "button")
            .class("button quiet")
            .attr("data-act", "back")
            .text(words.get("back"))
    });
    let kept = words.get(match keeping {
        Keeping::Device => "kept-device",
        Keeping::Refused => "kept-failed",
        Keeping::Nothing => "kept-nowhere",
    });
    el("div")
        .class("bar")
        .children(back)
        .child(el("span").class("device").text(kept))
        .child(
            el("button")
                .attr("type", "submit")
                .class("button")
                .text(words.get(forward)),
        )
}

pub(super) fn draw_summary(runner: &Runner) {
    if let Some(place) = find(runner.page(), ".faults") {
        let summary = runner.with_faults(|lines| summary(lines, runner.words()));
        put(&place, summary.as_slice());
    }
}

pub(super) fn shown_notice(page: &Element) -> Option<String> {
    find(page, "p.notice[role=status]:not([hidden])")?.text_content()
}

/// Says something above the questions.
pub(super) fn show_notice(page: &Element, text: &str) {
    if let Some(notice) = find(page, "p.notice[role=status]") {
        set(&notice, "hidden", None);
        notice.set_text_content(Some(text));
    }
}

pub(super) fn hide_notice(page: &Element) {
    if let Some(notice) = find(page, "p.notice[role=status]") {
        set(&notice, "hidden", Some(""));
        notice.set_text_content(None);
    }
}

pub(super) fn form(page: &Element) -> Option<HtmlFormElement> {
    find(page, "form")?.dyn_into().ok()
}

pub(super) fn draw_sending(page: &Element, words: &Words) {
    let text = words.get("sending");
    put(
        page,
        &[el("p").class("sending").attr("role", "status").text(text)],
    );
}

/// Says what is known. When the reply may have been lost, the code is shown: it opens the response
/// if there is one.
pub(super) fn draw_unsent(runner: &Runner, reason: &str, unknown: bool) {
    let words = runner.words();
    let title = words.get(if unknown {
        "unsent-title-unknown"
    } else {
        "unsent-title"
    });
    let safe = if runner.is_kept() {
        "unsent-kept"
    } else {
        "unsent-kept-nowhere"
    };
    let button = |class: &'static str, act: &str, key: &str| {
        el("button")
            .attr("type", "button")
            .class(class)
            .attr("data-act", act)
            .text(words.get(key))
    };
    let bar = el("div")
        .class("bar")
        .child(button("button quiet", "return", "back"))
        .child(button("button", "retry", "retry"));
    let code = unknown.then(|| {
        let code = el("span").class("code").text(runner.receipt());
        el("p").text(words.get("unsent-code")).child(code)
    });
    let section = el("section")
        .class("unsent")
        .attr("role", "alert")
        .child(heading(&title))
        .child(el("p").text(reason))
        .children(code)
        .child(el("p").text(words.get(safe)))
        .child(bar);
    put(runner.page(), &[section]);
}

/// The survey was closed while somebody was answering.
pub(super) fn draw_closed(runner: &Runner) {
    let words = runner.words();
    let kept = runner.is_kept().then(|| words.get("closed-kept"));
    let section = el("section")
        .class("unsent")
        .attr("role", "alert")
        .child(heading(&words.get("closed-title")))
        .child(el("p").text(words.get("closed-text")))
        .children(kept.map(|kept| el("p").text(kept)))
        .child(
            el("p")
                .class("onward")
                .child(way(runner, "button", "results", "receipt-results")),
        )
        .children(discard(runner));
    put(runner.page(), &[section]);
}

/// A link to another page of the survey.
fn way(runner: &Runner, class: &'static str, tail: &str, key: &str) -> Markup {
    el("a")
        .class(class)
        .attr("href", format!("{}/{tail}", runner.config().base))
        .text(runner.words().get(key))
}

/// The response was finished or discarded in another tab.
pub(super) fn draw_elsewhere(runner: &Runner) {
    let words = runner.words();
    let section = el("section")
        .attr("role", "alert")
        .child(heading(&words.get("elsewhere-title")))
        .child(el("p").text(words.get("elsewhere-text")))
        .child(
            el("p")
                .class("onward")
                .child(way(runner, "button", "response", "receipt-response"))
                .child(way(runner, "button quiet", "survey", "elsewhere-start")),
        );
    put(runner.page(), &[section]);
}

/// Says whether there is a network, where somebody answers.
pub(super) fn tell_network(page: &Element, words: &Words) {
    if let Some(place) = find(page, ".network") {
        let text = if online() {
            String::new()
        } else {
            words.get("offline-answering")
        };
        place.set_text_content(Some(&text));
    }
}

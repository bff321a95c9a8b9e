//! What the runner shows.

use partake_core::flow::Progress;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement};

use super::{
    device::{document, find, set},
    state::Runner,
};
use crate::{
    ReceiptKind, Words,
    frame::heading,
    markup::{self, Element as Markup, el},
    minutes_left, progress_bar, receipt, section_head, summary,
};

/// What is around the questions of the section on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) intro: Option<String>,
    pub(super) optional: bool,
    pub(super) progress: Progress,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
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
pub(super) fn draw_section(
    page: &Element,
    head: &Head,
    notice: Option<&str>,
    keeping: Keeping,
    words: &Words,
) {
    let form = el("form")
        .class("runner")
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .child(bar(head, keeping, words));
    let notice = el("p")
        .class("notice")
        .attr("role", "status")
        .flag("hidden", notice.is_none())
        .text(notice.unwrap_or_default());
    let discard = (keeping != Keeping::Nothing).then(|| {
        let button = el("button")
            .attr("type", "button")
            .class("link")
            .attr("data-act", "discard")
            .text(words.get("draft-discard"));
        el("p").class("switch").child(button)
    });
    let mut elements = vec![
        progress_bar(head.progress, words),
        el("div").class("faults"),
        section_head(&head.title, head.intro.as_deref(), head.optional, words),
        notice,
        form,
    ];
    elements.extend(discard);
    put(page, &elements);
}

/// Draws again what has changed around the questions.
pub(super) fn redraw_head(page: &Element, head: &Head, keeping: Keeping, words: &Words) {
    exchange(page, ".progress", &progress_bar(head.progress, words));
    let heading = section_head(&head.title, head.intro.as_deref(), head.optional, words);
    exchange(page, ".section-head", &heading);
    exchange(page, "form .bar", &bar(head, keeping, words));
}

fn bar(head: &Head, keeping: Keeping, words: &Words) -> Markup {
    let back = head.previous.as_ref().map(|_| {
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
    let left = minutes_left(words, head.progress);
    let forward = words.get(if head.next.is_none() {
        "submit"
    } else {
        "next"
    });
    el("div")
        .class("bar")
        .children(back)
        .child(el("span").class("device").text(format!("{kept} · {left}")))
        .child(
            el("button")
                .attr("type", "submit")
                .class("button")
                .text(forward),
        )
}

pub(super) fn draw_summary(runner: &Runner) {
    if let Some(place) = find(runner.page(), ".faults") {
        let summary = runner.with_faults(|lines| summary(lines, runner.words()));
        put(&place, summary.as_slice());
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

pub(super) fn draw_unsent(page: &Element, reason: &str, kept: bool, words: &Words) {
    let safe = if kept {
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
    let section = el("section")
        .class("unsent")
        .attr("role", "alert")
        .child(heading(&words.get("unsent-title")))
        .child(el("p").text(reason))
        .child(el("p").text(words.get(safe)))
        .child(bar);
    put(page, &[section]);
}

pub(super) fn draw_receipt(runner: &Runner, kind: ReceiptKind) {
    let config = runner.config();
    let shown = receipt(
        runner.receipt(),
        kind,
        &config.outro,
        &config.base,
        &config.words,
        true,
    );
    put(runner.page(), &[shown]);
}

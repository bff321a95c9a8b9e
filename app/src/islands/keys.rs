//! Going through a thread by keys: j and k, o, r, u.

use leptos::{ev, prelude::*};
use web_sys::{Element, HtmlElement, wasm_bindgen::JsCast};

use super::thread::{all, focus, set};

pub(super) fn press(event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let writing = target.as_ref().and_then(|t| {
        t.closest("input, textarea, select, [contenteditable]")
            .ok()
            .flatten()
    });
    if writing.is_some() {
        return;
    }
    let here = document()
        .active_element()
        .and_then(|element| element.closest(".comment").ok().flatten());
    let done = match event.key().as_str() {
        "j" => step(here.as_ref(), 1),
        "k" => step(here.as_ref(), -1),
        "o" => here.as_ref().and_then(fold),
        "r" => here.as_ref().and_then(answer),
        "u" => here
            .and_then(|here| here.parent_element()?.closest(".comment").ok().flatten())
            .and_then(focus),
        _ => None,
    };
    if done.is_some() {
        event.prevent_default();
    }
}

/// To the next or previous comment that is not folded away.
fn step(here: Option<&Element>, by: isize) -> Option<()> {
    let body: Element = document().body()?.into();
    let shown: Vec<Element> = all(&body, ".comments .comment")
        .into_iter()
        .filter(|comment| {
            let above = comment.parent_element();
            above
                .and_then(|a| a.closest("details:not([open])").ok().flatten())
                .is_none()
        })
        .collect();
    let next = match here.and_then(|here| shown.iter().position(|comment| comment == here)) {
        Some(at) => at.checked_add_signed(by)?,
        None if by > 0 => 0,
        None => return None,
    };
    focus(shown.get(next)?.clone())
}

/// Folds the replies, or unfolds them.
fn fold(comment: &Element) -> Option<()> {
    let replies = comment
        .query_selector(":scope > details.replies")
        .ok()
        .flatten()?;
    let open = replies.has_attribute("open");
    set(Some(&replies), "open", (!open).then_some(""));
    Some(())
}

/// Opens the form for a reply.
fn answer(comment: &Element) -> Option<()> {
    let form = comment
        .query_selector(":scope > .acts details.reply")
        .ok()
        .flatten()?;
    set(Some(&form), "open", Some(""));
    let area = form.query_selector("textarea").ok().flatten()?;
    area.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

//! What widgets do by themselves when they are touched. Their state is in their form fields and
//! nowhere else, so whoever reads the form knows everything.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlInputElement, HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition,
};

use super::device::{find, inputs, set};
use crate::{
    Words,
    widgets::{left, middle},
};

/// A field has changed.
pub(super) fn changed(target: &Element, words: &Words) {
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        count(target, &area.value(), words);
    }
    let Some(input) = target.dyn_ref::<HtmlInputElement>() else {
        return;
    };
    match input.type_().as_str() {
        "range" => slid(input),
        "checkbox" if input.checked() && input.name().ends_with(".missing") => {
            uncheck_others(input);
            if let Some(question) = question_of(input) {
                type_number(&question, "");
            }
        }
        "checkbox" => keep_exclusive(input),
        "radio" => keep_apart(input),
        _ => {
            if let Some(question) = question_of(input) {
                show_number(&question, &input.value(), true);
            }
            count(target, &input.value(), words);
        }
    }
}

pub(super) fn question_of(element: &Element) -> Option<Element> {
    element.closest(".question").ok().flatten()
}

/// An exclusive option and the others switch each other off, so that the contradiction the
/// validator refuses cannot be made by hand.
fn keep_exclusive(changed: &HtmlInputElement) {
    if !changed.checked() {
        return;
    }
    let alone = changed.has_attribute("data-exclusive");
    for other in same_name(changed) {
        if alone || other.has_attribute("data-exclusive") {
            other.set_checked(false);
        }
    }
}

fn uncheck_others(changed: &HtmlInputElement) {
    for other in same_name(changed) {
        other.set_checked(false);
    }
}

/// The other boxes of the same question.
fn same_name(changed: &HtmlInputElement) -> Vec<HtmlInputElement> {
    let question = question_of(changed);
    let mut others = question.map_or_else(Vec::new, |q| inputs(&q, "input[type=checkbox]"));
    others.retain(|other| other.name() == changed.name() && other.value() != changed.value());
    others
}

/// Choosing an item at one end takes it away from the other.
fn keep_apart(chosen: &HtmlInputElement) {
    let row = chosen.closest(".best-worst tr").ok().flatten();
    for other in row.map_or_else(Vec::new, |row| inputs(&row, "input")) {
        if other.name() != chosen.name() {
            other.set_checked(false);
        }
    }
}

/// On a phone the rows of a matrix stand side by side, one to a screen: after a tap the next one
/// comes. Whoever uses keys moves on by themselves.
pub(super) fn tapped_row(target: &Element) {
    let radio = target
        .dyn_ref::<HtmlInputElement>()
        .is_some_and(|input| input.type_() == "radio");
    let row = target.closest(".rows > .matrix-row").ok().flatten();
    let Some(row) = row.filter(|_| radio) else {
        return;
    };
    let rows = row.parent_element();
    if rows.is_none_or(|rows| rows.scroll_width() <= rows.client_width() + 1) {
        return;
    }
    if let Some(next) = row.next_element_sibling() {
        let way = ScrollIntoViewOptions::new();
        way.set_block(ScrollLogicalPosition::Nearest);
        way.set_inline(ScrollLogicalPosition::Start);
        next.scroll_into_view_with_scroll_into_view_options(&way);
    }
}

/// The handle was moved or pressed. A press in the middle moves nothing, yet it is a choice.
pub(super) fn slid(range: &HtmlInputElement) {
    if let Some(question) = question_of(range) {
        type_number(&question, &range.value());
        for missing in inputs(&question, "input[type=checkbox]") {
            missing.set_checked(false);
        }
    }
}

/// Puts `value` into the number box, and onto the line.
fn type_number(question: &Element, value: &str) {
    for number in inputs(question, ".number input") {
        number.set_value(value);
    }
    show_number(question, value, false);
}

/// Shows on the line what is in the number box.
fn show_number(question: &Element, value: &str, typed: bool) {
    let value = value.trim();
    for range in inputs(question, "input.line") {
        let number = |name: &str| {
            let text = range.get_attribute(name).unwrap_or_default();
            text.parse::<f64>().unwrap_or_default()
        };
        let chosen = value.parse::<f64>().is_ok();
        if chosen {
            range.set_value(value);
        } else {
            range.set_value(&middle(number("min"), number("max")));
        }
        range.set_class_name(if chosen { "line" } else { "line untouched" });
        let says = if value.is_empty() { "–" } else { value };
        set(&range, "aria-valuetext", Some(says));
        if typed {
            for missing in inputs(question, "input[type=checkbox]") {
                missing.set_checked(false);
            }
        }
    }
}

/// Shows how many characters are left.
fn count(field: &Element, value: &str, words: &Words) {
    let shown = question_of(field).and_then(|question| find(&question, ".left"));
    let Some(shown) = shown else { return };
    let max = shown.get_attribute("data-max").unwrap_or_default();
    if let Ok(max) = max.parse() {
        shown.set_text_content(Some(&left(words, value, max)));
    }
}

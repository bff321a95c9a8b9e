//! Ranking: by tapping in order, and, as an extra, by drawing what is chosen to another place.

use web_sys::{Element, HtmlInputElement};

use super::{
    device::{all, find, focus_element, inputs, set},
    widgets::question_of,
};
use crate::{Words, widgets::place};

const PLACED: &str = "button.placed";
const HELD: &str = "button.placed[data-held]";

/// An option was tapped: it takes the next place, or gives up its own.
pub(super) fn tapped(button: &Element, words: &Words) {
    let Some(question) = question_of(button) else {
        return;
    };
    let code = button.get_attribute("value").unwrap_or_default();
    let held = places(&question);
    let mut order = order(&held);
    match order.iter().position(|ranked| *ranked == code) {
        Some(at) => {
            order.remove(at);
        }
        None if order.len() < held.len() => order.push(code.clone()),
        None => return,
    }
    rank(&question, &held, &order);
    say_place(&question, &code, &order, words);
}

/// Says which place an option has now.
fn say_place(question: &Element, code: &str, order: &[String], words: &Words) {
    let label = label_of(question, code);
    let says = match order.iter().position(|ranked| ranked == code) {
        Some(at) => {
            let at = place(words, u32::try_from(at + 1).unwrap_or(u32::MAX));
            words.fill("rank-said", &[("option", &label), ("place", &at)])
        }
        None => words.fill("rank-said-off", &[("option", &label)]),
    };
    if let Some(status) = find(question, "[role=status]") {
        status.set_text_content(Some(&says));
    }
}

fn label_of(question: &Element, code: &str) -> String {
    let mut options = all(question, "button.rank").into_iter();
    let option = options.find(|option| option.get_attribute("value").as_deref() == Some(code));
    let label = option.and_then(|option| find(&option, "span:last-child")?.text_content());
    label.unwrap_or_default()
}

/// Moves what is at one place of the order to another; false when there is nothing to move.
fn shift(question: &Element, from: usize, to: usize, words: &Words) -> bool {
    let held = places(question);
    let mut order = order(&held);
    if from == to || from >= order.len() || to >= order.len() {
        return false;
    }
    let code = order.remove(from);
    order.insert(to, code.clone());
    rank(question, &held, &order);
    say_place(question, &code, &order, words);
    true
}

fn place_of(chosen: &Element) -> Option<usize> {
    let question = question_of(chosen)?;
    let mut list = all(&question, PLACED).into_iter();
    list.position(|other| other.is_same_node(Some(chosen)))
}

fn chosen_at(element: &Element) -> Option<Element> {
    element.closest(PLACED).ok().flatten()
}

/// An arrow key on one of the order: it goes one place up or down, and the focus with it.
pub(super) fn nudged(target: &Element, key: &str, words: &Words) -> bool {
    let down = match key {
        "ArrowDown" | "ArrowRight" => true,
        "ArrowUp" | "ArrowLeft" => false,
        _ => return false,
    };
    let (Some(question), Some(from)) = (question_of(target), place_of(target)) else {
        return false;
    };
    let to = if down { from + 1 } else { from.wrapping_sub(1) };
    if shift(&question, from, to, words)
        && let Some(moved) = all(&question, PLACED).get(to)
    {
        focus_element(moved);
    }
    true
}

/// A pointer took hold of one of the order, or let go of it.
pub(super) fn held(target: Option<&Element>, page: &Element) {
    for let_go in all(page, HELD) {
        set(&let_go, "data-held", None);
    }
    if let Some(chosen) = target.and_then(chosen_at) {
        set(&chosen, "data-held", Some(""));
    }
}

/// A pointer holds one of the order.
pub(super) fn is_drawn(page: &Element) -> bool {
    find(page, HELD).is_some()
}

/// The pointer is over another one: what is held takes its place.
pub(super) fn drawn_to(page: &Element, over: &Element, words: &Words) -> bool {
    let (Some(held), Some(over)) = (find(page, HELD), chosen_at(over)) else {
        return false;
    };
    let (Some(question), Some(from), Some(to)) =
        (question_of(&held), place_of(&held), place_of(&over))
    else {
        return false;
    };
    let moved = question.contains(Some(&over)) && shift(&question, from, to, words);
    if moved {
        set(&held, "data-held", None);
        set(&over, "data-held", Some(""));
    }
    moved
}

/// Takes back the last tap of the ranking around `element`.
pub(super) fn undo(element: &Element) {
    if let Some(question) = question_of(element) {
        let held = places(&question);
        let mut order = order(&held);
        order.pop();
        rank(&question, &held, &order);
    }
}

/// The fields that hold the ranking, first place first.
fn places(question: &Element) -> Vec<HtmlInputElement> {
    inputs(question, "input[type=hidden]")
}

fn order(held: &[HtmlInputElement]) -> Vec<String> {
    let mut order = Vec::new();
    for field in held {
        if !field.value().is_empty() {
            order.push(field.value());
        }
    }
    order
}

fn rank(question: &Element, held: &[HtmlInputElement], order: &[String]) {
    for (at, field) in held.iter().enumerate() {
        field.set_value(order.get(at).map_or("", String::as_str));
    }
    let full = order.len() >= held.len();
    for button in all(question, "button.rank") {
        let code = button.get_attribute("value").unwrap_or_default();
        let at = order.iter().position(|ranked| *ranked == code);
        set(
            &button,
            "aria-pressed",
            Some(if at.is_some() { "true" } else { "false" }),
        );
        set(
            &button,
            "aria-disabled",
            (full && at.is_none()).then_some("true"),
        );
        if let Some(number) = find(&button, ".rank-place") {
            let text = at.map(|at| (at + 1).to_string()).unwrap_or_default();
            number.set_text_content(Some(&text));
        }
    }
    for (at, chosen) in all(question, PLACED).into_iter().enumerate() {
        let code = order.get(at);
        let label = code.map(|code| label_of(question, code));
        chosen.set_text_content(label.as_deref());
        if let Some(item) = chosen.parent_element() {
            set(&item, "hidden", code.is_none().then_some(""));
        }
    }
    if let Some(list) = find(question, ".your-order") {
        set(&list, "hidden", (order.len() < 2).then_some(""));
    }
    if let Some(undo) = find(question, "button.undo") {
        set(&undo, "disabled", order.is_empty().then_some(""));
    }
}

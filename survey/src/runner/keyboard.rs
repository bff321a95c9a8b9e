//! Answering by keyboard: digits choose, Enter goes on. Both act only while the focus is on a
//! choice or a field of the survey, so they never get in the way of typing, of links and buttons,
//! or of a screen reader's own keys.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{
    device::{all, find, inputs},
    events::Seat,
    ranking,
    state::Runner,
};

/// A group that is answered by itself: a row of a matrix, else a whole question.
const STOP: &str = ".matrix-row, .question";
const FIELD: &str = "input:not([type=hidden]), textarea, button.rank, select";

pub(super) fn pressed(seat: &Seat, event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into().ok());
    let Some(target): Option<Element> = target else {
        return;
    };
    // A Chinese input method uses digits and Enter for itself.
    if event.is_composing() || event.alt_key() || event.meta_key() {
        return;
    }
    match event.key().as_str() {
        "Enter" if takes_enter(&target, event.ctrl_key()) => {
            event.prevent_default();
            seat.catch_up();
            go_on(&seat.runner(), &target);
        }
        "Backspace" => {
            if let Some(ranking) = target.closest(".ranking").ok().flatten() {
                event.prevent_default();
                ranking::undo(&ranking);
                seat.follow();
            }
        }
        key if ranking::nudged(&target, key, seat.runner().words()) => {
            event.prevent_default();
            seat.follow();
        }
        key if !event.ctrl_key() => {
            let digit = key.parse::<usize>().ok().filter(|digit| *digit <= 9);
            let place = digit.map(|digit| if digit == 0 { 9 } else { digit - 1 });
            let choice = place.and_then(|place| choices(&target).into_iter().nth(place));
            if let Some(choice) = choice {
                event.prevent_default();
                _ = choice.focus();
                choice.click();
            }
        }
        _ => {}
    }
}

/// Buttons and links keep their Enter; in a text area it begins a line, with Ctrl it goes on.
fn takes_enter(target: &Element, ctrl: bool) -> bool {
    match target.tag_name().as_str() {
        "INPUT" => true,
        "TEXTAREA" => ctrl,
        "H1" | "FIELDSET" | "DIV" => target.has_attribute("tabindex"),
        _ => false,
    }
}

/// What a digit chooses from where the focus is: options of the same name, or of a ranking.
fn choices(target: &Element) -> Vec<HtmlElement> {
    let question = target.closest(".question").ok().flatten();
    let Some(question) = question else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if target.matches("button.rank").unwrap_or(false) {
        for button in all(&question, "button.rank") {
            found.push(button.unchecked_into());
        }
        return found;
    }
    // A group that was gone to as a whole stands for its first field.
    let field = if target.has_attribute("tabindex") {
        find(target, FIELD)
    } else {
        Some(target.clone())
    };
    let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field.filter(|field| matches!(field.type_().as_str(), "radio" | "checkbox"))
    else {
        return found;
    };
    for input in inputs(&question, "input") {
        if input.name() == field.name() {
            found.push(input.unchecked_into());
        }
    }
    found
}

/// To the next group; after the last, to the next section.
fn go_on(runner: &Rc<Runner>, from: &Element) {
    let mut stops = Vec::new();
    for stop in all(runner.page(), STOP) {
        let whole = find(&stop, ".matrix-row").is_none();
        let folded = stop
            .closest("details:not([open]), [hidden]")
            .ok()
            .flatten()
            .is_some();
        if whole && !folded {
            stops.push(stop);
        }
    }
    let here = from.closest(STOP).ok().flatten();
    let at = here.and_then(|here| stops.iter().position(|stop| stop.is_same_node(Some(&here))));
    let next = match at {
        Some(at) => stops.into_iter().nth(at + 1),
        None => stops.into_iter().next(),
    };
    match (next, at) {
        (Some(next), _) => enter(&next),
        // Only what has been answered is left by Enter: nothing is sent from a heading.
        (None, Some(_)) => runner.forward(),
        (None, None) => {
            if let Some(button) = find(runner.page(), "form .bar button[type=submit]") {
                give_focus(&button);
            }
        }
    }
}

/// Brings the group into view and the focus to what is chosen in it, else to its first field.
fn enter(stop: &Element) {
    let field = find(stop, "input:checked").or_else(|| find(stop, FIELD));
    if let Some(field) = field {
        stop.scroll_into_view();
        give_focus(&field);
    }
}

fn give_focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        _ = element.focus();
    }
}

//! Keys for the queue. Every key presses a button or follows a link that is there without it.

use super::draft::storage;
use leptos::{ev, prelude::*};
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, wasm_bindgen::JsCast};

/// The switch as it is kept, when it is off.
const KEPT: &str = "partake-queue-keys";
const OFF: &str = "off";

/// Surrounds a list of cases.
#[island]
pub fn QueueKeys(
    /// What the keys do.
    help: String,
    /// Name of the switch.
    label: String,
    children: Children,
) -> impl IntoView {
    // Not before the keys work; and letters alone can be switched off, on this device.
    let (works, on) = (RwSignal::new(false), RwSignal::new(true));
    Effect::new(move |_| {
        let kept = storage().and_then(|storage| storage.get_item(KEPT).ok().flatten());
        on.set(kept.as_deref() != Some(OFF));
        works.set(true);
    });
    let switch = move |_| {
        on.update(|on| *on = !*on);
        if let Some(storage) = storage() {
            _ = match on.get_untracked() {
                true => storage.remove_item(KEPT),
                false => storage.set_item(KEPT, OFF),
            };
        }
    };
    let handle = window_event_listener(ev::keydown, move |event| {
        if !on.get_untracked() {
            return;
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || types(event.target()) {
            return;
        }
        if press(&event.key()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
    view! {
        <div class="hint keys" hidden=move || !works.get()>
            <p>{help}</p>
            <label class="check">
                <input type="checkbox" prop:checked=move || on.get() on:change=switch />
                <span>{label}</span>
            </label>
        </div>
        <div class="queue-keys">{children()}</div>
    }
}

/// The person is writing or choosing: letters are theirs.
fn types(target: Option<web_sys::EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| {
            let tag = element.tag_name();
            tag == "TEXTAREA"
                || tag == "SELECT"
                || (tag == "INPUT" && element.get_attribute("type").as_deref() != Some("checkbox"))
        })
}

fn press(key: &str) -> bool {
    match key {
        "j" => step(1),
        "k" => step(-1),
        "x" => current().is_some_and(|case| tick(&case)),
        "X" => cases().iter().filter(|case| tick(case)).count() > 0,
        "r" | "w" | "a" | "c" | "o" => {
            current().is_some_and(|case| click(&case, &format!("[data-key={key}]")))
        }
        "n" => current().is_some_and(|case| focus(&case, "textarea")),
        "R" => batch("remove"),
        "W" => batch("withhold"),
        "D" => batch("dismiss"),
        "A" => batch("approve"),
        digit => digit.parse().is_ok_and(choose),
    }
}

fn document() -> web_sys::Document {
    leptos::prelude::document()
}

fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

fn cases() -> Vec<Element> {
    all("[data-case]")
}

/// The case that has the focus: nothing is decided about one that nobody chose.
fn current() -> Option<Element> {
    document()
        .active_element()
        .and_then(|active| active.closest("[data-case]").ok().flatten())
}

fn step(by: i32) -> bool {
    let cases = cases();
    let here = current()
        .and_then(|case| cases.iter().position(|other| *other == case))
        .and_then(|at| i32::try_from(at).ok());
    let to = here.map_or(0, |at| at + by);
    let Some(case) = usize::try_from(to).ok().and_then(|at| cases.get(at)) else {
        return false;
    };
    case.clone()
        .dyn_into::<HtmlElement>()
        .is_ok_and(|case| case.focus().is_ok())
}

fn tick(case: &Element) -> bool {
    found::<HtmlInputElement>(case, "input[type=checkbox]")
        .map(|input| input.set_checked(!input.checked()))
        .is_some()
}

fn click(within: &Element, selector: &str) -> bool {
    found::<HtmlElement>(within, selector)
        .map(|element| element.click())
        .is_some()
}

fn focus(within: &Element, selector: &str) -> bool {
    found::<HtmlElement>(within, selector).is_some_and(|element| element.focus().is_ok())
}

fn batch(act: &str) -> bool {
    all(&format!("#together [data-batch={act}]"))
        .into_iter()
        .next()
        .and_then(|button| button.dyn_into::<HtmlElement>().ok())
        .map(|button| button.click())
        .is_some()
}

/// Chooses a rule: for every ticked case when there is one, else for the current one.
fn choose(rule: i32) -> bool {
    let ticked = !all("[data-case] input[type=checkbox]:checked").is_empty();
    let select = if ticked {
        all("#reason-together").into_iter().next()
    } else {
        current().and_then(|case| case.query_selector("select[name=reason]").ok().flatten())
    };
    let Some(select) = select.and_then(|select| select.dyn_into::<HtmlSelectElement>().ok()) else {
        return false;
    };
    let known = u32::try_from(rule).is_ok_and(|rule| rule > 0 && rule < select.length());
    if known {
        select.set_selected_index(rule);
    }
    known
}

fn found<T: JsCast>(within: &Element, selector: &str) -> Option<T> {
    within
        .query_selector(selector)
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into().ok())
}

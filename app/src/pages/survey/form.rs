//! What every form of a response in progress has: the sealed answers, and buttons that steer.

use partake_survey::{
    RunnerConfig,
    markup::{Element, el},
    steering,
};

/// Id of the form that carries the answers; the header's language switch sends it.
pub const ANSWERS_FORM: &str = "answers";

/// A form that carries `state` from page `from`; Enter presses `forward`.
pub(super) fn form(action: String, forward: &str, state: &str, from: &str) -> Element {
    // Enter in a field presses the first button of a form.
    let first = el("button")
        .attr("type", "submit")
        .class("visually-hidden")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true")
        .text(forward);
    el("form")
        .attr("id", ANSWERS_FORM)
        .attr("method", "post")
        .attr("action", action)
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .child(first)
        .child(hidden(steering::STATE, state))
        .child(hidden(steering::FROM, from))
}

/// A field that nobody sees.
pub(super) fn hidden(name: &str, value: &str) -> Element {
    el("input")
        .attr("type", "hidden")
        .attr("name", name)
        .attr("value", value)
}

/// Back, what becomes of the answers, and on.
pub(super) fn bar(runner: &RunnerConfig, back: Option<&str>, forward: &str) -> Element {
    let words = &runner.words;
    let back = back.map(|previous| {
        let to = format!("{}/survey/{previous}", runner.base);
        steer("button quiet", "back", to).text(words.get("back"))
    });
    el("div")
        .class("bar")
        .children(back)
        .child(el("span").class("device").text(words.get("kept-page")))
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
        .attr("name", steering::GO)
        .attr("value", go)
        .attr("formaction", to)
}

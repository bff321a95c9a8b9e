//! What the person does, and what the browser reports.

use std::rc::Rc;

use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, EventTarget, HtmlInputElement, KeyboardEvent};

use super::{
    begin::Ready,
    device::{find, last_segment, set, window},
    draw::put,
    state::{Phase, Runner},
    widgets,
};
use crate::{ReceiptKind, RunnerConfig, receipt};

/// Shows what is ready, and listens.
pub(super) fn start(page: Element, ready: Ready) {
    match ready {
        Ready::Receipt(config, code) => seen_receipt(&page, &config, code),
        Ready::Answering(config, begin) => {
            let runner = Rc::new(Runner::new(page.clone(), config, *begin));
            runner.arrive();
            listen(&page, &runner);
        }
    }
}

fn seen_receipt(page: &Element, config: &RunnerConfig, code: String) {
    let (kind, words) = (ReceiptKind::New, config.words.clone());
    let shown = receipt(&code, kind, &config.outro, &config.base, &words, true);
    put(page, &[shown]);
    on(page, "click", move |event| {
        let copies = |button: &Element| button.get_attribute("data-act").as_deref() == Some("copy");
        if let Some(button) = pressed(&event).filter(copies) {
            copy(button, code.clone(), words.get("receipt-copied"));
        }
    });
}

/// One listener for each kind of event, on the page: what is inside comes and goes.
fn listen(page: &Element, runner: &Rc<Runner>) {
    let heard = Rc::clone(runner);
    on(page, "input", move |event| {
        if let Some(target) = target(&event) {
            widgets::changed(&target, heard.words());
            heard.sync();
        }
    });
    let heard = Rc::clone(runner);
    on(page, "click", move |event| clicked(&heard, &event));
    let heard = Rc::clone(runner);
    on(page, "submit", move |event| {
        event.prevent_default();
        heard.forward();
    });
    let heard = Rc::clone(runner);
    on(page, "keydown", move |event| {
        let back = event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|event| event.key() == "Backspace");
        let ranking = target(&event).filter(|_| back);
        let ranking = ranking.and_then(|target| target.closest(".ranking").ok().flatten());
        if let Some(ranking) = ranking {
            event.prevent_default();
            widgets::undo(&ranking);
            heard.sync();
        }
    });

    let Some(window) = window() else { return };
    let heard = Rc::clone(runner);
    on(&window, "popstate", move |_| {
        heard.follow_address(&last_segment())
    });
    let heard = Rc::clone(runner);
    on(&window, "online", move |_| {
        if heard.phase() == (Phase::Unsent { offline: true }) {
            heard.submit();
        }
    });
    let heard = Rc::clone(runner);
    on(&window, "beforeunload", move |event| {
        if heard.would_lose_answers() {
            event.prevent_default();
        }
    });
}

fn clicked(runner: &Rc<Runner>, event: &Event) {
    let range = target(event).and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(range) = range.filter(|input| input.type_() == "range") {
        widgets::slid(&range);
        return runner.sync();
    }
    let Some(button) = pressed(event) else { return };
    match button.class_name().as_str() {
        "clear" => {
            event.prevent_default();
            runner.clear(&button.get_attribute("value").unwrap_or_default());
        }
        "choice rank" => {
            widgets::tapped(&button, runner.words());
            runner.sync();
        }
        "quiet undo" => {
            widgets::undo(&button);
            runner.sync();
        }
        "link jump" => {
            let to = button.get_attribute("formaction").unwrap_or_default();
            runner.go(to.rsplit('/').next().unwrap_or_default(), true);
        }
        _ => act(runner, button),
    }
}

fn act(runner: &Rc<Runner>, button: Element) {
    match button.get_attribute("data-act").as_deref() {
        Some("back") => runner.back(),
        Some("return") => runner.go_on_answering(),
        Some("retry") => runner.submit(),
        Some("copy") => {
            let copied = runner.words().get("receipt-copied");
            copy(button, runner.receipt().to_owned(), copied);
        }
        // Pressed once more after it has asked.
        Some("discard-sure") => runner.discard(),
        Some("discard") => {
            button.set_text_content(Some(&runner.words().get("draft-discard-sure")));
            set(&button, "data-act", Some("discard-sure"));
        }
        _ => {}
    }
}

/// Copies a receipt, and says so beside the button once it is done.
fn copy(button: Element, code: String, copied: String) {
    let Some(window) = window() else { return };
    let promise = window.navigator().clipboard().write_text(&code);
    spawn_local(async move {
        let done = JsFuture::from(promise).await.is_ok();
        let place = button.parent_element().filter(|_| done);
        if let Some(status) = place.and_then(|place| find(&place, "[role=status]")) {
            status.set_text_content(Some(&copied));
        }
    });
}

fn on(target: &EventTarget, event: &str, act: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(act);
    _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    // Listened to for as long as the page lives.
    closure.forget();
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn pressed(event: &Event) -> Option<Element> {
    target(event)?.closest("button").ok().flatten()
}

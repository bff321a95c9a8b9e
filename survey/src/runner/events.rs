//! What the person does, and what the browser reports.

use std::rc::Rc;

use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Element, Event, EventTarget, HtmlInputElement, KeyboardEvent, PointerEvent, StorageEvent,
};

use super::{
    after::Sent,
    begin::Ready,
    device::{draft_key, find, last_segment, set, window},
    draw, keyboard,
    network::fetch_text,
    state::Runner,
    widgets,
};
use crate::RunnerConfig;

/// How often a response that has not arrived is sent again.
const AGAIN_MS: i32 = 10_000;

/// Shows what is ready, and listens.
pub(super) fn start(page: Element, ready: Ready) {
    match ready {
        Ready::Sent(config, sent) => seen(&page, config, sent),
        Ready::Answering(config, begin) => {
            let runner = Rc::new(Runner::new(page.clone(), config, *begin));
            runner.arrive();
            listen(&page, &runner);
            spawn_local(async move {
                let file = format!("{}/survey/background.csv", runner.config().base);
                if let Some(file) = fetch_text(&file).await {
                    runner.learn_company(file);
                }
            });
        }
    }
}

fn seen(page: &Element, config: RunnerConfig, sent: Sent) {
    sent.show(page, &config);
    let shown = page.clone();
    on(page, "click", move |event| {
        if let Some(button) = pressed(&event) {
            sent.act(&shown, &config, &button);
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
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            keyboard::pressed(&heard, event);
        }
    });

    let Some(window) = window() else { return };
    let heard = Rc::clone(runner);
    on(&window, "popstate", move |_| {
        heard.follow_address(&last_segment())
    });
    for news in ["online", "offline"] {
        let heard = Rc::clone(runner);
        on(&window, news, move |_| {
            draw::tell_network(heard.page(), heard.words());
            heard.submit_again();
        });
    }
    // Networks come back without saying so.
    let heard = Rc::clone(runner);
    let again = Closure::<dyn FnMut()>::new(move || heard.submit_again());
    _ = window.set_interval_with_callback_and_timeout_and_arguments_0(
        again.as_ref().unchecked_ref(),
        AGAIN_MS,
    );
    again.forget();
    let heard = Rc::clone(runner);
    on(&window, "storage", move |event| {
        let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
        if key.is_some_and(|key| key == draft_key(&heard.config().survey)) {
            heard.follow_draft();
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
    // Keys make clicks too, without a pointer.
    let pointer = event.dyn_ref::<PointerEvent>();
    if pointer.is_some_and(|pointer| !pointer.pointer_type().is_empty())
        && let Some(label) = target(event).and_then(|t| t.closest("label").ok().flatten())
        && let Some(input) = find(&label, "input")
    {
        widgets::tapped_row(&input);
    }
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
        Some("coarsen") => runner.coarsen(&button.get_attribute("value").unwrap_or_default()),
        // Pressed once more after it has asked.
        Some("discard-sure") => runner.discard(),
        Some("discard") => {
            button.set_text_content(Some(&runner.words().get("draft-discard-sure")));
            set(&button, "data-act", Some("discard-sure"));
        }
        _ => {
            if let Some(sent) = runner.sent() {
                sent.act(runner.page(), runner.config(), &button);
            }
        }
    }
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

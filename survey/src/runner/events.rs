//! What the person does, and what the browser reports.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Element, Event, EventTarget, HtmlInputElement, KeyboardEvent, PointerEvent, StorageEvent,
};

use super::{
    after::Sent,
    begin::Ready,
    device::{after_paint, document, draft_key, find, last_segment, set, window},
    draw, keyboard, language,
    network::fetch_text,
    ranking,
    state::Runner,
    widgets,
};
use crate::RunnerConfig;

/// How often a response that has not arrived is sent again.
const AGAIN_MS: i32 = 10_000;

/// The runner that is asking. It gives its place to another when the language changes.
#[derive(Clone)]
pub(super) struct Seat {
    runner: Rc<RefCell<Rc<Runner>>>,
    /// The form says something that the runner has not taken over yet.
    behind: Rc<Cell<bool>>,
}

impl Seat {
    fn new(runner: Rc<Runner>) -> Self {
        Self {
            runner: Rc::new(RefCell::new(runner)),
            behind: Rc::default(),
        }
    }

    pub(super) fn runner(&self) -> Rc<Runner> {
        Rc::clone(&self.runner.borrow())
    }

    pub(super) fn take(&self, runner: Runner) -> Rc<Runner> {
        self.runner.replace(Rc::new(runner));
        self.runner()
    }

    /// Takes over what the form says as soon as what was chosen is seen on the screen.
    pub(super) fn follow(&self) {
        if !self.behind.replace(true) {
            let seat = self.clone();
            after_paint(move || seat.catch_up());
        }
    }

    /// The same now, if it has not happened yet.
    pub(super) fn catch_up(&self) {
        if self.behind.replace(false) {
            self.runner().sync();
        }
    }
}

/// Shows what is ready, and listens.
pub(super) fn start(page: Element, ready: Ready) {
    match ready {
        Ready::Sent(config, sent) => seen(&page, config, sent),
        Ready::Answering(config, begin) => {
            let runner = Rc::new(Runner::new(page.clone(), config, *begin));
            runner.arrive();
            learn_company(&runner);
            listen(&page, &Seat::new(runner));
        }
    }
}

/// Fetches how common background answers are.
pub(super) fn learn_company(runner: &Rc<Runner>) {
    let runner = Rc::clone(runner);
    spawn_local(async move {
        let file = format!("{}/survey/background.csv", runner.config().base);
        if let Some(file) = fetch_text(&file).await {
            runner.learn_company(file);
        }
    });
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
fn listen(page: &Element, seat: &Seat) {
    let watch = |target: &EventTarget, event: &str, act: fn(&Seat, &Event)| {
        let seat = seat.clone();
        on(target, event, move |event| act(&seat, &event));
    };
    let hear = |target: &EventTarget, event: &str, act: fn(&Rc<Runner>, &Event)| {
        let seat = seat.clone();
        on(target, event, move |event| {
            seat.catch_up();
            act(&seat.runner(), &event);
        });
    };
    watch(page, "input", |seat, event| {
        if let Some(target) = target(event) {
            widgets::changed(&target, seat.runner().words());
            seat.follow();
        }
    });
    watch(page, "click", clicked);
    hear(page, "submit", |runner, event| {
        event.prevent_default();
        runner.forward();
    });
    watch(page, "keydown", |seat, event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            keyboard::pressed(seat, event);
        }
    });

    watch(page, "pointerdown", |seat, event| {
        ranking::held(target(event).as_ref(), seat.runner().page());
    });
    watch(page, "pointermove", drawn);

    // A page that is put away draws nothing more.
    if let Some(document) = document() {
        hear(&document, "visibilitychange", |_, _| {});
    }
    let Some(window) = window() else { return };
    hear(&window, "pagehide", |_, _| {});
    for end in ["pointerup", "pointercancel"] {
        watch(&window, end, |seat, _| {
            ranking::held(None, seat.runner().page());
        });
    }
    watch(&window, "click", |seat, event| {
        if let Some(target) = target(event) {
            language::pressed(seat, event, &target);
        }
    });
    hear(&window, "popstate", |runner, _| {
        runner.follow_address(&last_segment());
    });
    for news in ["online", "offline"] {
        hear(&window, news, |runner, _| {
            draw::tell_network(runner.page(), runner.words());
            runner.submit_again();
        });
    }
    // Networks come back without saying so.
    let seat_again = seat.clone();
    let again = Closure::<dyn FnMut()>::new(move || seat_again.runner().submit_again());
    _ = window.set_interval_with_callback_and_timeout_and_arguments_0(
        again.as_ref().unchecked_ref(),
        AGAIN_MS,
    );
    again.forget();
    hear(&window, "storage", |runner, event| {
        let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
        if key.is_some_and(|key| key == draft_key(&runner.config().survey)) {
            runner.follow_draft();
        }
    });
    hear(&window, "beforeunload", |runner, event| {
        if runner.would_lose_answers() {
            event.prevent_default();
        }
    });
}

fn clicked(seat: &Seat, event: &Event) {
    // Keys make clicks too, without a pointer.
    let pointer = event.dyn_ref::<PointerEvent>();
    if pointer.is_some_and(|pointer| !pointer.pointer_type().is_empty())
        && let Some(label) = target(event).and_then(|t| t.closest("label").ok().flatten())
        && let Some(input) = find(&label, "input")
    {
        // To see where the rows stand takes a layout: what was chosen is shown first.
        after_paint(move || widgets::tapped_row(&input));
    }
    if let Some(link) = target(event).and_then(|t| t.closest(".summary a").ok().flatten()) {
        let href = link.get_attribute("href").unwrap_or_default();
        let field =
            document().and_then(|page| page.get_element_by_id(href.trim_start_matches('#')));
        let question = field.and_then(|field| field.closest(".question").ok().flatten());
        if let Some(question) = question {
            seat.catch_up();
            seat.runner().reveal(question.id().trim_start_matches("q-"));
        }
        return;
    }
    let range = target(event).and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(range) = range.filter(|input| input.type_() == "range") {
        widgets::slid(&range);
        return seat.follow();
    }
    let Some(button) = pressed(event) else { return };
    match button.class_name().as_str() {
        "choice rank" => {
            ranking::tapped(&button, seat.runner().words());
            seat.follow();
        }
        "quiet undo" => {
            ranking::undo(&button);
            seat.follow();
        }
        class => {
            seat.catch_up();
            let runner = &seat.runner();
            match class {
                "clear" => {
                    event.prevent_default();
                    runner.clear(&button.get_attribute("value").unwrap_or_default());
                }
                "link jump" => {
                    let to = button.get_attribute("formaction").unwrap_or_default();
                    runner.go(to.rsplit('/').next().unwrap_or_default(), true);
                }
                _ => act(runner, button),
            }
        }
    }
}

fn drawn(seat: &Seat, event: &Event) {
    let runner = seat.runner();
    let Some(pointer) = event.dyn_ref::<PointerEvent>() else {
        return;
    };
    if !ranking::is_drawn(runner.page()) {
        return;
    }
    // A touch stays with the element on which it began.
    #[expect(
        clippy::as_conversions,
        clippy::cast_precision_loss,
        reason = "a place on a screen is a small number"
    )]
    let (x, y) = (pointer.client_x() as f32, pointer.client_y() as f32);
    let over = document().and_then(|document| document.element_from_point(x, y));
    if over.is_some_and(|over| ranking::drawn_to(runner.page(), &over, runner.words())) {
        seat.follow();
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

//! The other language without leaving the page: what was answered is in this page, and on a shared
//! device nowhere else, so no link may lead away from it.

use std::rc::Rc;

use partake_core::instrument::Instrument;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, DomParser, Element, Event, MouseEvent, SupportedType};

use super::{
    begin::address,
    device::{document, find, focus_element, replace_address, set},
    draw,
    events::{Seat, learn_company},
    network::{fetch_instrument, fetch_text},
    phase::Phase,
    state::Runner,
};
use crate::{REVIEW, RunnerConfig};

/// The switch in the header.
const SWITCH: &str = "header.site .language";

/// What stands around the survey, in the page's language.
const AROUND: [&str; 3] = ["a.skip", "header.site", "footer.site"];

/// A click anywhere: one on the switch changes the language here.
pub(super) fn pressed(seat: &Seat, event: &Event, target: &Element) {
    // Whoever asks for another tab gets one.
    let elsewhere = event
        .dyn_ref::<MouseEvent>()
        .is_some_and(|mouse| mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key());
    if elsewhere || target.closest(SWITCH).ok().flatten().is_none() {
        return;
    }
    event.prevent_default();
    let runner = seat.runner();
    if matches!(runner.phase(), Phase::Sending { .. }) {
        return;
    }
    let seat = seat.clone();
    spawn_local(async move {
        let other = other(&runner).await;
        // Meanwhile the answers may have been sent, or another press may have been first.
        let sending = matches!(runner.phase(), Phase::Sending { .. });
        if sending || !Rc::ptr_eq(&runner, &seat.runner()) {
            return;
        }
        match other {
            Some(other) => switch(&seat, &runner, other),
            None => draw::show_notice(runner.page(), &runner.words().get("language-offline")),
        }
    });
}

/// What the same page is in the other language, and what the runner needs there.
struct Other {
    page: Document,
    config: RunnerConfig,
    instrument: Instrument,
}

async fn other(runner: &Rc<Runner>) -> Option<Other> {
    let config = runner.config();
    let tail = match runner.phase() {
        Phase::Sent => "receipt".to_owned(),
        _ => runner.current(),
    };
    let text = fetch_text(&format!("{}/survey/{tail}", config.other_base)).await?;
    let parser = DomParser::new().ok()?;
    let page = parser
        .parse_from_string(&text, SupportedType::TextHtml)
        .ok()?;
    let told = find(&page, "[data-runner]")?.get_attribute("data-runner")?;
    let config = RunnerConfig::from_json(&told)?;
    let instrument = fetch_instrument(&address(&config, runner.version())).await?;
    Some(Other {
        page,
        config,
        instrument,
    })
}

fn switch(seat: &Seat, before: &Runner, other: Other) {
    let Some(here) = document() else { return };
    // What was typed meanwhile is taken along.
    if before.phase() == Phase::Answering && before.current() != REVIEW {
        before.sync();
    }
    let page = other.page;
    let next = before.spoken(other.config, other.instrument);
    // What it still waits for must not be drawn in the language that was left.
    before.set_phase(Phase::Sent);
    for selector in AROUND {
        if let (Some(old), Some(new)) = (find(&here, selector), find(&page, selector)) {
            _ = old.replace_with_with_node_1(&new);
        }
    }
    if let Some(bar) = find(&here, "nav.survey-bar") {
        bar.remove();
    }
    if let (Some(header), Some(bar)) = (find(&here, "header.site"), find(&page, "nav.survey-bar")) {
        _ = header.after_with_node_1(&bar);
    }
    for selector in ["html", "main"] {
        if let (Some(old), Some(new)) = (find(&here, selector), find(&page, selector)) {
            set(&old, "lang", new.get_attribute("lang").as_deref());
        }
    }
    here.set_title(&page.title());
    let runner = seat.take(next);
    match (runner.phase(), runner.sent()) {
        (Phase::Sent, Some(sent)) => {
            replace_address(&runner.address("receipt"));
            sent.show(runner.page(), runner.config());
        }
        (Phase::Sent, None) => draw::draw_elsewhere(&runner),
        _ => {
            runner.set_phase(Phase::Answering);
            runner.arrive();
            learn_company(&runner);
        }
    }
    if let Some(language) = find(&here, SWITCH) {
        focus_element(&language);
    }
}

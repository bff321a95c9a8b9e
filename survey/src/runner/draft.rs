//! On the consent page: a draft that waits on this device.

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::Element;

use super::{
    device::{discard_draft, find, load_draft},
    draw::put,
};
use crate::{
    RunnerConfig,
    markup::{Element as Markup, el},
};

pub(super) fn offer(place: &Element) {
    let config = place.get_attribute("data-draft");
    let Some(config) = config.and_then(|text| RunnerConfig::from_json(&text)) else {
        return;
    };
    let Some(draft) = load_draft(&config.survey).filter(|draft| !draft.answers.is_empty()) else {
        return;
    };
    let status = el("p").attr("role", "status");
    put(place, &[notice(&config, &draft.section), status]);
    let (words, survey, shown) = (config.words, config.survey, place.clone());
    let discard = Closure::<dyn FnMut()>::new(move || {
        discard_draft(&survey);
        if let Some(notice) = find(&shown, ".draft") {
            notice.remove();
        }
        if let Some(status) = find(&shown, "[role=status]") {
            status.set_text_content(Some(&words.get("draft-discarded")));
        }
    });
    if let Some(button) = find(place, "button") {
        _ = button.add_event_listener_with_callback("click", discard.as_ref().unchecked_ref());
    }
    // Listened to for as long as the page lives.
    discard.forget();
}

fn notice(config: &RunnerConfig, section: &str) -> Markup {
    let words = &config.words;
    let go_on = el("a")
        .class("button")
        .attr("href", format!("{}/survey/{section}", config.base))
        .text(words.get("draft-continue"));
    let discard = el("button")
        .attr("type", "button")
        .class("button quiet")
        .text(words.get("draft-discard"));
    el("div")
        .class("notice draft")
        .child(el("p").text(words.get("draft-found")))
        .child(el("p").class("onward").child(go_on).child(discard))
}

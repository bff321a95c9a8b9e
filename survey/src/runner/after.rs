//! After the response is sent: the receipt, kept for as long as the tab lives, and one's own
//! answers beside everyone's.

use partake_core::{
    flow::{Seed, assign},
    response::Answers,
};
use serde_json::Value;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

use super::{
    begin::address,
    device::{find, session_get, session_set, set, window},
    draw::put,
    network::{fetch_instrument, fetch_text},
};
use crate::{Copies, Receipt, ReceiptKind, RunnerConfig, Step, compare::compare, json, markup::el};

/// What this tab knows of a response that was sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) receipt: String,
    pub(super) kind: ReceiptKind,
    pub(super) copies: Option<Copies>,
    pub(super) version: String,
    pub(super) seed: u32,
    pub(super) answers: Answers,
}

fn key(survey: &str) -> String {
    format!("partake.receipt.{survey}")
}

impl Sent {
    /// Keeps it for as long as the tab lives, so that a reload does not take the receipt away.
    pub(super) fn keep(&self, survey: &str) {
        let copies = self.copies.as_ref().map_or(Value::Null, json::from_copies);
        let text = json::object(&[
            ("receipt", Value::String(self.receipt.clone())),
            ("copies", copies),
            ("version", Value::String(self.version.clone())),
            ("seed", Value::from(self.seed)),
            ("answers", json::from_answers(&self.answers)),
        ])
        .to_string();
        session_set(&key(survey), &text);
    }

    pub(super) fn kept(survey: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(&session_get(&key(survey))?).ok()?;
        Some(Self {
            receipt: json::text(value.get("receipt")?)?,
            kind: ReceiptKind::New,
            copies: value.get("copies").and_then(json::copies),
            version: json::text(value.get("version")?)?,
            seed: json::seed(value.get("seed")?)?,
            answers: json::answers(value.get("answers")?)?,
        })
    }

    pub(super) fn show(&self, page: &Element, config: &RunnerConfig) {
        let shown = Receipt {
            code: &self.receipt,
            kind: self.kind,
            outro: &config.outro,
            base: &config.base,
            copies: self.copies.as_ref(),
            live: true,
        };
        put(page, &[shown.draw(&config.words)]);
        if let Some(place) = find(page, "#beside") {
            let words = &config.words;
            let button = el("button")
                .attr("type", "button")
                .class("quiet")
                .attr("data-act", "beside")
                .text(words.get("beside-show"));
            let elements = [
                el("h2").text(words.get("beside-title")),
                el("p").text(words.get("beside-text")),
                el("p").child(button),
                el("p").attr("role", "status"),
            ];
            put(&place, &elements);
        }
    }

    /// What a button of the receipt does.
    pub(super) fn act(&self, page: &Element, config: &RunnerConfig, button: &Element) {
        match button.get_attribute("data-act").as_deref() {
            Some("copy") => copy(
                button.clone(),
                self.receipt.clone(),
                config.words.get("receipt-copied"),
            ),
            Some("print") => {
                if let Some(window) = window() {
                    _ = window.print();
                }
            }
            Some("beside") => {
                let (sent, page, config) = (self.clone(), page.clone(), config.clone());
                set(button, "disabled", Some(""));
                spawn_local(async move { sent.beside(&page, &config).await });
            }
            _ => {}
        }
    }

    async fn beside(&self, page: &Element, config: &RunnerConfig) {
        let figures = self.figures(config).await;
        let Some(place) = find(page, "#beside") else {
            return;
        };
        let say = |key: &str| {
            if let Some(status) = find(&place, "[role=status]") {
                status.set_text_content(Some(&config.words.get(key)));
            }
            if let Some(button) = find(&place, "button") {
                set(&button, "disabled", None);
            }
        };
        match figures {
            None => say("beside-failed"),
            Some((_, figures)) if figures.is_empty() => say("beside-none"),
            Some((release, figures)) => {
                let words = &config.words;
                let about = words.fill("beside-about", &[("release", &release)]);
                let mut elements = vec![
                    el("h2")
                        .attr("id", "beside-title")
                        .attr("tabindex", "-1")
                        .text(words.get("beside-title")),
                    el("p").text(about),
                ];
                elements.extend(figures);
                put(&place, &elements);
                super::device::focus("beside-title", false);
            }
        }
    }

    /// The newest release's number and the figures; none when nothing is released. What is asked
    /// for is the same for everybody.
    async fn figures(
        &self,
        config: &RunnerConfig,
    ) -> Option<(String, Vec<crate::markup::Element>)> {
        let api = format!("/api/v1/surveys/{}/releases", config.survey);
        let list: Value = serde_json::from_str(&fetch_text(&api).await?).ok()?;
        let numbers = list.get("releases")?.as_array()?.iter();
        let newest = numbers.filter_map(|release| release.get("release")?.as_u64());
        let Some(newest) = newest.max() else {
            return Some((String::new(), Vec::new()));
        };
        let tables = fetch_text(&format!("{api}/{newest}/aggregates?by=none")).await?;
        let tables: Value = serde_json::from_str(&tables).ok()?;
        let instrument = fetch_instrument(&address(config, &self.version)).await?;
        let step = Step {
            instrument: &instrument,
            lang: config.lang,
            seed: Seed(self.seed),
            assignment: &assign(&instrument, Seed(self.seed)),
        };
        let flow = step.flow(&self.answers);
        let figures = compare(&flow, &self.answers, &tables, &config.words);
        Some((newest.to_string(), figures))
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

//! The receipt: shown by the server after a form, by the runner after its own submission.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Words;
use crate::ui::Seal;

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptKind {
    /// Stored now.
    New,
    /// It had been stored before; this was a repetition.
    Already,
    /// An earlier version was replaced.
    Changed,
    /// An earlier version stands, because it is part of a release.
    Frozen,
}

#[component]
pub fn ReceiptView(
    code: String,
    kind: ReceiptKind,
    /// The survey's own closing words.
    outro: String,
    /// `/zh` or `/zh/s/other`.
    base: String,
    words: Words,
    live: bool,
) -> impl IntoView {
    let title = words.get(match kind {
        ReceiptKind::New | ReceiptKind::Already => "receipt-title",
        ReceiptKind::Changed => "receipt-title-changed",
        ReceiptKind::Frozen => "receipt-title-frozen",
    });
    let note = match kind {
        ReceiptKind::New => None,
        ReceiptKind::Already => Some(words.get("receipt-already")),
        ReceiptKind::Changed => Some(words.get("receipt-changed")),
        ReceiptKind::Frozen => Some(words.get("receipt-frozen")),
    };
    let copy = live.then(|| copy_button(code.clone(), &words));
    view! {
        <section class="receipt">
            <h1 id="section-title" tabindex="-1">{title}</h1>
            {note.map(|note| view! { <p class="notice">{note}</p> })}
            <p class="lede">{outro}</p>
            <div class="stub">
                <p class="stub-label" id="receipt-label">{words.get("receipt-label")}</p>
                <p class="code" aria-labelledby="receipt-label" translate="no">{code}</p>
                {copy}
                {stamp()}
            </div>
            <h2>{words.get("receipt-for-title")}</h2>
            <ul>
                <li>{words.get("receipt-for-see")}</li>
                <li>{words.get("receipt-for-change")}</li>
                <li>{words.get("receipt-for-later")}</li>
            </ul>
            <p>{words.get("receipt-keep")}</p>
            <p class="onward">
                <a class="button" href=format!("{base}/results")>{words.get("receipt-results")}</a>
                <a class="button quiet" href=format!("{base}/response")>{words.get("receipt-response")}</a>
                <a class="button quiet" href=format!("{base}/discuss")>{words.get("receipt-discuss")}</a>
            </p>
        </section>
    }
}

fn copy_button(code: String, words: &Words) -> impl IntoView + use<> {
    let (copy, copied) = (words.get("receipt-copy"), words.get("receipt-copied"));
    let done = RwSignal::new(false);
    let act = move |_| {
        let promise = window().navigator().clipboard().write_text(&code);
        leptos::task::spawn_local(async move {
            done.set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
        });
    };
    view! {
        <p class="copy">
            <button type="button" class="quiet" on:click=act>{copy}</button>
            <span role="status">{move || done.get().then(|| copied.clone())}</span>
        </p>
    }
}

/// A row of identical boxes, one of them stamped by hand.
fn stamp() -> impl IntoView {
    let boxes = (0..5_u32)
        .map(|at| {
            view! {
                <rect
                    x=(4 + at * 28).to_string()
                    y="2"
                    width="20"
                    height="20"
                    fill="none"
                    stroke="currentColor"
                    stroke-width="1.5"
                ></rect>
            }
        })
        .collect_view();
    view! {
        <p class="stamp" aria-hidden="true">
            <svg viewBox="0 0 148 24" focusable="false">{boxes}</svg>
            <Seal class="seal stamped" />
        </p>
    }
}

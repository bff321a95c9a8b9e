//! The receipt: shown by the server after a form, by the runner after its own submission.

use serde::{Deserialize, Serialize};

use crate::{
    Words,
    frame::heading,
    markup::{Element, el},
};

/// The mark of the site, a person's stamp, as one path in a box of 24 by 24; to be filled by
/// even-odd. The figure inside is 人, a person, cut out of the square in two strokes, so that it
/// reads as a seal to some and as somebody walking to others.
pub const SEAL_PATH: &str = "M2.2 3.1C2.2 2.3 2.7 1.9 3.4 1.9L20.3 1.6C21.4 1.6 22.2 2.3 22.2 3.3\
    L22.5 20.4C22.5 21.5 21.9 22.3 20.8 22.3L3.6 22.5C2.4 22.5 1.7 21.8 1.7 20.7Z\
    M10.7 4.4L13.7 4.7C13.6 7.2 13.3 9 12.9 10.6C14.1 13.7 16.3 16 20 17.6L18.7 20.2\
    C15.5 18.7 13.2 16.6 11.7 13.9C10.3 16.4 8.3 18.5 5.3 20.2L3.9 18.2\
    C8.5 15.2 10.6 11 10.7 4.4Z";

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

/// The receipt with `code`. `outro` is the survey's closing text, `base` is `/zh` or
/// `/zh/s/other`; only a `live` one has a button that copies the code.
#[must_use]
pub fn receipt(
    code: &str,
    kind: ReceiptKind,
    outro: &str,
    base: &str,
    words: &Words,
    live: bool,
) -> Element {
    let (title, note) = match kind {
        ReceiptKind::New => ("receipt-title", None),
        ReceiptKind::Already => ("receipt-title", Some("receipt-already")),
        ReceiptKind::Changed => ("receipt-title-changed", Some("receipt-changed")),
        ReceiptKind::Frozen => ("receipt-title-frozen", Some("receipt-frozen")),
    };
    let stub = el("div")
        .class("stub")
        .child(
            el("p")
                .class("stub-label")
                .attr("id", "receipt-label")
                .text(words.get("receipt-label")),
        )
        .child(
            el("p")
                .class("code")
                .attr("aria-labelledby", "receipt-label")
                .attr("translate", "no")
                .text(code),
        )
        .children(live.then(|| copy(words)))
        .child(stamp());
    let uses = ["receipt-for-see", "receipt-for-change", "receipt-for-later"];
    let way = |class: &'static str, tail: &str, key: &str| {
        el("a")
            .class(class)
            .attr("href", format!("{base}/{tail}"))
            .text(words.get(key))
    };
    el("section")
        .class("receipt")
        .child(heading(&words.get(title)))
        .children(note.map(|key| el("p").class("notice").text(words.get(key))))
        .child(el("p").class("lede").text(outro))
        .child(stub)
        .child(el("h2").text(words.get("receipt-for-title")))
        .child(el("ul").children(uses.map(|key| el("li").text(words.get(key)))))
        .child(el("p").text(words.get("receipt-keep")))
        .child(
            el("p")
                .class("onward")
                .child(way("button", "results", "receipt-results"))
                .child(way("button quiet", "response", "receipt-response"))
                .child(way("button quiet", "discuss", "receipt-discuss")),
        )
}

fn copy(words: &Words) -> Element {
    el("p")
        .class("copy")
        .child(
            el("button")
                .attr("type", "button")
                .class("quiet")
                .attr("data-act", "copy")
                .text(words.get("receipt-copy")),
        )
        .child(el("span").attr("role", "status"))
}

/// A row of identical boxes, one of them stamped by hand.
fn stamp() -> Element {
    let boxes = (0..5_u32).map(|at| {
        el("rect")
            .attr("x", (4 + at * 28).to_string())
            .attr("y", "2")
            .attr("width", "20")
            .attr("height", "20")
            .attr("fill", "none")
            .attr("stroke", "currentColor")
            .attr("stroke-width", "1.5")
    });
    let drawing = |view_box: &str| {
        el("svg")
            .attr("viewBox", view_box)
            .attr("focusable", "false")
    };
    let seal = el("path")
        .attr("transform", "rotate(-5 12 12)")
        .attr("fill", "currentColor")
        .attr("fill-rule", "evenodd")
        .attr("d", SEAL_PATH);
    el("p")
        .class("stamp")
        .attr("aria-hidden", "true")
        .child(drawing("0 0 148 24").children(boxes))
        .child(drawing("0 0 24 24").class("seal stamped").child(seal))
}

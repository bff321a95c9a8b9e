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

/// The receipt in its other forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Copies {
    /// Twelve words, or twelve Chinese characters.
    pub words: String,
    /// The address that opens the response.
    pub response: String,
    pub qr: Option<QrCode>,
}

/// A QR code of `size` by `size` modules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QrCode {
    pub size: u32,
    /// Row after row in hexadecimal digits, each of four modules, with the highest bit for the
    /// leftmost; a dark module is a bit that is set, and every row begins with a new digit. As a
    /// path they are fifteen times as long.
    pub modules: String,
}

impl QrCode {
    /// Each run of dark modules in a row becomes one rectangle of a path.
    fn path(&self) -> String {
        let mut path = String::new();
        let mut digits = self.modules.chars().filter_map(|digit| digit.to_digit(16));
        let digits_of_row = usize::try_from(self.size.div_ceil(4)).unwrap_or_default();
        for y in 0..self.size {
            let row = digits.by_ref().take(digits_of_row);
            let mut run = 0;
            // A light module after the last one ends the last run.
            let modules = row.flat_map(|four| [8, 4, 2, 1].map(|bit| four & bit > 0));
            for (x, dark) in (0..).zip(modules.chain([false])) {
                if dark {
                    run += 1;
                } else if run > 0 {
                    let from = x - run;
                    path.push_str(&format!("M{from} {y}h{run}v1H{from}z"));
                    run = 0;
                }
            }
        }
        path
    }
}

/// Modules of white that a reader needs around the code.
const QUIET: u32 = 4;
const FILE: &str = "partake-receipt.txt";
const USES: [&str; 3] = ["receipt-for-see", "receipt-for-change", "receipt-for-later"];

/// What a receipt is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Receipt<'a> {
    pub code: &'a str,
    pub kind: ReceiptKind,
    /// The survey's closing text.
    pub outro: &'a str,
    /// `/zh` or `/zh/s/other`.
    pub base: &'a str,
    /// Without them there is the code alone.
    pub copies: Option<&'a Copies>,
    /// True in the runner, where buttons can copy and print.
    pub live: bool,
}

impl Receipt<'_> {
    /// The receipt with everything that can be done with it.
    #[must_use]
    pub fn draw(self, words: &Words) -> Element {
        let (title, note) = match self.kind {
            ReceiptKind::New => ("receipt-title", None),
            ReceiptKind::Already => ("receipt-title", Some("receipt-already")),
            ReceiptKind::Changed => ("receipt-title-changed", Some("receipt-changed")),
            ReceiptKind::Frozen => ("receipt-title-frozen", Some("receipt-frozen")),
        };
        let way = |class: &'static str, tail: &str, key: &str| {
            el("a")
                .class(class)
                .attr("href", format!("{}/{tail}", self.base))
                .text(words.get(key))
        };
        el("section")
            .class("receipt")
            .child(heading(&words.get(title)))
            .children(note.map(|key| el("p").class("notice").text(words.get(key))))
            .child(el("p").class("lede").text(self.outro))
            .child(self.stub(words))
            .child(el("p").text(words.get("receipt-keep")))
            .child(el("h2").text(words.get("receipt-for-title")))
            .child(el("ul").children(USES.map(|key| el("li").text(words.get(key)))))
            .children(self.live.then(|| el("div").attr("id", "beside")))
            .child(
                el("p")
                    .class("onward")
                    .child(way("button", "results", "receipt-results"))
                    .child(way("button quiet", "response", "receipt-response"))
                    .child(way("button quiet", "discuss", "receipt-discuss")),
            )
    }

    fn stub(self, words: &Words) -> Element {
        let labelled = |id: &'static str, key: &str| {
            el("p")
                .class("stub-label")
                .attr("id", id)
                .text(words.get(key))
        };
        let told = el("div")
            .class("told")
            .child(labelled("receipt-label", "receipt-label"))
            .child(
                el("p")
                    .class("code")
                    .attr("aria-labelledby", "receipt-label")
                    .attr("translate", "no")
                    .text(self.code),
            );
        let told = match self.copies {
            Some(copies) => told
                .child(labelled("receipt-words-label", "receipt-words"))
                .child(
                    el("p")
                        .class("words")
                        .attr("aria-labelledby", "receipt-words-label")
                        .attr("translate", "no")
                        .text(copies.words.as_str()),
                ),
            None => told,
        };
        let picture = self.copies.and_then(|copies| copies.qr.as_ref());
        el("div")
            .class("stub")
            .child(told)
            .children(picture.map(|qr| figure(qr, words)))
            .child(self.actions(words))
            .child(stamp())
    }

    fn actions(self, words: &Words) -> Element {
        let button = |act: &str, key: &str| {
            el("button")
                .attr("type", "button")
                .class("quiet")
                .attr("data-act", act)
                .text(words.get(key))
        };
        let save = el("a")
            .class("button quiet")
            .attr("download", FILE)
            .attr("href", data_address(&self.file(words)))
            .text(words.get("receipt-save"));
        let live = [("copy", "receipt-copy"), ("print", "receipt-print")];
        let live = live.map(|(act, key)| button(act, key));
        el("p")
            .class("copy")
            .children(live.into_iter().filter(|_| self.live))
            .child(save)
            .child(el("span").attr("role", "status"))
    }

    /// The receipt as a text to keep.
    fn file(self, words: &Words) -> String {
        let mut lines = vec![words.get("receipt-label"), self.code.to_owned()];
        if let Some(copies) = self.copies {
            lines.push(String::new());
            lines.push(words.get("receipt-words"));
            lines.push(copies.words.clone());
            lines.push(String::new());
            lines.push(copies.response.clone());
        }
        lines.push(String::new());
        lines.extend(USES.map(|key| words.get(key)));
        lines.push(words.get("receipt-keep"));
        lines.join("\r\n")
    }
}

/// The text as an address, so that saving it asks nobody.
fn data_address(text: &str) -> String {
    let mut address = "data:text/plain;charset=utf-8,".to_owned();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            address.push(char::from(byte));
        } else {
            address.push('%');
            for digit in [byte >> 4, byte & 15] {
                address.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
        }
    }
    address
}

fn figure(qr: &QrCode, words: &Words) -> Element {
    let side = qr.size + 2 * QUIET;
    let ground = el("rect")
        .attr("width", side.to_string())
        .attr("height", side.to_string())
        .attr("fill", "#fff");
    let code = el("path")
        .attr("transform", format!("translate({QUIET} {QUIET})"))
        .attr("fill", "#000")
        .attr("d", qr.path());
    let drawing = el("svg")
        .class("qr")
        .attr("viewBox", format!("0 0 {side} {side}"))
        .attr("shape-rendering", "crispEdges")
        .attr("role", "img")
        .attr("aria-label", words.get("receipt-qr"))
        .child(ground)
        .child(code);
    el("div")
        .class("picture")
        .child(drawing)
        .child(el("p").class("hint").text(words.get("receipt-qr-hint")))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_dark_modules_become_rectangles() {
        let qr = QrCode {
            size: 6,
            modules: "b800fc".to_owned(),
        };
        assert_eq!(qr.path(), "M0 0h1v1H0zM2 0h3v1H2zM0 2h6v1H0z");
    }

    #[test]
    fn a_file_is_an_address_that_asks_nobody() {
        assert_eq!(
            data_address("A 人\r\n"),
            "data:text/plain;charset=utf-8,A%20%e4%ba%ba%0d%0a"
        );
    }
}

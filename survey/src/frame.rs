//! What stands around the questions of a section: the heading, what went wrong.

use crate::{
    FaultLine, Words,
    markup::{Element, el},
};

/// A section's heading and introduction, and whether it may be left out.
#[must_use]
pub fn section_head(title: &str, intro: Option<&str>, optional: bool, words: &Words) -> Element {
    let intro = intro.map(|intro| el("p").class("intro").text(intro));
    let optional = optional.then(|| el("p").class("notice").text(words.get("optional")));
    el("div")
        .class("section-head")
        .child(heading(title))
        .children(intro)
        .children(optional)
}

/// The heading that takes the focus when what is shown changes.
pub(crate) fn heading(title: &str) -> Element {
    el("h1")
        .attr("id", "section-title")
        .attr("tabindex", "-1")
        .text(title)
}

/// Every fault with a link to its field; nothing when there is none.
#[must_use]
pub fn summary(lines: &[FaultLine], words: &Words) -> Option<Element> {
    if lines.is_empty() {
        return None;
    }
    let title = words.fill("summary", &[("n", &lines.len().to_string())]);
    let items = lines.iter().map(|line| {
        let link = el("a").attr("href", format!("#{}", line.anchor));
        if line.label.is_empty() {
            el("li").child(link.text(line.message.as_str()))
        } else {
            let reason = el("span").class("reason").text(line.message.as_str());
            el("li").child(link.text(line.label.as_str())).child(reason)
        }
    });
    let summary = el("div")
        .class("summary")
        .attr("id", "summary")
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .child(el("h2").text(title))
        .child(el("ul").children(items));
    Some(summary)
}

//! Free text with its limit.

use unicode_segmentation::UnicodeSegmentation as _;

use super::Setting;
use crate::{
    Words,
    markup::{Element, el},
};

/// One line or several, and how much.
pub(super) struct Room<'a> {
    pub(super) long: bool,
    pub(super) max_chars: u32,
    pub(super) placeholder: Option<&'a str>,
}

pub(super) fn text(
    id: &str,
    room: &Room<'_>,
    described_by: &str,
    invalid: bool,
    setting: Setting<'_>,
) -> Vec<Element> {
    let value = setting.fields.first(id);
    let max = room.max_chars;
    let limit = setting
        .words
        .fill("chars-max", &[("max", &max.to_string())]);
    let limit_id = format!("l-{id}");
    let field = if room.long {
        el("textarea").attr("rows", "6").text(value)
    } else {
        el("input")
            .attr("type", "text")
            .class("line-text")
            .attr("value", value)
            .attr("autocomplete", "off")
    };
    let field = field
        .attr("id", format!("f-{id}"))
        .attr("name", id)
        .maybe("placeholder", room.placeholder.map(ToOwned::to_owned))
        .attr(
            "aria-describedby",
            format!("{described_by} {limit_id}").trim_start(),
        )
        .maybe("aria-invalid", invalid.then(|| "true".to_owned()));
    let count = setting.live.then(|| {
        el("span")
            .class("left")
            .attr("data-max", max.to_string())
            .text(left(setting.words, value, max))
    });
    let hint = el("p")
        .class("hint")
        .attr("id", limit_id)
        .text(format!("{limit} "))
        .children(count);
    vec![field, hint]
}

/// How many characters, as people count them, are left.
pub(crate) fn left(words: &Words, typed: &str, max: u32) -> String {
    let used = u32::try_from(typed.graphemes(true).count()).unwrap_or(u32::MAX);
    if used <= max {
        words.fill("chars-left", &[("n", &(max - used).to_string())])
    } else {
        words.fill("chars-over", &[("n", &(used - max).to_string())])
    }
}

//! A number typed in.

use super::Setting;
use crate::markup::{Element, el};

/// Bounds and unit of a number.
pub(super) struct Bounds<'a> {
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) integer: bool,
    pub(super) unit: Option<&'a str>,
}

pub(super) fn number(
    id: &str,
    bounds: &Bounds<'_>,
    described_by: &str,
    invalid: bool,
    setting: Setting<'_>,
) -> Vec<Element> {
    let (key, mode) = if bounds.integer {
        ("number-whole", "numeric")
    } else {
        ("number-any", "decimal")
    };
    let hint = setting.words.fill(
        key,
        &[
            ("min", &bounds.min.to_string()),
            ("max", &bounds.max.to_string()),
        ],
    );
    let hint_id = format!("n-{id}");
    // Not `type=number`: that drops what it cannot read, so a typing slip could be neither shown
    // again nor explained.
    let input = el("input")
        .attr("type", "text")
        .attr("inputmode", mode)
        .attr("id", format!("f-{id}"))
        .attr("name", id)
        .attr("value", setting.fields.first(id))
        .attr("autocomplete", "off")
        .attr(
            "aria-describedby",
            format!("{described_by} {hint_id}").trim_start(),
        )
        .maybe("aria-invalid", invalid.then(|| "true".to_owned()));
    let unit = bounds.unit.map(|unit| el("span").class("unit").text(unit));
    vec![
        el("p").class("hint").attr("id", hint_id).text(hint),
        el("div").class("number").child(input).children(unit),
    ]
}

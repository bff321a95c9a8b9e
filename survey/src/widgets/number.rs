//! A number typed in.

use partake_core::date::Date;

use super::Setting;
use crate::markup::{Element, el};

/// Bounds and unit of a number.
pub(super) struct Bounds<'a> {
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) integer: bool,
    pub(super) unit: Option<&'a str>,
    pub(super) date: bool,
}

impl Bounds<'_> {
    fn told(&self, n: f64) -> String {
        let day = Date::from_days(n).filter(|_| self.date);
        day.map_or_else(|| n.to_string(), Date::iso)
    }
}

pub(super) fn number(
    id: &str,
    bounds: &Bounds<'_>,
    described_by: &str,
    invalid: bool,
    setting: Setting<'_>,
) -> Vec<Element> {
    // A day is typed too, and not picked: years ago, a calendar takes dozens of taps.
    let (key, mode) = if bounds.date {
        ("date", "text")
    } else if bounds.integer {
        ("number-whole", "numeric")
    } else {
        ("number-any", "decimal")
    };
    let hint = setting.words.fill(
        key,
        &[
            ("min", &bounds.told(bounds.min)),
            ("max", &bounds.told(bounds.max)),
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
        el("div")
            .class(if bounds.date { "number day" } else { "number" })
            .child(input)
            .children(unit),
    ]
}

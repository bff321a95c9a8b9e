//! Rows of one scale: each row is a group of radio buttons of its own.

use partake_core::flow::OptionView;

use super::{Setting, question::fault_text};
use crate::{
    FaultLine,
    markup::{Element, el},
};

pub(super) fn matrix(
    id: &str,
    rows: &[OptionView],
    scale: &[OptionView],
    faults: &[FaultLine],
    setting: Setting<'_>,
) -> Vec<Element> {
    let mut drawn = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let name = format!("{id}__{}", row.code);
        let error = format!("e-{name}");
        let fault = fault_text(&error, faults, Some(&row.code));
        let described = fault.is_some().then_some(error);
        let label = el("span").class("label").text(row.label.as_str());
        drawn.push(
            group(id, row, label, (index, rows.len()), setting)
                .maybe("aria-describedby", described)
                .children(fault)
                .child(points(&name, scale, setting)),
        );
    }
    vec![el("div").class("rows").children(drawn)]
}

/// The group around one row, with its name and its place among the rows.
pub(super) fn group(
    id: &str,
    row: &OptionView,
    label: Element,
    (index, total): (usize, usize),
    setting: Setting<'_>,
) -> Element {
    let place = setting.words.fill(
        "row-of",
        &[
            ("n", &(index + 1).to_string()),
            ("total", &total.to_string()),
        ],
    );
    let legend = el("legend")
        .child(label)
        .child(el("span").class("place").text(place));
    el("fieldset")
        .class("matrix-row")
        .attr("id", format!("q-{id}-{}", row.code))
        .attr("tabindex", "-1")
        .child(legend)
}

/// The points of a scale side by side (below each other on a phone), missing codes set apart.
pub(super) fn points(name: &str, scale: &[OptionView], setting: Setting<'_>) -> Element {
    let columns = match scale.len() {
        0..=3 => "scale few",
        4..=5 => "scale five",
        _ => "scale six",
    };
    el("div").class(columns).children(scale.iter().map(|point| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", name)
            .attr("value", point.code.as_str())
            .flag("checked", setting.fields.has(name, &point.code));
        el("label")
            .maybe("class", point.missing.then(|| "apart".to_owned()))
            .child(input)
            .child(el("span").text(point.label.as_str()))
    }))
}

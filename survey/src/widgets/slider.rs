//! A number on a line that starts empty, with its number box. Without a script there is the box.

use partake_core::flow::OptionView;

use super::{Setting, choice::labelled};
use crate::markup::{Element, el};

/// The line and what its ends are called.
pub(super) struct Line<'a> {
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) step: f64,
    pub(super) low: &'a str,
    pub(super) high: &'a str,
}

/// Where the line's handle rests while nothing is chosen.
pub(crate) fn middle(min: f64, max: f64) -> String {
    f64::midpoint(min, max).to_string()
}

pub(super) fn slider(
    id: &str,
    title: &str,
    line: &Line<'_>,
    missing: &[OptionView],
    (described_by, invalid): (&str, bool),
    setting: Setting<'_>,
) -> Vec<Element> {
    let typed = setting.fields.first(id);
    let hint = setting.words.fill(
        "slider-box",
        &[
            ("min", &line.min.to_string()),
            ("max", &line.max.to_string()),
        ],
    );
    let field = format!("f-{id}");
    let input = el("input")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("id", field.as_str())
        .attr("name", id)
        .attr("value", typed)
        .attr("autocomplete", "off")
        .maybe(
            "aria-describedby",
            (!described_by.is_empty()).then(|| described_by.to_owned()),
        )
        .maybe("aria-invalid", invalid.then(|| "true".to_owned()));
    let mut drawn = vec![
        el("div")
            .class("line-ends")
            .child(el("span").text(line.low))
            .child(el("span").text(line.high)),
    ];
    if setting.live {
        drawn.push(range(id, title, line, typed));
    }
    drawn.push(
        el("div")
            .class("number")
            .child(el("label").attr("for", field).text(hint))
            .child(input),
    );
    drawn.extend(beside(id, missing, setting));
    drawn
}

/// The missing codes beside a number.
pub(super) fn beside(id: &str, missing: &[OptionView], setting: Setting<'_>) -> Vec<Element> {
    let name = format!("{id}.missing");
    let boxes = missing.iter().map(|option| {
        let input = el("input")
            .attr("type", "checkbox")
            .attr("name", name.as_str())
            .attr("value", option.code.as_str())
            .flag("checked", setting.fields.has(&name, &option.code));
        labelled(true, input, &option.label)
    });
    boxes.collect()
}

/// The line itself. It has no field name: the number box is what is sent.
fn range(id: &str, title: &str, line: &Line<'_>, typed: &str) -> Element {
    let chosen = typed.trim().parse::<f64>().is_ok();
    let value = if chosen {
        typed.trim().to_owned()
    } else {
        middle(line.min, line.max)
    };
    el("input")
        .attr("type", "range")
        .class(if chosen { "line" } else { "line untouched" })
        .attr("id", format!("r-{id}"))
        .attr("min", line.min.to_string())
        .attr("max", line.max.to_string())
        .attr("step", line.step.to_string())
        .attr("value", value)
        .attr("aria-label", title)
        .attr("aria-valuetext", if chosen { typed.trim() } else { "–" })
}

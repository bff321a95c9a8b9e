//! One of a list, or any number of it.

use partake_core::{flow::OptionView, response::other_key};

use super::Setting;
use crate::markup::{Element, el};

pub(super) fn single(id: &str, options: &[OptionView], setting: Setting<'_>) -> Vec<Element> {
    choices(id, "radio", options, setting)
}

pub(super) fn multiple(
    id: &str,
    options: &[OptionView],
    most: Option<u32>,
    setting: Setting<'_>,
) -> Vec<Element> {
    let limit = most
        .filter(|most| (*most as usize) < options.len())
        .map(|most| {
            let text = setting
                .words
                .fill("choose-most", &[("max", &most.to_string())]);
            el("p").class("hint").text(text)
        });
    let mut drawn: Vec<Element> = limit.into_iter().collect();
    drawn.extend(choices(id, "checkbox", options, setting));
    drawn
}

/// A row of numbers between two ends. What the ends mean belongs to the first and last number too,
/// for those who do not see the row.
pub(super) fn row(
    id: &str,
    options: &[OptionView],
    (low, high): (&str, &str),
    setting: Setting<'_>,
) -> Vec<Element> {
    let (beside, numbers): (Vec<&OptionView>, Vec<&OptionView>) =
        options.iter().partition(|option| option.missing);
    let radio = |option: &OptionView| {
        el("input")
            .attr("type", "radio")
            .attr("name", id)
            .attr("value", option.code.as_str())
            .flag("checked", setting.fields.has(id, &option.code))
    };
    let number = |option: &&OptionView| {
        let meaning = option
            .label
            .strip_prefix(option.code.as_str())
            .unwrap_or_default();
        let meaning =
            (!meaning.is_empty()).then(|| el("span").class("visually-hidden").text(meaning));
        el("label")
            .class("number-choice")
            .child(radio(option))
            .child(el("span").text(option.code.as_str()).children(meaning))
    };
    let mut drawn = vec![
        el("div")
            .class("number-row")
            .children(numbers.iter().map(number)),
        el("div")
            .class("line-ends")
            .attr("aria-hidden", "true")
            .child(el("span").text(low))
            .child(el("span").text(high)),
    ];
    drawn.extend(
        beside
            .into_iter()
            .map(|option| labelled(true, radio(option), &option.label)),
    );
    drawn
}

/// Radio buttons or check boxes with their labels. The text field that goes with an option is
/// always there: without a script nothing could reveal it.
fn choices(id: &str, kind: &str, options: &[OptionView], setting: Setting<'_>) -> Vec<Element> {
    let mut drawn = Vec::new();
    for option in options {
        let apart = option.missing || option.exclusive;
        let input = el("input")
            .attr("type", kind)
            .attr("name", id)
            .attr("value", option.code.as_str())
            .flag("checked", setting.fields.has(id, &option.code))
            .flag("data-exclusive", option.exclusive);
        drawn.push(labelled(apart, input, &option.label));
        if let Some(max) = option.text_max {
            let name = other_key(id, &option.code);
            let hint = setting.words.fill(
                "other-text",
                &[("label", &option.label), ("max", &max.to_string())],
            );
            let field = el("input")
                .attr("type", "text")
                .attr("id", name.as_str())
                .attr("value", setting.fields.first(&name))
                .attr("autocomplete", "off")
                .attr("name", name.as_str());
            drawn.push(
                el("div")
                    .class("other")
                    .child(el("label").attr("for", name).text(hint))
                    .child(field),
            );
        }
    }
    drawn
}

/// A radio button or check box with its label; `apart` for those that stand for no answer.
pub(super) fn labelled(apart: bool, input: Element, label: &str) -> Element {
    el("label")
        .class(if apart { "choice apart" } else { "choice" })
        .child(input)
        .child(el("span").text(label))
}

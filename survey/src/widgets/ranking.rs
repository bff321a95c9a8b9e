//! The first few of a list: one select for each place without a script, tapping in order with one.

use partake_core::flow::OptionView;

use super::Setting;
use crate::{
    Words,
    markup::{Element, el},
};

pub(super) fn ranking(
    id: &str,
    options: &[OptionView],
    places: u32,
    setting: Setting<'_>,
) -> Vec<Element> {
    if setting.live {
        tapped(id, options, places, setting)
    } else {
        (1..=places)
            .map(|n| select(id, options, n, setting))
            .collect()
    }
}

/// What place `n` is called, counted from 1.
pub(crate) fn place(words: &Words, n: u32) -> String {
    match n {
        1 => words.get("rank-1"),
        2 => words.get("rank-2"),
        3 => words.get("rank-3"),
        n => words.fill("rank-n", &[("n", &n.to_string())]),
    }
}

fn select(id: &str, options: &[OptionView], n: u32, setting: Setting<'_>) -> Element {
    let name = format!("{id}.{n}");
    let field = format!("f-{name}");
    let chosen = setting.fields.first(&name);
    let nothing = el("option")
        .attr("value", "")
        .text(setting.words.get("rank-none"));
    let choices = options.iter().map(|option| {
        el("option")
            .attr("value", option.code.as_str())
            .flag("selected", option.code == chosen)
            .text(option.label.as_str())
    });
    el("div")
        .class("place-select")
        .child(
            el("label")
                .attr("for", field.as_str())
                .text(place(setting.words, n)),
        )
        .child(
            el("select")
                .attr("id", field)
                .attr("name", name)
                .child(nothing)
                .children(choices),
        )
}

/// Buttons in the order of the options; the hidden fields hold the order of the person.
fn tapped(id: &str, options: &[OptionView], places: u32, setting: Setting<'_>) -> Vec<Element> {
    let held: Vec<&str> = (1..=places)
        .map(|n| setting.fields.first(&format!("{id}.{n}")))
        .collect();
    let order: Vec<&str> = held.into_iter().filter(|code| !code.is_empty()).collect();
    let full = order.len() >= places as usize;
    let buttons = options.iter().map(|option| {
        let rank = order.iter().position(|code| *code == option.code);
        let number = rank.map(|at| (at + 1).to_string()).unwrap_or_default();
        el("button")
            .attr("type", "button")
            .class("choice rank")
            .attr("value", option.code.as_str())
            .attr(
                "aria-pressed",
                if rank.is_some() { "true" } else { "false" },
            )
            .maybe(
                "aria-disabled",
                (full && rank.is_none()).then(|| "true".to_owned()),
            )
            .child(el("span").class("rank-place").text(number))
            .child(el("span").text(option.label.as_str()))
    });
    let hint = setting
        .words
        .fill("rank-hint", &[("max", &places.to_string())]);
    let mut drawn = vec![
        el("p").class("hint").text(hint),
        el("div").class("ranking").children(buttons),
    ];
    drawn.extend((0..places as usize).map(|at| {
        el("input")
            .attr("type", "hidden")
            .attr("name", format!("{id}.{}", at + 1))
            .attr("value", order.get(at).copied().unwrap_or_default())
    }));
    drawn.push(chosen(options, &order, places, setting));
    drawn.push(
        el("button")
            .attr("type", "button")
            .class("quiet undo")
            .flag("disabled", order.is_empty())
            .text(setting.words.get("rank-undo")),
    );
    drawn.push(el("p").class("visually-hidden").attr("role", "status"));
    drawn
}

/// The order so far, in which one can be drawn, or moved by the arrow keys, to another place.
fn chosen(options: &[OptionView], order: &[&str], places: u32, setting: Setting<'_>) -> Element {
    let label = |code: &str| options.iter().find(|option| option.code == code);
    let list = (0..places as usize).map(|at| {
        let held = order.get(at).and_then(|code| label(code));
        let text = held.map_or("", |option| option.label.as_str());
        el("li").flag("hidden", held.is_none()).child(
            el("button")
                .attr("type", "button")
                .class("placed")
                .text(text),
        )
    });
    el("div")
        .class("your-order")
        .flag("hidden", order.len() < 2)
        .child(el("p").class("hint").text(setting.words.get("rank-order")))
        .child(el("ol").children(list))
}

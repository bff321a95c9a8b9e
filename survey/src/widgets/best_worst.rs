//! Best and worst of small sets.

use partake_core::flow::{OptionView, TaskView};

use super::Setting;
use crate::markup::{Element, el};

pub(super) fn best_worst(
    id: &str,
    tasks: &[TaskView],
    best: &str,
    worst: &str,
    setting: Setting<'_>,
) -> Vec<Element> {
    let total = tasks.len().to_string();
    let mut sets = Vec::new();
    for (position, task) in tasks.iter().enumerate() {
        let place = setting.words.fill(
            "set-of",
            &[("n", &(position + 1).to_string()), ("total", &total)],
        );
        let cell = |end: &str, says: &str, item: &OptionView| {
            let name = format!("{id}.{}.{end}", task.index);
            let checked = setting.fields.has(&name, &item.code);
            let input = el("input")
                .attr("type", "radio")
                .attr("name", name)
                .attr("value", item.code.as_str())
                .flag("checked", checked)
                .attr("aria-label", format!("{says}: {}", item.label));
            el("td").child(el("label").child(input))
        };
        let rows = task.items.iter().map(|item| {
            el("tr")
                .child(cell("best", best, item))
                .child(el("th").attr("scope", "row").text(item.label.as_str()))
                .child(cell("worst", worst, item))
        });
        let column = |says: &str| el("th").attr("scope", "col").text(says);
        let head = el("tr")
            .child(column(best))
            .child(el("td"))
            .child(column(worst));
        let table = el("table")
            .class("best-worst")
            .child(el("thead").child(head))
            .child(el("tbody").children(rows));
        sets.push(
            el("fieldset")
                .class("matrix-row set")
                .attr("id", format!("q-{id}-{}", task.index))
                .attr("tabindex", "-1")
                .child(el("legend").child(el("span").class("place").text(place)))
                .child(table),
        );
    }
    sets
}

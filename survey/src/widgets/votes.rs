//! Statements with a ballot: the first few, the rest when asked for.

use partake_core::flow::OptionView;

use super::{
    Setting,
    matrix::{group, points},
};
use crate::markup::{Element, el};

pub(super) fn votes(
    id: &str,
    statements: &[OptionView],
    ballot: &[OptionView],
    show_at_most: u32,
    setting: Setting<'_>,
) -> Vec<Element> {
    let total = statements.len();
    let shown = (show_at_most as usize).min(total);
    let name = |statement: &OptionView| format!("{id}__{}", statement.code);
    let mut first: Vec<Element> = statements
        .iter()
        .enumerate()
        .map(|(index, statement)| {
            let label = el("span")
                .class("label quote")
                .text(statement.label.as_str());
            group(id, statement, label, (index, total), setting).child(points(
                &name(statement),
                ballot,
                setting,
            ))
        })
        .collect();
    let rest = first.split_off(shown);
    if !rest.is_empty() {
        let summary = setting
            .words
            .fill("votes-more", &[("n", &rest.len().to_string())]);
        let voted = |statement: &OptionView| !setting.fields.first(&name(statement)).is_empty();
        first.push(
            el("details")
                .class("more")
                .flag("open", statements.iter().skip(shown).any(voted))
                .child(el("summary").text(summary))
                .children(rest),
        );
    }
    first
}

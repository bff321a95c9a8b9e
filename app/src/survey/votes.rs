//! Statements with a ballot: the first few, the rest when asked for.

use std::sync::Arc;

use leptos::prelude::*;
use partake_core::flow::OptionView;

use super::{Setting, matrix::points};

#[component]
pub(super) fn Votes(
    id: String,
    statements: Vec<OptionView>,
    ballot: Vec<OptionView>,
    show_at_most: u32,
    setting: Arc<Setting>,
) -> impl IntoView {
    let total = statements.len();
    let shown = usize::try_from(show_at_most).unwrap_or(total).min(total);
    let voted = |s: &OptionView| {
        !setting
            .fields
            .first(&format!("{id}__{}", s.code))
            .is_empty()
    };
    let open = statements.iter().skip(shown).any(voted);
    let mut drawn = statements
        .into_iter()
        .enumerate()
        .map(|(index, statement)| {
            let name = format!("{id}__{}", statement.code);
            let place = setting.words.fill(
                "row-of",
                &[
                    ("n", &(index + 1).to_string()),
                    ("total", &total.to_string()),
                ],
            );
            view! {
                <fieldset class="matrix-row" id=format!("q-{id}-{}", statement.code) tabindex="-1">
                    <legend>
                        <span class="label quote">{statement.label}</span>
                        <span class="place">{place}</span>
                    </legend>
                    {points(&name, &ballot, &setting)}
                </fieldset>
            }
        });
    let first = drawn.by_ref().take(shown).collect_view();
    let rest = drawn.collect_view();
    let more = (total > shown).then(|| {
        let summary = setting
            .words
            .fill("votes-more", &[("n", &(total - shown).to_string())]);
        view! {
            <details class="more" open=open>
                <summary>{summary}</summary>
                {rest}
            </details>
        }
    });
    view! {
        {first}
        {more}
    }
}

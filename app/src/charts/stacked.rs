//! Votes on statements: agree, pass and disagree side by side.

use leptos::prelude::*;
use partake_core::{
    disclosure::{Planned, Table},
    instrument::Votes,
};

use super::{
    diverging::Legend,
    numbers::{coordinate, joined},
    source::Source,
    withheld,
};
use crate::i18n::t_with;

/// All statements.
#[derive(Clone, Debug, PartialEq)]
pub struct Stacked {
    pub legend: Vec<(usize, String)>,
    pub rows: Vec<StackedRow>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct StackedRow {
    pub label: String,
    pub withheld: Option<String>,
    /// Step of the colour scale, start and width in per cent, sentence.
    pub segments: Vec<(usize, f64, f64, String)>,
    /// Where the end of the first segment, the share that agrees, can lie.
    pub interval: Option<(f64, f64)>,
    pub figures: String,
    pub summary: String,
}

pub(super) fn stacked(
    source: &Source<'_>,
    votes: &Votes,
    tables: &[(&Planned, &Table)],
) -> Stacked {
    let mut ballot: Vec<_> = votes.ballot.iter().collect();
    ballot.sort_by(|a, b| b.value.unwrap_or(0.0).total_cmp(&a.value.unwrap_or(0.0)));
    let step = |value: Option<f64>| match value.unwrap_or(0.0) {
        v if v > 0.0 => 5,
        v if v < 0.0 => 1,
        _ => 3,
    };
    let legend = ballot
        .iter()
        .map(|c| (step(c.value), source.text(&c.label)))
        .collect();
    let rows = tables
        .iter()
        .map(|(planned, table)| {
            let label = planned
                .row_label
                .as_ref()
                .map(|l| source.text(l))
                .unwrap_or_default();
            let withheld = withheld::whole(source.lang, table);
            let interval = ballot
                .first()
                .and_then(|choice| source.interval(table, table.cell(&choice.code)?));
            let mut from = 0.0;
            let mut segments = Vec::new();
            let mut figures = Vec::new();
            for choice in &ballot {
                let Some(cell) = table.cell(&choice.code) else {
                    continue;
                };
                let name = source.text(&choice.label);
                let share = source.share(table, cell).map(|s| s.percent);
                let figure = source.cell_text(table, cell);
                figures.push(format!("{name} {figure}"));
                if let Some(width) = share {
                    // Rounded counts can add up to a little more than their rounded base.
                    let width = width.min(100.0 - from);
                    segments.push((
                        step(choice.value),
                        from,
                        width,
                        source.detail(&name, table, cell),
                    ));
                    from += width;
                }
            }
            let figures = joined(source.lang, &figures);
            let summary = t_with(
                source.lang,
                "results-detail-list",
                &[
                    ("label", label.clone().into()),
                    ("list", figures.clone().into()),
                ],
            );
            StackedRow {
                label,
                withheld,
                segments,
                interval,
                figures,
                summary,
            }
        })
        .collect();
    Stacked { legend, rows }
}

#[component]
pub fn StackedView(chart: Stacked) -> impl IntoView {
    let rows: Vec<_> = chart.rows.into_iter().map(row_view).collect();
    view! {
        <Legend entries=chart.legend />
        <ul class="rows">{rows}</ul>
    }
}

fn row_view(row: StackedRow) -> impl IntoView {
    let drawn = row.withheld.is_none();
    let segments: Vec<_> = row
        .segments
        .into_iter()
        .map(|(step, from, width, detail)| {
            view! {
                <rect
                    class=format!("segment lik-{step}")
                    x=coordinate(from)
                    y="0"
                    width=coordinate(width)
                    height="10"
                    data-detail=detail
                />
            }
        })
        .collect();
    let drawing = drawn.then(|| {
        view! {
            <svg
                class="row-marks"
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                role="img"
                aria-label=row.summary
            >
                <rect class="track" x="0" y="0" width="100" height="10" />
                {segments}
                {super::bars::whisker(row.interval)}
            </svg>
            <span class="row-note" aria-hidden="true">{row.figures}</span>
        }
    });
    view! {
        <li class="row wide">
            <span class="row-label" aria-hidden=drawn.then_some("true")>{row.label}</span>
            {row.withheld.map(|why| view! { <span class="row-figure hidden-figure">{why}</span> })}
            {drawing}
        </li>
    }
}

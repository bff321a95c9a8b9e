//! Shares as bars: single and multiple choice, numbers in bands.

use leptos::prelude::*;
use partake_core::{
    disclosure::{Planned, PlannedCell, Table},
    instrument::{Kind, Question},
};

use super::{numbers::coordinate, source::Source};

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub label: String,
    /// `43%`, or why there is none.
    pub figure: String,
    /// Share in per cent; `None` when it is hidden.
    pub percent: Option<f64>,
    /// Where it can lie, given the rounding and chance.
    pub interval: Option<(f64, f64)>,
    /// A declared missing answer.
    pub missing: bool,
    /// The bar in a sentence.
    pub detail: String,
}

/// Bars of one table. Options that respondents saw in random order have no order of their own and
/// stand by size; all others stay as they were asked.
pub(super) fn bars(
    source: &Source<'_>,
    question: &Question,
    planned: &Planned,
    table: &Table,
) -> Vec<Bar> {
    let mut bars: Vec<_> = planned
        .cells
        .iter()
        .filter_map(|cell| bar(source, cell, table))
        .collect();
    let nominal = matches!(
        &question.kind,
        Kind::Single(list) | Kind::Multiple(list) if list.randomise
    );
    if nominal {
        bars.sort_by(|a, b| {
            let key = |bar: &Bar| (!bar.missing, bar.percent.unwrap_or(-1.0));
            key(b)
                .partial_cmp(&key(a))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
    }
    bars
}

pub(super) fn bar(source: &Source<'_>, planned: &PlannedCell, table: &Table) -> Option<Bar> {
    let cell = table.cell(&planned.code)?;
    let label = source.text(&planned.label);
    Some(Bar {
        figure: source.share_text(table, cell),
        percent: source.share(table, cell).map(|share| share.percent),
        interval: source.interval(table, cell),
        missing: planned.missing,
        detail: source.detail(&label, table, cell),
        label,
    })
}

/// A bar's mark: its length is the share, the whole width is everyone.
#[component]
fn Mark(bar: Bar) -> impl IntoView {
    let fill = if bar.missing { "mark missing" } else { "mark" };
    let drawn = bar.percent.map(|percent| {
        view! { <rect class=fill x="0" y="0" width=coordinate(percent) height="10" /> }
    });
    view! {
        <svg
            class="row-marks"
            viewBox="0 0 100 10"
            preserveAspectRatio="none"
            role="img"
            aria-label=bar.detail.clone()
            data-detail=bar.detail
        >
            <rect class="track" x="0" y="0" width="100" height="10" />
            {drawn}
            {whisker(bar.interval)}
        </svg>
    }
}

/// The interval of a share, in the coordinates of its row: light below dark, so that it is seen on
/// the bar and beside it.
pub(super) fn whisker(interval: Option<(f64, f64)>) -> impl IntoView {
    interval.map(|(low, high)| {
        let line = format!("M{} 5H{}", coordinate(low), coordinate(high));
        view! {
            <path class="whisker-ground" d=line.clone() />
            <path class="whisker" d=line />
        }
    })
}

#[component]
pub fn BarsView(bars: Vec<Bar>) -> impl IntoView {
    let rows: Vec<_> = bars
        .into_iter()
        .map(|bar| {
            let hidden = bar.percent.is_none();
            view! {
                <li class="row">
                    <span class="row-label" aria-hidden="true">{bar.label.clone()}</span>
                    <span class="row-figure" class:hidden-figure=hidden aria-hidden="true">
                        {bar.figure.clone()}
                    </span>
                    <Mark bar />
                </li>
            }
        })
        .collect();
    view! { <ul class="rows">{rows}</ul> }
}

//! Shares as bars: single and multiple choice, numbers in bands.

use leptos::prelude::*;
use partake_core::{
    disclosure::{Planned, PlannedCell, Table},
    instrument::{Choice, ChoiceList, Instrument, Kind, Question},
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

/// Bars of one table. Options without an order of their own stand by size, the largest first; their
/// tail stays last, and before it stands what is hidden. All others stay as they were asked.
pub(super) fn bars(
    source: &Source<'_>,
    question: &Question,
    planned: &Planned,
    table: &Table,
) -> Vec<Bar> {
    let mut bars: Vec<_> = planned
        .cells
        .iter()
        .filter_map(|cell| Some((cell.code.as_str(), bar(source, cell, table)?)))
        .collect();
    if let Kind::Single(list) | Kind::Multiple(list) = &question.kind
        && nominal(list)
    {
        let place = |(code, bar): &(&str, Bar)| {
            let tail = tail(source.instrument, list, code);
            let size = if tail {
                0.0
            } else {
                bar.percent.unwrap_or(-1.0)
            };
            (tail, size)
        };
        bars.sort_by(|a, b| {
            let (a, b) = (place(a), place(b));
            a.0.cmp(&b.0).then(b.1.total_cmp(&a.1))
        });
    }
    bars.into_iter().map(|(_, bar)| bar).collect()
}

/// Whether the options of a list have no order of their own. They have one when they carry values,
/// when they are shown forwards or backwards but not mixed, and when they are bands: the codes of all
/// that are an answer of the same sort end in numbers, and some in two bounds, as in `a18_24`.
fn nominal(list: &ChoiceList) -> bool {
    let valued = list.options.iter().any(|option| option.value.is_some());
    list.flip_with.is_none() && !valued && !bands(list)
}

fn bands(list: &ChoiceList) -> bool {
    let number = |end: &str| end.ends_with(|c: char| c.is_ascii_digit());
    let two = |code: &str| code.rsplit('_').take(2).filter(|end| number(end)).count() == 2;
    let mut alike = list.options.iter().filter(|option| !apart(option));
    alike.clone().any(|option| two(&option.code)) && alike.all(|option| number(&option.code))
}

/// What is no answer of the same sort as the others.
fn apart(option: &Choice) -> bool {
    option.missing.is_some() || option.exclusive || option.text_max.is_some()
}

/// Whether an option stands at the end whatever its size.
fn tail(instrument: &Instrument, list: &ChoiceList, code: &str) -> bool {
    let kept = |list: &ChoiceList| list.keep_last.iter().any(|kept| kept == code);
    // Options that are taken from an earlier question keep the tail they have there.
    let earlier = list
        .only_chosen_in
        .as_deref()
        .and_then(|id| instrument.question(id));
    let kept_there = earlier.is_some_and(|question| match &question.kind {
        Kind::Single(list) | Kind::Multiple(list) => kept(list),
        _ => false,
    });
    let option = list.options.iter().find(|option| option.code == code);
    kept(list) || kept_there || option.is_some_and(apart) || code == "other"
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

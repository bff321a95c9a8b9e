//! A slider's answers in ten bands, with the band of the median marked.

use leptos::prelude::*;
use partake_core::{
    disclosure::{Planned, Table, median_band, quartile_band},
    instrument::Slider,
};

use super::{
    bars::{Bar, bar},
    numbers::{between, coordinate, joined},
    source::Source,
};
use crate::i18n::{t, t_with};

/// The distribution of one slider.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    pub bands: Vec<Bar>,
    /// Share at which a column is as tall as the chart: the most that any can be.
    pub tallest: f64,
    /// First and last band in which the median can lie.
    pub median: Option<(usize, usize)>,
    pub median_text: String,
    /// Between which bands the middle half lies.
    pub spread: Option<String>,
    pub low: String,
    pub high: String,
    /// Answers beside the scale.
    pub missing: Vec<Bar>,
    /// The distribution in a sentence.
    pub summary: String,
}

pub(super) fn strip(
    source: &Source<'_>,
    slider: &Slider,
    planned: &Planned,
    table: &Table,
) -> Strip {
    let (missing, bands): (Vec<_>, Vec<_>) = planned.cells.iter().partition(|cell| cell.missing);
    let codes: Vec<_> = bands.iter().map(|c| c.code.as_str()).collect();
    let median = median_band(table, &codes, &source.parameters);
    let label = |i: usize| {
        bands
            .get(i)
            .map(|c| source.text(&c.label))
            .unwrap_or_default()
    };
    let median_text = match median {
        Some(m) if m.low == m.high => t_with(
            source.lang,
            "results-median",
            &[("band", label(m.low).into())],
        ),
        Some(m) => t_with(
            source.lang,
            "results-median-between",
            &[("low", label(m.low).into()), ("high", label(m.high).into())],
        ),
        None => t(source.lang, "results-median-unknown"),
    };
    let quarter = |q| quartile_band(table, &codes, q, &source.parameters);
    let spread = quarter(1).zip(quarter(3)).map(|(first, third)| {
        let outer = |i: usize| bands.get(i).map(|c| c.code.as_str()).unwrap_or_default();
        let (from, _) = outer(first.low).split_once('_').unwrap_or_default();
        let (_, to) = outer(third.high).split_once('_').unwrap_or_default();
        t_with(
            source.lang,
            "charts-spread",
            &[
                ("low", from.to_owned().into()),
                ("high", to.to_owned().into()),
            ],
        )
    });
    let of = |cells: &[&partake_core::disclosure::PlannedCell]| {
        cells
            .iter()
            .filter_map(|cell| bar(source, cell, table))
            .collect::<Vec<_>>()
    };
    let bands = of(&bands);
    let list: Vec<_> = bands
        .iter()
        .map(|b| {
            let interval = b.interval.map(|i| format!(" ({})", between(i)));
            format!("{} {}{}", b.label, b.figure, interval.unwrap_or_default())
        })
        .collect();
    let summary = t_with(
        source.lang,
        "results-detail-list",
        &[
            ("label", median_text.clone().into()),
            ("list", joined(source.lang, &list).into()),
        ],
    );
    Strip {
        tallest: bands
            .iter()
            .filter_map(|b| Some(b.interval?.1))
            .fold(1.0, f64::max),
        bands,
        median: median.map(|m| (m.low, m.high)),
        median_text,
        spread,
        low: source.text(&slider.low),
        high: source.text(&slider.high),
        missing: of(&missing),
        summary,
    }
}

#[component]
pub fn StripView(strip: Strip) -> impl IntoView {
    let count = strip.bands.len();
    let columns: Vec<_> = strip
        .bands
        .iter()
        .enumerate()
        .map(|(i, band)| {
            let in_median = strip
                .median
                .is_some_and(|(low, high)| (low..=high).contains(&i));
            let height = band.percent.unwrap_or(0.0) / strip.tallest * 40.0;
            let class = if in_median { "mark median" } else { "mark" };
            let at = |percent: f64| coordinate(42.0 - percent / strip.tallest * 40.0);
            let whisker = band.interval.map(|(low, high)| {
                let line = format!("M{} {}V{}", i * 10 + 5, at(low), at(high));
                view! {
                    <path class="whisker-ground" d=line.clone() />
                    <path class="whisker" d=line />
                }
            });
            view! {
                <g data-detail=band.detail.clone()>
                    <rect class="catch" x=i * 10 y="0" width="10" height="42" />
                    <rect
                        class=class
                        x=coordinate(f64::from(u32::try_from(i).unwrap_or(0)) * 10.0 + 0.6)
                        y=coordinate(42.0 - height)
                        width="8.8"
                        height=coordinate(height)
                    />
                    {whisker}
                </g>
            }
        })
        .collect();
    // Under the columns in which the median can lie.
    let median = strip.median.map(|(low, high)| {
        view! { <path class="median-reach" d=format!("M{} 44.5H{}", low * 10 + 1, high * 10 + 9) /> }
    });
    let figures: Vec<_> = strip
        .bands
        .iter()
        .map(|band| {
            let text = band
                .percent
                .map_or_else(|| "·".to_owned(), |p| format!("{p:.0}"));
            view! { <span>{text}</span> }
        })
        .collect();
    let missing: Vec<_> = strip
        .missing
        .iter()
        .map(|bar| view! { <span>{format!("{} {}", bar.label, bar.figure)}</span> })
        .collect();
    view! {
        <div class="strip">
            <p class="median-text">
                {strip.median_text}
                {strip.spread.map(|spread| view! { <span class="spread">{spread}</span> })}
            </p>
            <svg
                class="columns"
                viewBox=format!("0 0 {} 46", count * 10)
                preserveAspectRatio="none"
                role="img"
                aria-label=strip.summary
            >
                {columns}
                <path class="floor" d=format!("M0 42H{}", count * 10) />
                {median}
            </svg>
            <div class="column-figures" aria-hidden="true">{figures}</div>
            <div class="ends">
                <span>{strip.low}</span>
                <span>{strip.high}</span>
            </div>
            <p class="beside">{missing}</p>
        </div>
    }
}

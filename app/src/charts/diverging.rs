//! Rows of one scale as bars that part in the middle.

use leptos::prelude::*;
use partake_core::{
    disclosure::{Planned, Table},
    instrument::Matrix,
};

use super::{
    numbers::{coordinate, joined, percent},
    source::{Known, Source},
    withheld,
};
use crate::i18n::t_with;

/// Steps of the colour scale.
const STEPS: usize = 5;

/// All rows of a matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Diverging {
    /// Scale points with the step of the colour scale they are drawn in.
    pub legend: Vec<(usize, String)>,
    pub rows: Vec<DivergingRow>,
    /// How far the scale reaches to either side of the middle: as far as the longest side or its
    /// interval, so that nothing leaves its frame.
    pub reach: f64,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct DivergingRow {
    pub label: String,
    /// Below the middle and above it; `None` when a part of it is hidden.
    pub below: Option<Side>,
    pub above: Option<Side>,
    /// Segments from left to right.
    pub segments: Vec<Segment>,
    /// Why nothing is drawn, when the row is withheld.
    pub withheld: Option<String>,
    /// The shares in a sentence.
    pub summary: String,
}

/// What lies on one side of the middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    pub figure: String,
    /// Where its outer end can lie, from left to right.
    pub interval: (f64, f64),
    /// Share and interval in a sentence.
    pub detail: String,
}

/// One segment; positions are in per cent of the base, 0 is the middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    pub step: usize,
    pub from: f64,
    pub width: f64,
    pub detail: String,
}

pub(super) fn diverging(
    source: &Source<'_>,
    matrix: &Matrix,
    tables: &[(&Planned, &Table)],
) -> Diverging {
    let points: Vec<_> = matrix
        .scale
        .iter()
        .filter(|c| c.missing.is_none())
        .collect();
    let step = |i: usize| {
        (i * (STEPS - 1))
            .checked_div(points.len().saturating_sub(1))
            .unwrap_or(0)
            + 1
    };
    let legend = points
        .iter()
        .enumerate()
        .map(|(i, p)| (step(i), source.text(&p.label)))
        .collect();
    let rows = tables
        .iter()
        .filter(|(planned, _)| {
            // The attention row is a check of the page, not a question; its table is published.
            !matrix
                .rows
                .iter()
                .any(|r| r.expected.is_some() && Some(&r.code) == planned.row.as_ref())
        })
        .map(|(planned, table)| {
            row(
                source,
                &points.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(),
                &step,
                planned,
                table,
            )
        })
        .collect();
    let mut chart = Diverging {
        legend,
        rows,
        reach: 1.0,
    };
    chart.reach = chart.needed();
    chart
}

impl Diverging {
    fn needed(&self) -> f64 {
        let segments = self.rows.iter().flat_map(|row| &row.segments);
        let sides = self.rows.iter().flat_map(|row| [&row.below, &row.above]);
        segments
            .flat_map(|s| [s.from, s.from + s.width])
            .chain(
                sides
                    .flatten()
                    .flat_map(|side| [side.interval.0, side.interval.1]),
            )
            .map(f64::abs)
            .fold(1.0, f64::max)
    }
}

/// The scale points below the middle, and those above it.
pub(super) fn sides(points: &[&str]) -> [std::ops::Range<usize>; 2] {
    let middle = points.len() / 2;
    [0..middle, points.len() - middle..points.len()]
}

/// The share of the points on one side of the middle together.
pub(super) fn side(
    source: &Source<'_>,
    points: &[&str],
    side: std::ops::Range<usize>,
    table: &Table,
) -> Option<Known> {
    let cells: Vec<_> = points
        .get(side)?
        .iter()
        .map(|code| table.cell(code))
        .collect::<Option<_>>()?;
    source.known(table, &cells)
}

fn row(
    source: &Source<'_>,
    points: &[&str],
    step: &impl Fn(usize) -> usize,
    planned: &Planned,
    table: &Table,
) -> DivergingRow {
    let label = planned
        .row_label
        .as_ref()
        .map(|l| source.text(l))
        .unwrap_or_default();
    let shares: Vec<Option<f64>> = points
        .iter()
        .map(|code| {
            table
                .cell(code)
                .and_then(|c| source.share(table, c))
                .map(|s| s.percent)
        })
        .collect();
    let middle = points.len() / 2;
    let odd = points.len() % 2 == 1;
    let known = |i: usize| shares.get(i).copied().flatten().unwrap_or(0.0);
    let left: f64 =
        (0..middle).map(known).sum::<f64>() + if odd { known(middle) / 2.0 } else { 0.0 };
    let mut from = -left;
    let mut segments = Vec::new();
    for (i, code) in points.iter().enumerate() {
        let Some(width) = shares.get(i).copied().flatten() else {
            continue;
        };
        let Some(cell) = table.cell(code) else {
            continue;
        };
        let point = planned
            .cells
            .iter()
            .find(|c| c.code == *code)
            .map(|c| source.text(&c.label))
            .unwrap_or_default();
        let name = match source.lang {
            partake_core::lang::Lang::Zh => format!("{label}，{point}"),
            partake_core::lang::Lang::En => format!("{label}, {point}"),
        };
        segments.push(Segment {
            step: step(i),
            from,
            width,
            detail: source.detail(&name, table, cell),
        });
        from += width;
    }
    let inner = if odd { known(middle) / 2.0 } else { 0.0 };
    let side = |range, key, outward: f64| {
        let known = side(source, points, range, table)?;
        let (low, high) = known.interval;
        let ends = (outward * (inner + low), outward * (inner + high));
        Some(Side {
            figure: percent(known.percent),
            interval: (ends.0.min(ends.1), ends.0.max(ends.1)),
            detail: t_with(
                source.lang,
                key,
                &[
                    ("label", label.clone().into()),
                    ("share", percent(known.percent).into()),
                    ("low", percent(low).into()),
                    ("high", percent(high).into()),
                ],
            ),
        })
    };
    let [lower, upper] = sides(points);
    let below = side(lower, "results-side-below", -1.0);
    let above = side(upper, "results-side-above", 1.0);
    let withheld = withheld::whole(source.lang, table);
    let summary = match &withheld {
        Some(why) => t_with(
            source.lang,
            "results-detail-hidden",
            &[("label", label.clone().into()), ("why", why.clone().into())],
        ),
        None => {
            let list: Vec<_> = planned
                .cells
                .iter()
                .filter_map(|c| {
                    let cell = table.cell(&c.code)?;
                    Some(format!(
                        "{} {}",
                        source.text(&c.label),
                        source.share_text(table, cell)
                    ))
                })
                .collect();
            let list = t_with(
                source.lang,
                "results-detail-list",
                &[
                    ("label", label.clone().into()),
                    ("list", joined(source.lang, &list).into()),
                ],
            );
            let sides = [&below, &above].into_iter().flatten();
            std::iter::once(list)
                .chain(sides.map(|side| side.detail.clone()))
                .collect::<Vec<_>>()
                .join(match source.lang {
                    partake_core::lang::Lang::Zh => "。",
                    partake_core::lang::Lang::En => ". ",
                })
        }
    };
    DivergingRow {
        label,
        below,
        above,
        segments,
        withheld,
        summary,
    }
}

/// Names of the colours.
#[component]
pub fn Legend(entries: Vec<(usize, String)>) -> impl IntoView {
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(step, label)| {
            view! {
                <li>
                    <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
                        <rect class=format!("lik-{step}") width="10" height="10" />
                    </svg>
                    {label}
                </li>
            }
        })
        .collect();
    view! { <ul class="legend">{entries}</ul> }
}

#[component]
pub fn DivergingView(chart: Diverging) -> impl IntoView {
    let reach = chart.reach;
    let rows: Vec<_> = chart
        .rows
        .into_iter()
        .map(|row| row_view(row, reach))
        .collect();
    view! {
        <Legend entries=chart.legend />
        <ul class="rows">{rows}</ul>
    }
}

fn side_view(side: &Option<Side>) -> impl IntoView + use<> {
    let figure = side
        .as_ref()
        .map_or_else(|| "·".to_owned(), |s| s.figure.clone());
    let detail = side.as_ref().map(|s| s.detail.clone());
    view! {
        <span class="side" aria-hidden="true" data-detail=detail>
            {figure}
        </span>
    }
}

fn row_view(row: DivergingRow, reach: f64) -> impl IntoView {
    let whiskers = [&row.below, &row.above]
        .map(|side| super::bars::whisker(side.as_ref().map(|s| s.interval)));
    let [below, above] = [&row.below, &row.above].map(side_view);
    let segments: Vec<_> = row
        .segments
        .into_iter()
        .map(|segment| {
            view! {
                <rect
                    class=format!("segment lik-{}", segment.step)
                    x=coordinate(segment.from)
                    y="0"
                    width=coordinate(segment.width)
                    height="10"
                    data-detail=segment.detail
                />
            }
        })
        .collect();
    let drawing = row.withheld.is_none().then(|| {
        view! {
            <div class="sided">
                {below}
                <svg
                    class="row-marks"
                    viewBox=format!("{} 0 {} 10", coordinate(-reach), coordinate(reach * 2.0))
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=row.summary
                >
                    {segments}
                    <path class="middle" d="M0 -1V11" />
                    {whiskers}
                </svg>
                {above}
            </div>
        }
    });
    let label_hidden = drawing.is_some().then_some("true");
    view! {
        <li class="row wide">
            <span class="row-label" aria-hidden=label_hidden>{row.label}</span>
            {row.withheld.map(|why| view! { <span class="row-figure hidden-figure">{why}</span> })}
            {drawing}
        </li>
    }
}

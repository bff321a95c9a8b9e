//! A share in each arm of an experiment whose levels are numbers, as a curve.

use leptos::prelude::*;
use partake_core::{
    disclosure::{arm_shares, index_sources},
    instrument::{Factor, Measure, Question},
};

use super::{
    experiments::arm_label,
    numbers::{coordinate, percent},
    source::Source,
};
use crate::i18n::t_with;

/// Width and height of the drawing, and where its floor is; it keeps its aspect, because its labels
/// stand where its points do.
const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 190.0;
const FLOOR: f64 = 150.0;

/// A curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What the height is.
    pub caption: String,
    pub points: Vec<Point>,
    pub summary: String,
}

/// One arm.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Place from left to right, 0 to 1.
    pub place: f64,
    pub label: String,
    pub figure: String,
    pub value: f64,
    pub interval: (f64, f64),
    pub detail: String,
}

/// The curve of an experiment on this question, when the instrument declares which index is to be
/// read from it.
pub(super) fn curve(source: &Source<'_>, factor: &Factor, question: &Question) -> Option<Curve> {
    let index = source
        .instrument
        .hypotheses
        .iter()
        .find_map(|h| match &h.measure {
            Some(Measure::Trend { index, factor: by }) if *by == factor.id => Some(index),
            _ => None,
        })?;
    let derived = source.instrument.derived(index)?;
    let reads = index_sources(source.instrument, derived);
    if reads.iter().all(|(id, _)| *id != question.id) {
        return None;
    }
    let arms = arm_shares(
        source.instrument,
        source.aggregates,
        &source.parameters,
        index,
        &factor.id,
    )?;
    let levels: Vec<f64> = arms
        .iter()
        .map(|(level, _)| level.parse().ok())
        .collect::<Option<_>>()?;
    let (first, last) = (*levels.first()?, *levels.last()?);
    let points: Vec<_> = arms
        .iter()
        .zip(&levels)
        .map(|((level, share), at)| {
            let label = arm_label(source, factor, question, level);
            let interval = (
                share.interval.low.clamp(0.0, 100.0),
                share.interval.high.clamp(0.0, 100.0),
            );
            let detail = t_with(
                source.lang,
                "charts-arm-detail",
                &[
                    ("label", label.clone().into()),
                    ("share", percent(share.value).into()),
                    ("low", percent(interval.0).into()),
                    ("high", percent(interval.1).into()),
                    ("n", super::grouped(share.n).into()),
                ],
            );
            Point {
                place: (at - first) / (last - first).max(f64::EPSILON),
                figure: percent(share.value),
                label,
                value: share.value,
                interval,
                detail,
            }
        })
        .collect();
    let summary: Vec<_> = points.iter().map(|p| p.detail.clone()).collect();
    Some(Curve {
        caption: source.text(&derived.label),
        summary: summary.join(" "),
        points,
    })
}

/// Where a point stands in the drawing.
fn x(place: f64) -> f64 {
    WIDTH * (0.1 + 0.76 * place)
}

fn y(share: f64) -> f64 {
    FLOOR - share / 100.0 * (FLOOR - 10.0)
}

#[component]
pub fn CurveView(curve: Curve) -> impl IntoView {
    let line: String = curve
        .points
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let to = if i == 0 { 'M' } else { 'L' };
            format!("{to}{} {}", coordinate(x(p.place)), coordinate(y(p.value)))
        })
        .collect();
    let marks: Vec<_> = curve
        .points
        .iter()
        .map(|p| {
            let at = coordinate(x(p.place));
            let whisker = format!(
                "M{at} {}V{}",
                coordinate(y(p.interval.1)),
                coordinate(y(p.interval.0))
            );
            let beside = coordinate(x(p.place) + 9.0);
            view! {
                <g data-detail=p.detail.clone()>
                    <path class="whisker" d=whisker />
                    <circle class="point" cx=at.clone() cy=coordinate(y(p.value)) r="4.5" />
                    <text class="value" x=beside y=coordinate(y(p.value) - 7.0)>
                        {p.figure.clone()}
                    </text>
                    <text class="arm" x=at y=coordinate(FLOOR + 20.0) text-anchor="middle">
                        {p.label.clone()}
                    </text>
                </g>
            }
        })
        .collect();
    let half = coordinate(y(50.0));
    view! {
        <div class="curve">
            <p class="median-text">{curve.caption}</p>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=curve.summary>
                <path class="middle dashed" d=format!("M0 {half}H{WIDTH}") />
                <text class="arm" x="0" y=coordinate(y(50.0) - 5.0)>
                    "50%"
                </text>
                <path class="floor" d=format!("M0 {FLOOR}H{WIDTH}") />
                <path class="line" d=line />
                {marks}
            </svg>
        </div>
    }
}

//! Best-worst scores: how much more often an item was chosen as best than as worst.

use leptos::prelude::*;
use partake_core::disclosure::{Planned, Table, TableKind, item_scores, score};

use super::{
    numbers::{coordinate, signed},
    source::Source,
};
use crate::i18n::{t, t_with};

/// The scores of one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Highest first.
    pub rows: Vec<Score>,
    /// How far the scale reaches to either side of nought.
    pub reach: f64,
}

/// One item's score.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    pub code: String,
    pub label: String,
    pub figure: String,
    /// Bounds from -100 to 100; they differ where a count is hidden.
    pub bounds: Option<(f64, f64)>,
    /// The same, widened by chance.
    pub interval: Option<(f64, f64)>,
    pub detail: String,
}

pub(super) fn scores(source: &Source<'_>, tables: &[(&Planned, &Table)]) -> Scores {
    let rows = rows(source, tables);
    let farthest = rows
        .iter()
        .filter_map(|s| s.interval.or(s.bounds))
        .flat_map(|(low, high)| [low.abs(), high.abs()])
        .fold(10.0, f64::max);
    Scores {
        rows,
        reach: farthest * 1.1,
    }
}

fn rows(source: &Source<'_>, tables: &[(&Planned, &Table)]) -> Vec<Score> {
    let find = |kind| tables.iter().find(|(planned, _)| planned.kind == kind);
    let (Some((planned, best)), Some((_, worst)), Some((_, shown))) = (
        find(TableKind::Best),
        find(TableKind::Worst),
        find(TableKind::Shown),
    ) else {
        return vec![];
    };
    let known =
        item_scores(source.aggregates, &source.parameters, &planned.question).unwrap_or_default();
    let mut scores: Vec<_> = planned
        .cells
        .iter()
        .filter_map(|cell| {
            let (b, w, s) = (
                best.cell(&cell.code)?,
                worst.cell(&cell.code)?,
                shown.cell(&cell.code)?,
            );
            let label = source.text(&cell.label);
            let bounds = score(b, w, s, &source.parameters).map(|i| (i.low, i.high));
            let interval = known
                .iter()
                .find(|(code, _)| *code == cell.code)
                .map(|(_, figure)| (figure.interval.low, figure.interval.high));
            let figure = match bounds {
                None => t(source.lang, "results-withheld"),
                Some((low, high)) if signed(low) == signed(high) => signed(low),
                Some((low, high)) => t_with(
                    source.lang,
                    "results-score-between",
                    &[("low", signed(low).into()), ("high", signed(high).into())],
                ),
            };
            let detail = t_with(
                source.lang,
                "results-score-detail",
                &[
                    ("label", label.clone().into()),
                    ("score", figure.clone().into()),
                    ("best", source.count_text(b).into()),
                    ("worst", source.count_text(w).into()),
                    ("shown", source.count_text(s).into()),
                ],
            );
            Some(Score {
                code: cell.code.clone(),
                label,
                figure,
                bounds,
                interval,
                detail,
            })
        })
        .collect();
    let middle = |s: &Score| {
        s.bounds
            .map_or(f64::NEG_INFINITY, |(low, high)| low.midpoint(high))
    };
    scores.sort_by(|a, b| middle(b).total_cmp(&middle(a)));
    scores
}

#[component]
pub fn ScoresView(scores: Scores) -> impl IntoView {
    let Scores { rows, reach } = scores;
    let rows: Vec<_> = rows
        .into_iter()
        .map(|score| {
            let drawn = score.bounds.map(|(low, high)| {
                let (low, high) = (coordinate(low), coordinate(high));
                let stem = format!("M0 5H{}", if low == high { &low } else { &high });
                // A line of no length with round ends stays a dot however the drawing stretches.
                view! {
                    <path class="stem" d=stem />
                    {super::bars::whisker(score.interval)}
                    <path class="dot" d=format!("M{low} 5H{high}") />
                }
            });
            view! {
                <li class="row">
                    <span class="row-label" aria-hidden="true">{score.label}</span>
                    <span class="row-figure" aria-hidden="true">{score.figure}</span>
                    <svg
                        class="row-marks dots"
                        viewBox=format!("{} 0 {} 10", coordinate(-reach), coordinate(reach * 2.0))
                        preserveAspectRatio="none"
                        role="img"
                        aria-label=score.detail.clone()
                        data-detail=score.detail
                    >
                        <path class="middle" d="M0 -1V11" />
                        {drawn}
                    </svg>
                </li>
            }
        })
        .collect();
    view! { <ul class="rows">{rows}</ul> }
}

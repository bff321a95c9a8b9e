//! Rankings: how often an option came first, within how often it got any place.

use leptos::prelude::*;
use partake_core::disclosure::{Planned, Table, TableKind};

use super::{
    numbers::{coordinate, percent},
    source::Source,
};
use crate::i18n::t_with;

/// One option.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub label: String,
    pub first: Option<f64>,
    pub top: Option<f64>,
    /// Where the share with any place can lie.
    pub interval: Option<(f64, f64)>,
    pub figure: String,
    pub detail: String,
}

pub(super) fn places(source: &Source<'_>, tables: &[(&Planned, &Table)]) -> Vec<Place> {
    let find = |kind| tables.iter().find(|(planned, _)| planned.kind == kind);
    let (Some((planned, first)), Some((_, top))) =
        (find(TableKind::FirstPlace), find(TableKind::InTop))
    else {
        return vec![];
    };
    let mut places: Vec<_> = planned
        .cells
        .iter()
        .filter_map(|cell| {
            let (f, t) = (first.cell(&cell.code)?, top.cell(&cell.code)?);
            let label = source.text(&cell.label);
            let share = |table, cell| source.share(table, cell).map(|s| s.percent);
            let top_share = share(top, t);
            let detail = t_with(
                source.lang,
                "results-place-detail",
                &[
                    ("label", label.clone().into()),
                    ("first", source.cell_text(first, f).into()),
                    ("top", source.cell_text(top, t).into()),
                    ("firstcount", source.count_text(f).into()),
                    ("topcount", source.count_text(t).into()),
                ],
            );
            Some(Place {
                label,
                first: share(first, f),
                top: top_share,
                interval: source.interval(top, t),
                figure: top_share.map_or_else(|| source.hidden(t), percent),
                detail,
            })
        })
        .collect();
    places.sort_by(|a, b| b.top.unwrap_or(-1.0).total_cmp(&a.top.unwrap_or(-1.0)));
    places
}

#[component]
pub fn PlacesView(places: Vec<Place>, first: String, top: String) -> impl IntoView {
    let rows: Vec<_> = places
        .into_iter()
        .map(|place| {
            let rect = |class: &'static str, share: Option<f64>| {
                share.map(|p| {
                    view! { <rect class=class x="0" y="0" width=coordinate(p) height="10" /> }
                })
            };
            view! {
                <li class="row">
                    <span class="row-label" aria-hidden="true">{place.label}</span>
                    <span class="row-figure" aria-hidden="true">{place.figure}</span>
                    <svg
                        class="row-marks"
                        viewBox="0 0 100 10"
                        preserveAspectRatio="none"
                        role="img"
                        aria-label=place.detail.clone()
                        data-detail=place.detail
                    >
                        <rect class="track" x="0" y="0" width="100" height="10" />
                        {rect("segment lik-4", place.top)}
                        {rect("segment lik-5", place.first)}
                        {super::bars::whisker(place.interval)}
                    </svg>
                </li>
            }
        })
        .collect();
    view! {
        <super::diverging::Legend entries=vec![(5, first), (4, top)] />
        <ul class="rows">{rows}</ul>
    }
}

//! Each index with its rule and its figure.

use partake_core::{
    disclosure::{IndexFigure, IndexForm, index_figure, index_form},
    instrument::Derived,
};

use super::{
    super::source::Source,
    Index,
    rule::{rule, sources},
    units::{Unit, said, unit_of, written},
};
use crate::i18n::{t, t_with};

pub(super) fn index(source: &Source<'_>, derived: &Derived) -> Option<Index> {
    let form = index_form(source.instrument, derived);
    if form == IndexForm::Apart {
        return None;
    }
    let found = index_figure(
        source.instrument,
        source.aggregates,
        derived,
        &source.parameters,
    );
    let (low, high) = match (&form, derived.range) {
        (_, Some(range)) => range,
        (_, None) => (0.0, 100.0),
    };
    let unit = match found {
        Some(IndexFigure::Share(_)) => Unit::Percent,
        _ => unit_of(source, &derived.id),
    };
    let label = source.text(&derived.label);
    let place = |value: f64| ((value - low) / (high - low) * 100.0).clamp(0.0, 100.0);
    let published = match form {
        IndexForm::Bands { .. } => "charts-index-bands",
        IndexForm::Count { .. } => "charts-index-count",
        _ => "charts-index-table",
    };
    Some(Index {
        id: format!("index-{}", derived.id),
        figure: found.map_or_else(
            || t(source.lang, "charts-verdict-few"),
            |f| written(f.figure().value, unit),
        ),
        detail: found.map_or_else(
            || t(source.lang, "charts-index-few"),
            |f| said(source, &label, f.figure(), unit),
        ),
        marks: found.map(|f| {
            let figure = f.figure();
            let (from, to) = (figure.interval.low, figure.interval.high);
            (place(figure.value), (place(from), place(to)))
        }),
        zero: (low < 0.0 && high > 0.0).then(|| place(0.0)),
        rule: rule(source, derived),
        published: t_with(
            source.lang,
            published,
            &[
                ("low", written(low, Unit::Whole).into()),
                ("high", written(high, Unit::Whole).into()),
            ],
        ),
        label,
        sources: sources(source, derived),
    })
}

//! Each index with its rule and its figure.

use partake_core::{
    disclosure::{IndexFigure, IndexForm, index_figure, index_form, index_sources},
    instrument::Derived,
};

use super::{
    super::source::Source,
    Index,
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
    let rule = match form {
        IndexForm::Bands { .. } => "charts-index-bands",
        IndexForm::Count { .. } => "charts-index-count",
        _ => "charts-index-table",
    };
    let sources = sources(source, derived);
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
        rule: t_with(
            source.lang,
            rule,
            &[
                ("low", written(low, Unit::Whole).into()),
                ("high", written(high, Unit::Whole).into()),
            ],
        ),
        label,
        sources,
    })
}

/// The charts that an index reads.
fn sources(source: &Source<'_>, derived: &Derived) -> Vec<(String, String)> {
    let mut questions: Vec<String> = index_sources(source.instrument, derived)
        .into_iter()
        .map(|(question, _)| question)
        .collect();
    questions.dedup();
    questions
        .into_iter()
        .filter_map(|id| {
            let question = source.instrument.question(&id)?;
            Some((source.text(&question.title), format!("#{id}")))
        })
        .collect()
}

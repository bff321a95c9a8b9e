//! Figures as they are written: with no more digits than their scale bears.

use partake_core::disclosure::{Figure, Interval};

use super::super::{numbers::grouped, source::Source};
use crate::i18n::t_with;

/// How many digits a figure carries: no more than its scale bears.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Unit {
    Percent,
    Whole,
    Fine,
    Correlation,
}

pub(super) fn unit_of(source: &Source<'_>, index: &str) -> Unit {
    let range = source.instrument.derived(index).and_then(|d| d.range);
    match range {
        Some((low, high)) if high - low <= 10.0 => Unit::Fine,
        _ => Unit::Whole,
    }
}

pub(super) fn written(value: f64, unit: Unit) -> String {
    let text = match unit {
        Unit::Percent => format!("{:.0}%", value.clamp(-100.0, 100.0)),
        Unit::Whole => format!("{value:.0}"),
        Unit::Fine => format!("{value:.1}"),
        Unit::Correlation => format!("{value:.2}"),
    };
    let zero = text.trim_end_matches('%').parse() == Ok(0.0_f64);
    if zero {
        text.replace('-', "")
    } else {
        text.replace('-', "−")
    }
}

pub(super) fn span(interval: &Interval, unit: Unit) -> [(&'static str, String); 2] {
    [
        ("low", written(interval.low, unit)),
        ("high", written(interval.high, unit)),
    ]
}

/// A figure in a sentence.
pub(super) fn said(source: &Source<'_>, label: &str, figure: &Figure, unit: Unit) -> String {
    t_with(
        source.lang,
        "charts-figure",
        &[
            ("label", label.to_owned().into()),
            ("value", written(figure.value, unit).into()),
            ("low", written(figure.interval.low, unit).into()),
            ("high", written(figure.interval.high, unit).into()),
            ("n", grouped(figure.n).into()),
        ],
    )
}

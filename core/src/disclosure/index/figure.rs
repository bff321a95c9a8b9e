//! Means and shares of an index, from published tables alone.

use super::{IndexForm, bands, index_form};
use crate::{
    disclosure::{
        Aggregates, Interval, Parameters, Status, Sum, Table,
        bands::of_slider,
        statistics::{Z, reach, real, share},
    },
    instrument::{Derived, Instrument, Kind, Question},
};

/// A figure with what is known of its precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The best single value.
    pub value: f64,
    /// Where the exact figure of these respondents can lie, given rounding, bands and hidden
    /// counts.
    pub certain: Interval,
    /// The same, widened by the chance (95 %) of a random sample of that size.
    pub interval: Interval,
    /// Standard deviation of single answers, as far as it is known.
    pub deviation: f64,
    /// People.
    pub n: u64,
}

/// What a release says of an index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum IndexFigure {
    /// Share for whom it is true, in per cent.
    Share(Figure),
    /// Its mean.
    Mean(Figure),
}

impl IndexFigure {
    /// The figure itself.
    #[must_use]
    pub const fn figure(&self) -> &Figure {
        match self {
            Self::Share(figure) | Self::Mean(figure) => figure,
        }
    }
}

/// What the published tables say of an index; `None` when they do not say enough.
#[must_use]
pub fn index_figure(
    instrument: &Instrument,
    aggregates: &Aggregates,
    derived: &Derived,
    rules: &Parameters,
) -> Option<IndexFigure> {
    let truth = derived.range.is_none();
    match index_form(instrument, derived) {
        IndexForm::Table { table, values } => {
            let table = aggregates.table(&table)?;
            let values: Vec<_> = values
                .into_iter()
                .map(|(code, v)| (code, Interval { low: v, high: v }))
                .collect();
            figure(table, &values, truth, rules)
        }
        IndexForm::Bands { table } => {
            let table = aggregates.table(&table)?;
            let values: Vec<_> = bands(derived)
                .into_iter()
                .map(|b| {
                    let high = b.high.unwrap_or(b.low);
                    (b.code, Interval { low: b.low, high })
                })
                .collect();
            figure(table, &values, truth, rules)
        }
        IndexForm::Count { question } => {
            counted(instrument, aggregates, &question, rules).map(IndexFigure::Mean)
        }
        IndexForm::Apart => None,
    }
}

fn figure(
    table: &Table,
    values: &[(String, Interval)],
    truth: bool,
    rules: &Parameters,
) -> Option<IndexFigure> {
    let scale = if truth { 100.0 } else { 1.0 };
    let values: Vec<_> = values
        .iter()
        .map(|(code, v)| {
            let scaled = Interval {
                low: v.low * scale,
                high: v.high * scale,
            };
            (code.clone(), scaled)
        })
        .collect();
    let mean = table_mean(table, &values, rules)?;
    Some(if truth {
        IndexFigure::Share(mean)
    } else {
        IndexFigure::Mean(mean)
    })
}

/// The mean of the scale of a question in one of its tables: of a slider by its bands, of others by
/// the values of their points.
#[must_use]
pub fn scale_mean(question: &Question, table: &Table, rules: &Parameters) -> Option<Figure> {
    let values: Vec<_> = match &question.kind {
        Kind::Slider(slider) => of_slider(slider)
            .into_iter()
            .map(|band| {
                let high = band.high.unwrap_or(slider.max);
                let value = Interval {
                    low: band.low,
                    high,
                };
                (band.code, value)
            })
            .collect(),
        _ => question
            .choices()
            .iter()
            .filter(|choice| choice.missing.is_none())
            .filter_map(|choice| {
                let value = choice.value?;
                let value = Interval {
                    low: value,
                    high: value,
                };
                Some((choice.code.clone(), value))
            })
            .collect(),
    };
    table_mean(table, &values, rules)
}

/// The mean over the cells that have a value, each of which stands for values between two bounds.
/// Hidden counts are not guessed: they widen what is certain.
#[must_use]
pub fn table_mean(
    table: &Table,
    values: &[(String, Interval)],
    rules: &Parameters,
) -> Option<Figure> {
    let base = table.base?;
    let (least, most) = rules.unround(base);
    let mut parts = vec![];
    let (mut sum, mut n) = (0.0, 0);
    let (mut beside_low, mut beside_high) = (0, 0);
    for cell in table.cells.iter().filter(|c| c.code.is_some()) {
        let (low, high) = reach(table, cell, rules);
        let value = values
            .iter()
            .find(|(code, _)| Some(code) == cell.code.as_ref());
        let Some((_, value)) = value else {
            beside_low += low;
            beside_high += high;
            continue;
        };
        let count = cell.count.unwrap_or_else(|| match cell.status {
            Status::FewerThan10 => low.midpoint(high),
            _ => 0,
        });
        let middle = value.low.midpoint(value.high);
        sum += real(count) * middle;
        n += count;
        parts.push((*value, low, high, real(count), middle));
    }
    if n == 0 || table.sum != Sum::Base {
        return None;
    }
    let value = sum / real(n);
    let total = (
        least.saturating_sub(beside_high),
        most.saturating_sub(beside_low),
    );
    let bound = |largest: bool| {
        let sign = if largest { 1.0 } else { -1.0 };
        let mut ordered: Vec<_> = parts
            .iter()
            .map(|(v, low, high, ..)| {
                let end = if largest { v.high } else { v.low };
                (sign * end, *low, *high)
            })
            .collect();
        ordered.sort_by(|a, b| b.0.total_cmp(&a.0));
        sign * greatest_mean(&ordered, total)
    };
    let certain = Interval {
        low: bound(false).min(value),
        high: bound(true).max(value),
    };
    let spread: f64 = parts
        .iter()
        .map(|(.., count, middle)| count * (middle - value).powi(2))
        .sum();
    let deviation = (spread / real(n)).sqrt();
    let chance = Z * deviation / real(n).sqrt();
    Some(Figure {
        value,
        certain,
        interval: Interval {
            low: certain.low - chance,
            high: certain.high + chance,
        },
        deviation,
        n: base,
    })
}

/// The greatest mean of people with these values (greatest first), of whom at least and at most so
/// many are in each cell and in all.
fn greatest_mean(ordered: &[(f64, u64, u64)], (least, most): (u64, u64)) -> f64 {
    let mut people: u64 = ordered.iter().map(|(_, low, _)| low).sum();
    let mut sum: f64 = ordered.iter().map(|(v, low, _)| v * real(*low)).sum();
    for &(value, low, high) in ordered {
        let room = most.saturating_sub(people).min(high - low.min(high));
        let lifts = people == 0 || value * real(people) > sum;
        let added = if lifts {
            room
        } else {
            room.min(least.saturating_sub(people))
        };
        people += added;
        sum += value * real(added);
    }
    if people == 0 { 0.0 } else { sum / real(people) }
}

/// The mean number of options chosen.
fn counted(
    instrument: &Instrument,
    aggregates: &Aggregates,
    question: &str,
    rules: &Parameters,
) -> Option<Figure> {
    let table = aggregates.table(question)?;
    let base = table.base.filter(|&b| b > 0)?;
    let asked = instrument.question(question)?;
    let (mut low, mut high, mut value, mut deviation) = (0.0, 0.0, 0.0, 0.0);
    let (mut missing_low, mut missing_high) = (0, 0);
    for cell in &table.cells {
        let choice = cell.code.as_ref().and_then(|code| asked.choice(code))?;
        let bounds = reach(table, cell, rules);
        if choice.missing.is_some() {
            missing_low += bounds.0;
            missing_high += bounds.1;
        } else if !choice.exclusive {
            low += real(bounds.0);
            high += real(bounds.1);
            value += cell
                .count
                .map_or_else(|| real(bounds.0).midpoint(real(bounds.1)), real);
            // The most that it can be when options go together.
            let p = share(table, cell, rules).map_or(0.1, |s| s.percent / 100.0);
            deviation += (p * (1.0 - p)).sqrt();
        }
    }
    let (least, most) = rules.unround(base);
    let people = (
        least.saturating_sub(missing_high).max(1),
        most.saturating_sub(missing_low).max(1),
    );
    let certain = Interval {
        low: low / real(people.1),
        high: high / real(people.0),
    };
    let chance = Z * deviation / real(base).sqrt();
    Some(Figure {
        value: (value / real(people.0.midpoint(people.1))).clamp(certain.low, certain.high),
        certain,
        interval: Interval {
            low: certain.low - chance,
            high: certain.high + chance,
        },
        deviation,
        n: base,
    })
}

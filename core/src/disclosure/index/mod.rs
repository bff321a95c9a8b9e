//! Indices that an instrument declares: what each is computed from, and in which form it is
//! published. One that reads a single question needs no table of its own; one that joins several
//! is computed for each person and counted into bands, and the bands are a table like any other.

mod figure;
mod formula;

use std::collections::BTreeSet;

use super::{Input, Planned, PlannedCell, Sum, TableKind, bands::Band, plan::tables_of};
use crate::{
    flow::{Expr, Scope},
    instrument::{ComputedValue, Derived, Instrument, Kind},
    lang::Text,
    response::{Answer, Answers, Assignment},
};

pub use figure::{Figure, IndexFigure, index_figure, scale_mean, table_mean};
pub(crate) use formula::{Formula, Given};

/// How an index is published.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexForm {
    /// Read off one published table: the value of each of its codes.
    Table {
        /// The table.
        table: String,
        /// Code and value; codes without a value are left out.
        values: Vec<(String, f64)>,
    },
    /// How many of a list a person chose: the mean is the sum of the published shares.
    Count {
        /// The question.
        question: String,
    },
    /// Counted into bands, in a table of its own.
    Bands {
        /// The table.
        table: String,
    },
    /// Not computed for single answers.
    Apart,
}

/// In which form an index is published.
#[must_use]
pub fn index_form(instrument: &Instrument, derived: &Derived) -> IndexForm {
    let Some(expr) = &derived.expr else {
        return IndexForm::Apart;
    };
    let sources = sources(instrument, expr);
    match sources.iter().collect::<Vec<_>>().as_slice() {
        [] => IndexForm::Apart,
        [(question, row)] => of_one(instrument, expr, question, row.as_deref()),
        _ => Formula::of(instrument, expr).map_or(IndexForm::Apart, |_| IndexForm::Bands {
            table: table_id(derived),
        }),
    }
}

/// The questions whose answers an index is computed from, each with its row.
#[must_use]
pub fn index_sources(instrument: &Instrument, derived: &Derived) -> Vec<(String, Option<String>)> {
    derived
        .expr
        .as_ref()
        .map(|expr| sources(instrument, expr).into_iter().collect())
        .unwrap_or_default()
}

fn table_id(derived: &Derived) -> String {
    format!("index__{}", derived.id)
}

fn of_one(instrument: &Instrument, expr: &Expr, question: &str, row: Option<&str>) -> IndexForm {
    if matches!(expr, Expr::Count(_)) {
        return IndexForm::Count {
            question: question.to_owned(),
        };
    }
    let Some(asked) = instrument.question(question) else {
        return IndexForm::Apart;
    };
    if !matches!(asked.kind, Kind::Single(_) | Kind::Matrix(_)) {
        return IndexForm::Apart;
    }
    let assignment = Assignment::new();
    let values = asked
        .choices()
        .iter()
        .filter_map(|choice| {
            let answer = match row {
                Some(row) => Answer::Rows([(row.to_owned(), choice.code.clone())].into()),
                None => Answer::Code(choice.code.clone()),
            };
            let answers: Answers = [(question.to_owned(), answer)].into_iter().collect();
            let scope = Scope::new(instrument, &assignment, &answers);
            Some((choice.code.clone(), scope.index(expr)?))
        })
        .collect();
    IndexForm::Table {
        table: row.map_or_else(|| question.to_owned(), |row| format!("{question}__{row}")),
        values,
    }
}

fn sources(instrument: &Instrument, expr: &Expr) -> BTreeSet<(String, Option<String>)> {
    let mut found = BTreeSet::new();
    walk(instrument, expr, &mut found);
    found
}

fn walk(instrument: &Instrument, expr: &Expr, found: &mut BTreeSet<(String, Option<String>)>) {
    let mut each = |parts: &[&Expr]| {
        for part in parts {
            walk(instrument, part, found);
        }
    };
    match expr {
        Expr::Number(_) | Expr::Text(_) | Expr::Factor(_) => {}
        Expr::Question(id) | Expr::Has(id, _) | Expr::Count(id) => {
            found.insert((id.clone(), None));
        }
        Expr::Cell(id, row) => {
            found.insert((id.clone(), Some(row.clone())));
        }
        Expr::Computed(id) => {
            if let Some(ComputedValue::Expr(inner)) = instrument.computed(id).map(|c| &c.value) {
                each(&[inner]);
            }
        }
        Expr::Derived(id) => {
            if let Some(inner) = instrument.derived(id).and_then(|d| d.expr.as_ref()) {
                each(&[inner]);
            }
        }
        inner => each(&inner.parts()),
    }
}

/// Bands of an index: true and false, or equal steps over its range.
pub(crate) fn bands(derived: &Derived) -> Vec<Band> {
    let Some((min, max)) = derived.range else {
        return [("no", 0.0), ("yes", 1.0)]
            .map(|(code, value)| Band {
                code: code.to_owned(),
                low: value,
                high: Some(value),
                told: (value, Some(value)),
            })
            .into();
    };
    let span = max - min;
    // A range that has a zero inside is about the sign: finer, so that the mean is known better.
    let steps = match span {
        s if s <= 4.0 => 8_u32,
        s if s <= 10.0 => 10,
        _ if min < 0.0 => 20,
        _ => 10,
    };
    let bound = |i: u32| min + span / f64::from(steps) * f64::from(i);
    (0..steps)
        .map(|i| Band {
            code: format!("{}_{}", bound(i), bound(i + 1)),
            low: bound(i),
            high: Some(bound(i + 1)),
            told: (bound(i), Some(bound(i + 1))),
        })
        .collect()
}

/// The tables of all indices that are counted into bands.
pub(super) fn planned(instrument: &Instrument) -> Vec<Planned> {
    instrument
        .derived
        .iter()
        .filter_map(|derived| table(instrument, derived))
        .collect()
}

fn table(instrument: &Instrument, derived: &Derived) -> Option<Planned> {
    let IndexForm::Bands { table } = index_form(instrument, derived) else {
        return None;
    };
    let formula = Formula::of(instrument, derived.expr.as_ref()?)?;
    let bands = bands(derived);
    let sensitive = formula
        .slots
        .iter()
        .any(|(question, _)| instrument.question(question).is_some_and(|q| q.sensitive));
    let inputs = (0..formula.slots.len())
        .filter_map(|slot| input(instrument, &formula, slot, &bands))
        .collect();
    let last = bands.len().saturating_sub(1);
    let cells = bands
        .iter()
        .enumerate()
        .map(|(i, band)| PlannedCell {
            code: band.code.clone(),
            label: label(band, derived.range.is_some(), i == last),
            missing: false,
            possible: true,
        })
        .collect();
    Some(Planned {
        id: table,
        question: derived.id.clone(),
        row: None,
        row_label: None,
        kind: TableKind::Index,
        sum: Sum::Base,
        sensitive,
        inputs,
        cells,
    })
}

fn label(band: &Band, numeric: bool, last: bool) -> Text {
    let (low, high) = (band.low, band.high.unwrap_or(band.low));
    match (numeric, last) {
        (false, false) => Text::new("否", "no"),
        (false, true) => Text::new("是", "yes"),
        (true, true) => Text::new(format!("{low} 至 {high}"), format!("{low} to {high}")),
        (true, false) => Text::new(
            format!("{low} 至不足 {high}"),
            format!("{low} to under {high}"),
        ),
    }
}

/// Which answers to one of its questions agree with which bands.
fn input(instrument: &Instrument, formula: &Formula, slot: usize, bands: &[Band]) -> Option<Input> {
    let (question, row) = formula.slots.get(slot)?;
    let asked = instrument.question(question)?;
    let planned = tables_of(asked)
        .into_iter()
        .find(|t| t.row.as_deref() == row.as_deref())?;
    let agree = |given: Given| -> Vec<bool> {
        let reach = formula.reach(slot, given);
        let last = bands.len().saturating_sub(1);
        bands
            .iter()
            .enumerate()
            .map(|(i, band)| {
                let high = band.high.unwrap_or(band.low);
                let closed = i == last || high <= band.low;
                reach.is_some_and(|(low, most)| {
                    most >= band.low && (low < high || (closed && low <= high))
                })
            })
            .collect()
    };
    Some(Input {
        table: planned.id.clone(),
        agrees: planned
            .cells
            .iter()
            .map(|cell| agree(formula::given(asked, &cell.code)))
            .collect(),
        absent: agree(Given::Missing),
    })
}

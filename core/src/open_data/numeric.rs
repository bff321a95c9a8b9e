//! The columns as numbers with labels, for programs that know their data so (SPSS, Stata).
//!
//! Codes become numbers from 1 in declared order; why there is no answer becomes a negative
//! number. A column of sets becomes one column for each option, 1 when it was chosen.

use super::{
    cells::states,
    variables::{Code, Values, Variable},
};
use crate::lang::Text;

/// A column of numbers.
#[derive(Clone, Debug)]
pub struct Numeric {
    /// Its name: the variable's, for an option of a set with `__` and the option.
    pub name: String,
    /// What it tells.
    pub label: Text,
    /// Place of its variable among all.
    pub place: usize,
    /// Numbers, the text that each stands for, and its label; those below zero say why there is no
    /// answer. A column of plain numbers has labels for these only.
    pub labels: Vec<(i32, String, Text)>,
    /// For an option of a set, its code.
    pub option: Option<String>,
    /// Numbers stand for themselves.
    pub plain: bool,
}

/// The columns, in the order of the variables.
#[must_use]
pub fn numeric_columns(variables: &[Variable]) -> Vec<Numeric> {
    let mut columns = Vec::new();
    for (place, variable) in variables.iter().enumerate() {
        let label = match &variable.part_label {
            Some(part) => joined(part, &variable.title),
            None => variable.title.clone(),
        };
        let missing = (-3..=-1).rev().zip(states());
        let missing = missing.map(|(number, state)| (number, state.code, state.label));
        match &variable.values {
            Values::Sets(options) => columns.extend(options.iter().map(|option| {
                let no = (0, String::new(), Text::new("否", "no"));
                let yes = (1, option.code.clone(), Text::new("是", "yes"));
                Numeric {
                    name: format!("{}__{}", variable.name, option.code),
                    label: joined(&option.label, &label),
                    place,
                    labels: [no, yes].into_iter().chain(missing.clone()).collect(),
                    option: Some(option.code.clone()),
                    plain: false,
                }
            })),
            values => {
                let codes = values.codes().iter().enumerate();
                let codes = codes.map(|(at, code)| {
                    let number = number(at, code);
                    (number, code.code.clone(), code.label.clone())
                });
                columns.push(Numeric {
                    name: variable.name.clone(),
                    label,
                    place,
                    labels: codes.chain(missing).collect(),
                    option: None,
                    plain: matches!(values, Values::Number { .. }),
                });
            }
        }
    }
    columns
}

/// Reasons that the instrument declares lie below those that every column knows.
fn number(at: usize, code: &Code) -> i32 {
    let place = i32::try_from(at + 1).unwrap_or(i32::MAX);
    if code.missing { -10 - place } else { place }
}

fn joined(first: &Text, second: &Text) -> Text {
    let join = |first: &Option<String>, second: &Option<String>| match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} | {second}")),
        (first, second) => first.clone().or_else(|| second.clone()),
    };
    Text {
        zh: join(&first.zh, &second.zh),
        en: join(&first.en, &second.en),
    }
}

impl Numeric {
    /// The number of a cell; a cell that cannot stand in the file counts as skipped.
    #[must_use]
    pub fn value(&self, cell: &str) -> f64 {
        let missing = |code: &str| self.labels.iter().find(|(n, c, _)| *n < 0 && c == code);
        match &self.option {
            Some(option) => match missing(cell) {
                Some((number, _, _)) => f64::from(*number),
                None => f64::from(u8::from(cell.split(';').any(|code| code == option))),
            },
            None => match self.labels.iter().find(|(_, code, _)| code == cell) {
                Some((number, _, _)) => f64::from(*number),
                None => cell.parse().unwrap_or(-1.0),
            },
        }
    }
}

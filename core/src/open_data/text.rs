//! The rows as text, one line each.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    cells::states,
    variables::{Values, Variable},
};
use crate::disclosure::{Csv, csv_field};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Codes, RFC 4180, UTF-8 without a mark: for programs.
    Csv,
    /// Labels in both languages, with the mark that spreadsheets need to read UTF-8, and with
    /// nothing that they would run as a formula.
    Spreadsheet,
    /// One JSON object a line; numbers are numbers and sets are lists.
    JsonLines,
}

/// The names of all columns: `id`, `cohort`, then the variables.
#[must_use]
pub fn header(variables: &[Variable]) -> Vec<String> {
    ["id", "cohort"]
        .into_iter()
        .chain(variables.iter().map(|v| v.name.as_str()))
        .map(str::to_owned)
        .collect()
}

/// A writer of rows. It knows each code in the form in which it is written, because a file holds
/// few codes and many rows.
#[derive(Clone, Debug)]
pub struct Lines {
    format: Format,
    columns: Vec<Column>,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    kind: Kind,
    /// Each code as it is written: alone, or among others of a set.
    known: HashMap<String, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Code,
    Set,
    Number,
}

impl Format {
    /// A writer of rows that have `variables` as their columns, after id and cohort.
    #[must_use]
    pub fn lines(self, variables: &[Variable]) -> Lines {
        let head = header(&[]).into_iter().map(|name| Column {
            name,
            kind: Kind::Text,
            known: HashMap::new(),
        });
        let columns = head
            .chain(variables.iter().map(|v| self.column(v)))
            .collect();
        Lines {
            format: self,
            columns,
        }
    }

    fn column(self, variable: &Variable) -> Column {
        let kind = match variable.values {
            Values::Codes(_) => Kind::Code,
            Values::Sets(_) => Kind::Set,
            Values::Number { .. } => Kind::Number,
        };
        let known = match self {
            Self::Csv => HashMap::new(),
            Self::Spreadsheet => variable
                .values
                .codes()
                .iter()
                .chain(&states())
                .map(|code| {
                    let label = code.label.both();
                    let written = if kind == Kind::Set {
                        label
                    } else {
                        quoted(&label)
                    };
                    (code.code.clone(), written)
                })
                .collect(),
            // A set is a list only where all its parts are codes; a state is none.
            Self::JsonLines => variable
                .values
                .codes()
                .iter()
                .map(|code| {
                    (
                        code.code.clone(),
                        Value::from(code.code.as_str()).to_string(),
                    )
                })
                .collect(),
        };
        Column {
            name: variable.name.clone(),
            kind,
            known,
        }
    }
}

impl Lines {
    /// What stands before the first row.
    #[must_use]
    pub fn begin(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|c| c.name.as_str()).collect();
        match self.format {
            Format::Csv => {
                let mut line = String::new();
                self.push(&mut line, names);
                line
            }
            Format::Spreadsheet => format!("\u{feff}{}", Csv::new(&names).0),
            Format::JsonLines => String::new(),
        }
    }

    /// Appends one row: id, cohort and the cells in the order of the variables.
    pub fn push<'c>(&self, out: &mut String, row: impl IntoIterator<Item = &'c str>) {
        let mut first = true;
        for (column, cell) in self.columns.iter().zip(row) {
            out.push_str(match (self.format, first) {
                (Format::JsonLines, true) => "{",
                (_, true) => "",
                (_, false) => ",",
            });
            first = false;
            match self.format {
                Format::Csv => plain(out, cell),
                Format::Spreadsheet => column.label(out, cell),
                Format::JsonLines => {
                    out.push('"');
                    // A column's name is an identifier.
                    out.push_str(&column.name);
                    out.push_str("\":");
                    column.json(out, cell);
                }
            }
        }
        out.push_str(match self.format {
            Format::JsonLines => "}\n",
            Format::Csv | Format::Spreadsheet => "\r\n",
        });
    }
}

impl Column {
    fn label(&self, out: &mut String, cell: &str) {
        if self.kind == Kind::Set {
            let labels: Vec<&str> = cell
                .split(';')
                .map(|code| self.known.get(code).map_or(code, String::as_str))
                .collect();
            csv_field(out, &labels.join("; "));
        } else if let Some(written) = self.known.get(cell) {
            out.push_str(written);
        } else {
            csv_field(out, cell);
        }
    }

    fn json(&self, out: &mut String, cell: &str) {
        match self.kind {
            Kind::Number => {
                if serde_json::from_str::<serde_json::Number>(cell).is_ok() {
                    out.push_str(cell);
                    return;
                }
            }
            Kind::Set => {
                let parts: Option<Vec<&str>> = cell
                    .split(';')
                    .map(|code| self.known.get(code).map(String::as_str))
                    .collect();
                if let Some(parts) = parts {
                    out.push('[');
                    out.push_str(&parts.join(","));
                    out.push(']');
                    return;
                }
            }
            Kind::Code | Kind::Text => {}
        }
        match self.known.get(cell) {
            Some(written) => out.push_str(written),
            None => out.push_str(&Value::from(cell).to_string()),
        }
    }
}

fn quoted(label: &str) -> String {
    let mut out = String::new();
    csv_field(&mut out, label);
    out
}

fn plain(line: &mut String, field: &str) {
    if field.contains(['"', ',', '\n', '\r']) {
        line.push('"');
        line.push_str(&field.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(field);
    }
}

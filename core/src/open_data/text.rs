//! The rows as text, one line each.

use serde_json::Value;

use super::variables::{Code, Values, Variable};
use crate::disclosure::Csv;

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

impl Format {
    /// What stands before the first row.
    #[must_use]
    pub fn begin(self, variables: &[Variable]) -> String {
        let names = header(variables);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match self {
            Self::Csv => plain(&names),
            Self::Spreadsheet => format!("\u{feff}{}", Csv::new(&names).0),
            Self::JsonLines => String::new(),
        }
    }

    /// One row: id, cohort and the cells in the order of the variables.
    #[must_use]
    pub fn line(self, variables: &[Variable], row: &[String]) -> String {
        match self {
            Self::Csv => plain(&row.iter().map(String::as_str).collect::<Vec<_>>()),
            Self::Spreadsheet => {
                let (head, cells) = row.split_at(row.len().min(2));
                let labels: Vec<String> = variables
                    .iter()
                    .zip(cells)
                    .map(|(variable, cell)| labelled(&variable.values, cell))
                    .collect();
                let fields: Vec<&str> = head.iter().chain(&labels).map(String::as_str).collect();
                let mut csv = Csv(String::new());
                csv.line(&fields);
                csv.0
            }
            Self::JsonLines => {
                let names = header(variables);
                let values = [None, None]
                    .into_iter()
                    .chain(variables.iter().map(|v| Some(&v.values)));
                let members: Vec<String> = names
                    .into_iter()
                    .zip(row.iter().zip(values))
                    .map(|(name, (cell, values))| {
                        format!("{}:{}", Value::from(name), json(values, cell))
                    })
                    .collect();
                format!("{{{}}}\n", members.join(","))
            }
        }
    }
}

fn plain(fields: &[&str]) -> String {
    let mut line = String::new();
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        if field.contains(['"', ',', '\n', '\r']) {
            line.push('"');
            line.push_str(&field.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(field);
        }
    }
    line.push_str("\r\n");
    line
}

fn labelled(values: &Values, cell: &str) -> String {
    let label = |code: &str| {
        let known: Option<&Code> = values.codes().iter().find(|c| c.code == code);
        known.map_or_else(|| code.to_owned(), |known| known.label.both())
    };
    match values {
        Values::Sets(_) => cell.split(';').map(label).collect::<Vec<_>>().join("; "),
        _ => label(cell),
    }
}

fn json(values: Option<&Values>, cell: &str) -> Value {
    match values {
        Some(Values::Number { .. }) => cell
            .parse::<f64>()
            .ok()
            .and_then(serde_json::Number::from_f64)
            .map_or_else(|| Value::from(cell), Value::Number),
        Some(Values::Sets(codes)) => {
            let parts: Vec<&str> = cell.split(';').collect();
            let all_known = parts.iter().all(|p| codes.iter().any(|c| c.code == *p));
            if all_known {
                Value::from(parts)
            } else {
                Value::from(cell)
            }
        }
        _ => Value::from(cell),
    }
}

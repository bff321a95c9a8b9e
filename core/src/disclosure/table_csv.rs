//! Tables as CSV (RFC 4180).

use std::collections::HashMap;

use super::{Aggregates, Attention, Entry};
use crate::lang::Lang;

/// All tables of a release, one cell a line.
#[must_use]
pub fn aggregates_csv(aggregates: &Aggregates) -> String {
    let mut csv = Csv::new(&[
        "release", "n", "table", "question", "by", "kind", "base", "code", "by_code", "count",
        "status", "reason",
    ]);
    let release = aggregates.release.to_string();
    let n = aggregates.n.to_string();
    for table in &aggregates.tables {
        let base = number(table.base);
        for cell in &table.cells {
            csv.line(&[
                &release,
                &n,
                &table.id,
                &table.question,
                table.by.as_deref().unwrap_or_default(),
                table.kind.as_str(),
                &base,
                cell.code.as_deref().unwrap_or_default(),
                cell.by_code.as_deref().unwrap_or_default(),
                &number(cell.count),
                cell.status.as_str(),
                cell.reason.map_or("", |r| r.as_str()),
            ]);
        }
    }
    csv.0
}

/// The tables of one question, without and with splits, with what each code means.
#[must_use]
pub fn question_csv(aggregates: &Aggregates, question: &str, codebook: &[Entry]) -> String {
    let mut csv = Csv::new(&[
        "table",
        "row_zh",
        "row_en",
        "kind",
        "base",
        "code",
        "label_zh",
        "label_en",
        "by",
        "by_code",
        "by_label_zh",
        "by_label_en",
        "count",
        "status",
        "reason",
    ]);
    let entries: HashMap<&str, &Entry> = codebook.iter().map(|e| (e.table.as_str(), e)).collect();
    let label = |entry: Option<&&Entry>, code: Option<&str>, lang| -> String {
        let cell = entry.and_then(|e| e.cells.iter().find(|c| Some(c.code.as_str()) == code));
        cell.map_or_else(String::new, |c| c.label.get(lang).to_owned())
    };
    let group = |entry: Option<&&Entry>, code: Option<&str>, lang| match code {
        Some(Attention::OTHERWISE) if entry.is_some_and(|e| e.row.is_some()) => {
            Attention::otherwise_label().get(lang).to_owned()
        }
        code => label(entry, code, lang),
    };
    for table in aggregates.tables.iter().filter(|t| t.question == question) {
        let by = table.by.as_deref();
        let whole = by.and_then(|by| table.id.strip_suffix(&format!("__by_{by}")));
        let entry = entries.get(whole.unwrap_or(&table.id));
        let split = by.and_then(|by| entries.get(by));
        let row = |lang| {
            let text = entry.and_then(|e| e.row_text.as_ref());
            text.map_or("", |text| text.get(lang))
        };
        for cell in &table.cells {
            let (code, by_code) = (cell.code.as_deref(), cell.by_code.as_deref());
            csv.line(&[
                &table.id,
                row(Lang::Zh),
                row(Lang::En),
                table.kind.as_str(),
                &number(table.base),
                code.unwrap_or_default(),
                &label(entry, code, Lang::Zh),
                &label(entry, code, Lang::En),
                by.unwrap_or_default(),
                by_code.unwrap_or_default(),
                &group(split, by_code, Lang::Zh),
                &group(split, by_code, Lang::En),
                &number(cell.count),
                cell.status.as_str(),
                cell.reason.map_or("", |r| r.as_str()),
            ]);
        }
    }
    csv.0
}

fn number(value: Option<u64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// A CSV text under construction.
pub(crate) struct Csv(pub(crate) String);

impl Csv {
    pub(crate) fn new(header: &[&str]) -> Self {
        let mut csv = Self(String::new());
        csv.line(header);
        csv
    }

    pub(crate) fn line(&mut self, fields: &[&str]) {
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                self.0.push(',');
            }
            csv_field(&mut self.0, field);
        }
        self.0.push_str("\r\n");
    }
}

/// Appends one field.
pub(crate) fn csv_field(out: &mut String, field: &str) {
    // Spreadsheets run a field that starts like a formula; a leading apostrophe stops them.
    let formula =
        field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
    if !formula && !field.contains(['"', ',', '\n', '\r']) {
        out.push_str(field);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    out.push_str(&field.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_formulas_are_defused() {
        let mut csv = Csv::new(&["a", "b"]);
        csv.line(&["x, \"y\"", "=1+1"]);
        assert_eq!(csv.0, "a,b\r\n\"x, \"\"y\"\"\",\"'=1+1\"\r\n");
    }
}

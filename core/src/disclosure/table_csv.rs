//! Tables as CSV (RFC 4180).

use super::Aggregates;

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
            self.field(field);
        }
        self.0.push_str("\r\n");
    }

    fn field(&mut self, field: &str) {
        // Spreadsheets run a field that starts like a formula; a leading apostrophe stops them.
        let formula =
            field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
        if !formula && !field.contains(['"', ',', '\n', '\r']) {
            self.0.push_str(field);
            return;
        }
        self.0.push('"');
        if formula {
            self.0.push('\'');
        }
        self.0.push_str(&field.replace('"', "\"\""));
        self.0.push('"');
    }
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

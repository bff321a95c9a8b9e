//! An SPSS system file (`.sav`), by the description of the format in the PSPP developers' guide.
//!
//! Codes become numbers from 1 in declared order, with their labels; why there is no answer
//! becomes a negative number, declared as user-missing. A column of sets becomes one column for
//! each option, 1 when it was chosen.

use std::io::Write;

use partake_core::{
    microdata::ANY,
    open_data::{Code, NOT_ASKED, SKIPPED, Values, Variable, header},
};

use super::table::Table;

/// Longest label of a column and of a value, in bytes.
const COLUMN_LABEL: usize = 250;
const VALUE_LABEL: usize = 120;
/// Length of an id, which is the one text in the file.
const ID: usize = 16;
/// Every reason for which there is no answer lies from here to -1.
const LOWEST_MISSING: f64 = -999.0;

/// A numeric column of the file.
struct Column<'t> {
    name: String,
    label: String,
    /// Where its variable stands in a row.
    place: usize,
    variable: &'t Variable,
    /// For a column of sets, the option that it stands for.
    option: Option<&'t Code>,
    /// Value and label; why there is no answer among them.
    labels: Vec<(f64, String)>,
}

pub(super) fn write(out: &mut impl Write, table: &Table) -> anyhow::Result<()> {
    let columns = columns(&table.variables);
    let rows = i32::try_from(table.rows().count())?;
    dictionary(out, &columns, rows)?;
    for row in table.rows() {
        let row = row?;
        let mut id = row.first().cloned().unwrap_or_default().into_bytes();
        id.resize(ID, b' ');
        out.write_all(&id)?;
        let cohort: f64 = row.get(1).map_or(Ok(0.0), |c| c.parse())?;
        out.write_all(&cohort.to_le_bytes())?;
        for column in &columns {
            let cell = row.get(column.place).map_or("", String::as_str);
            out.write_all(&column.value(cell).to_le_bytes())?;
        }
    }
    Ok(())
}

fn columns(variables: &[Variable]) -> Vec<Column<'_>> {
    let mut columns = Vec::new();
    for (place, variable) in (header(&[]).len()..).zip(variables) {
        let title = variable.title.both();
        let label = match &variable.part_label {
            Some(part) => format!("{} | {title}", part.both()),
            None => title,
        };
        match &variable.values {
            Values::Sets(options) => {
                for option in options {
                    let labels = [(0.0, "否 / no"), (1.0, "是 / yes")];
                    columns.push(Column {
                        name: format!("{}__{}", variable.name, option.code),
                        label: format!("{} | {label}", option.label.both()),
                        place,
                        variable,
                        option: Some(option),
                        labels: labels
                            .map(|(value, label)| (value, label.to_owned()))
                            .into_iter()
                            .chain(states())
                            .collect(),
                    });
                }
            }
            values => {
                let codes = values.codes().iter().enumerate();
                let labelled = codes.map(|(at, code)| (number(at, code), code.label.both()));
                columns.push(Column {
                    name: variable.name.clone(),
                    label,
                    place,
                    variable,
                    option: None,
                    labels: labelled.chain(states()).collect(),
                });
            }
        }
    }
    columns
}

/// Why there is no answer, beside the codes that the instrument declares for it.
fn states() -> impl Iterator<Item = (f64, String)> {
    [
        (-1.0, "没有回答 / skipped"),
        (-2.0, "没有问到 / not asked"),
        (-3.0, "为保护匿名而不公开 / not told, to protect anonymity"),
    ]
    .map(|(value, label)| (value, label.to_owned()))
    .into_iter()
}

fn state(cell: &str) -> Option<f64> {
    match cell {
        SKIPPED => Some(-1.0),
        NOT_ASKED => Some(-2.0),
        ANY => Some(-3.0),
        _ => None,
    }
}

fn number(at: usize, code: &Code) -> f64 {
    let place = u32::try_from(at + 1).map_or(0.0, f64::from);
    if code.missing { -10.0 - place } else { place }
}

impl Column<'_> {
    fn value(&self, cell: &str) -> f64 {
        if let Some(state) = state(cell) {
            return state;
        }
        if let Some(option) = self.option {
            let chosen = cell.split(';').any(|code| code == option.code);
            return f64::from(u8::from(chosen));
        }
        let codes = self.variable.values.codes();
        match codes.iter().position(|code| code.code == cell) {
            Some(at) => number(at, &codes[at]),
            None => cell.parse().unwrap_or(-1.0),
        }
    }
}

fn dictionary(out: &mut impl Write, columns: &[Column<'_>], rows: i32) -> anyhow::Result<()> {
    let places = i32::try_from(ID / 8 + 1 + columns.len())?;
    out.write_all(b"$FL2")?;
    out.write_all(&padded("@(#) SPSS DATA FILE - Partake", 60))?;
    for word in [2, places, 0, 0, rows] {
        int(out, word)?;
    }
    out.write_all(&100_f64.to_le_bytes())?;
    // When it was written is nobody's business: the same release gives the same bytes.
    out.write_all(&padded("01 Jan 70", 9))?;
    out.write_all(&padded("00:00:00", 8))?;
    out.write_all(&padded("", 64 + 3))?;

    variable(out, i32::try_from(ID)?, "V0", "id", false, 1, ID)?;
    for _ in 1..ID / 8 {
        for word in [2, -1, 0, 0, 0, 0] {
            int(out, word)?;
        }
        out.write_all(&padded("", 8))?;
    }
    variable(out, 0, "V1", "cohort", false, 5, 8)?;
    for (at, column) in (2..).zip(columns) {
        variable(out, 0, &format!("V{at}"), &column.label, true, 5, 8)?;
    }
    let first = ID / 8 + 2;
    for (at, column) in (first..).zip(columns) {
        int(out, 3)?;
        int(out, i32::try_from(column.labels.len())?)?;
        for (value, label) in &column.labels {
            let label = cut(label, VALUE_LABEL);
            out.write_all(&value.to_le_bytes())?;
            out.write_all(&[u8::try_from(label.len())?])?;
            out.write_all(&padded(label, (label.len() + 1).next_multiple_of(8) - 1))?;
        }
        for word in [4, 1, i32::try_from(at)?] {
            int(out, word)?;
        }
    }
    // Machine integers: version 1.0.0, IEEE 754, little-endian, UTF-8.
    extension(out, 3, 4, 8)?;
    for word in [1, 0, 0, -1, 1, 1, 2, 65001] {
        int(out, word)?;
    }
    extension(out, 4, 8, 3)?;
    for number in [f64::MIN, f64::MAX, f64::MIN.next_up()] {
        out.write_all(&number.to_le_bytes())?;
    }
    let names: Vec<String> = ["V0=id".to_owned(), "V1=cohort".to_owned()]
        .into_iter()
        .chain(
            (2..)
                .zip(columns)
                .map(|(at, column)| format!("V{at}={}", column.name)),
        )
        .collect();
    text_extension(out, 13, &names.join("\t"))?;
    text_extension(out, 20, "UTF-8")?;
    int(out, 999)?;
    int(out, 0)?;
    Ok(())
}

/// A variable record. `kind` is the format: 1 text, 5 number.
fn variable(
    out: &mut impl Write,
    width: i32,
    short: &str,
    label: &str,
    user_missing: bool,
    kind: i32,
    columns: usize,
) -> anyhow::Result<()> {
    let format = kind << 16 | i32::try_from(columns)? << 8;
    let missing = if user_missing { -2 } else { 0 };
    for word in [2, width, 1, missing, format, format] {
        int(out, word)?;
    }
    out.write_all(&padded(short, 8))?;
    let label = cut(label, COLUMN_LABEL);
    int(out, i32::try_from(label.len())?)?;
    out.write_all(&padded(label, label.len().next_multiple_of(4)))?;
    if user_missing {
        out.write_all(&LOWEST_MISSING.to_le_bytes())?;
        out.write_all(&(-1_f64).to_le_bytes())?;
    }
    Ok(())
}

fn extension(out: &mut impl Write, subtype: i32, size: i32, count: i32) -> std::io::Result<()> {
    for word in [7, subtype, size, count] {
        int(out, word)?;
    }
    Ok(())
}

fn text_extension(out: &mut impl Write, subtype: i32, text: &str) -> anyhow::Result<()> {
    extension(out, subtype, 1, i32::try_from(text.len())?)?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

fn int(out: &mut impl Write, word: i32) -> std::io::Result<()> {
    out.write_all(&word.to_le_bytes())
}

fn padded(text: &str, width: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(width, b' ');
    bytes
}

/// As much of a text as fits, whole characters only.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

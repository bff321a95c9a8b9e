//! An SPSS system file (`.sav`), by the description of the format in the PSPP developers' guide.
//!
//! Codes are numbers from 1 in declared order, with their labels; why there is no answer is a
//! negative number, declared as user-missing. A column of sets is one column for each option, 1
//! when it was chosen.

use std::io::Write;

use partake_core::open_data::{Numeric, numeric_columns};

use super::{FormatError, Table};

/// Longest label of a column and of a value, in bytes.
const COLUMN_LABEL: usize = 250;
const VALUE_LABEL: usize = 120;
/// Length of an id, which is the one text in the file.
const ID: usize = 16;
/// Every reason for which there is no answer lies from here to -1.
const LOWEST_MISSING: f64 = -999.0;
/// A number from 1 less than this to 251 less than this takes one byte.
const BIAS: f64 = 100.0;

pub(super) fn write(out: &mut impl Write, table: &Table, date: &str) -> Result<(), FormatError> {
    let columns = numeric_columns(table.variables());
    dictionary(out, &columns, i32::try_from(table.rows())?, date)?;
    let mut data = Compressed::new(out);
    table.each_row(|row| {
        let mut id = row.get(0).unwrap_or_default().as_bytes().to_vec();
        id.resize(ID, b' ');
        for element in id.as_chunks::<8>().0 {
            data.element(253, Some(*element))?;
        }
        data.number(row.get(1).map_or(Ok(0.0), str::parse)?)?;
        for column in &columns {
            data.number(column.value(row.get(column.place + 2).unwrap_or_default()))?;
        }
        Ok(())
    })?;
    data.finish()?;
    Ok(())
}

/// Elements of eight bytes, each told by one byte where that is enough.
struct Compressed<'o, W> {
    out: &'o mut W,
    instructions: [u8; 8],
    count: usize,
    /// What the instructions leave to be written in full.
    full: Vec<u8>,
}

impl<'o, W: Write> Compressed<'o, W> {
    fn new(out: &'o mut W) -> Self {
        Self {
            out,
            instructions: [0; 8],
            count: 0,
            full: Vec::new(),
        }
    }

    fn number(&mut self, number: f64) -> std::io::Result<()> {
        let short = number + BIAS;
        if number.fract() == 0.0 && (1.0..=251.0).contains(&short) {
            self.element(short as u8, None)
        } else {
            self.element(253, Some(number.to_le_bytes()))
        }
    }

    fn element(&mut self, instruction: u8, full: Option<[u8; 8]>) -> std::io::Result<()> {
        self.instructions[self.count] = instruction;
        self.count += 1;
        self.full.extend(full.into_iter().flatten());
        if self.count == self.instructions.len() {
            self.out.write_all(&self.instructions)?;
            self.out.write_all(&self.full)?;
            self.full.clear();
            self.instructions = [0; 8];
            self.count = 0;
        }
        Ok(())
    }

    fn finish(mut self) -> std::io::Result<()> {
        self.element(252, None)?;
        while self.count > 0 {
            self.element(0, None)?;
        }
        Ok(())
    }
}

fn dictionary(
    out: &mut impl Write,
    columns: &[Numeric],
    rows: i32,
    date: &str,
) -> Result<(), FormatError> {
    let places = i32::try_from(ID / 8 + 1 + columns.len())?;
    out.write_all(b"$FL2")?;
    out.write_all(&padded("@(#) SPSS DATA FILE - Partake", 60))?;
    for word in [2, places, 1, 0, rows] {
        int(out, word)?;
    }
    out.write_all(&BIAS.to_le_bytes())?;
    // The day of the release, not of the writing: the same release gives the same bytes.
    out.write_all(&padded(&day(date), 9))?;
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
        variable(out, 0, &format!("V{at}"), &column.label.both(), true, 5, 8)?;
    }
    let first = ID / 8 + 2;
    for (at, column) in (first..).zip(columns) {
        int(out, 3)?;
        int(out, i32::try_from(column.labels.len())?)?;
        for (value, _, label) in &column.labels {
            let label = label.both();
            let label = cut(&label, VALUE_LABEL);
            out.write_all(&f64::from(*value).to_le_bytes())?;
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
) -> Result<(), FormatError> {
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

fn text_extension(out: &mut impl Write, subtype: i32, text: &str) -> Result<(), FormatError> {
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

/// `30 Nov 26` for `2026-11-30`.
fn day(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|m| m.parse::<usize>().ok()?.checked_sub(1));
    let month = month.and_then(|m| MONTHS.get(m)).unwrap_or(&"Jan");
    let year = year.and_then(|y| y.get(2..)).unwrap_or("70");
    format!("{} {month} {year}", day.unwrap_or("01"))
}

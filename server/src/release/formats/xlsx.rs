//! An Excel workbook: the answers as codes, and what the codes mean.

use std::{
    io::{Seek, Write},
    path::Path,
};

use partake_core::{
    lang::Lang,
    open_data::{Values, header},
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::{FormatError, Table};

const COLUMNS: [&str; 7] = [
    "column",
    "question_zh",
    "question_en",
    "code",
    "label_zh",
    "label_en",
    "missing",
];

pub(super) fn write(
    out: &mut (impl Write + Seek + Send),
    table: &Table,
    date: &str,
    folder: &Path,
) -> Result<(), FormatError> {
    let mut book = Workbook::new();
    book.set_tempdir(folder)?;
    let made = ExcelDateTime::parse_from_str(date)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name("responses")?;
    line(
        sheet,
        0,
        header(table.variables()).iter().map(String::as_str),
    )?;
    let numbers: Vec<bool> = header(&[])
        .iter()
        .map(|_| false)
        .chain(
            table
                .variables()
                .iter()
                .map(|variable| matches!(variable.values, Values::Number { .. })),
        )
        .collect();
    let mut at = 0;
    table.each_row(|row| {
        at += 1;
        for (column, (cell, number)) in (0..).zip(row.iter().zip(&numbers)) {
            let value = number.then(|| cell.parse::<f64>().ok()).flatten();
            match value {
                Some(value) => sheet.write_number(at, column, value)?,
                // Written as text, a cell is never run as a formula.
                None => sheet.write_string(at, column, cell)?,
            };
        }
        Ok(())
    })?;
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name("codebook")?;
    line(sheet, 0, COLUMNS)?;
    let mut row = 1;
    for variable in table.variables() {
        for code in variable.values.codes() {
            let missing = if code.missing { "yes" } else { "no" };
            let cells = [
                variable.name.as_str(),
                variable.title.get(Lang::Zh),
                variable.title.get(Lang::En),
                &code.code,
                code.label.get(Lang::Zh),
                code.label.get(Lang::En),
                missing,
            ];
            line(sheet, row, cells)?;
            row += 1;
        }
    }
    book.save_to_writer(out)?;
    Ok(())
}

fn line<'c>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl IntoIterator<Item = &'c str>,
) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(row, column, cell)?;
    }
    Ok(())
}

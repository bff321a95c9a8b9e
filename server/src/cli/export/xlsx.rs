//! An Excel workbook: the answers as codes, and what the codes mean.

use std::io::Write;

use partake_core::{
    lang::Lang,
    open_data::{Values, header},
};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::table::Table;

const COLUMNS: [&str; 7] = [
    "column",
    "question_zh",
    "question_en",
    "code",
    "label_zh",
    "label_en",
    "missing",
];

pub(super) fn write(out: &mut impl Write, table: &Table) -> anyhow::Result<()> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name("responses")?;
    let names = header(&table.variables);
    line(sheet, 0, names.iter().map(String::as_str))?;
    for (row, cells) in (1..).zip(table.rows()) {
        for (column, cell) in (0..).zip(cells?) {
            let values = usize::from(column)
                .checked_sub(header(&[]).len())
                .and_then(|at| table.variables.get(at))
                .map(|variable| &variable.values);
            match (values, cell.parse::<f64>()) {
                (Some(Values::Number { .. }), Ok(number)) => {
                    sheet.write_number(row, column, number)?;
                }
                // Written as text, a cell is never run as a formula.
                _ => {
                    sheet.write_string(row, column, &cell)?;
                }
            }
        }
    }
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name("codebook")?;
    line(sheet, 0, COLUMNS)?;
    let mut row = 1;
    for variable in &table.variables {
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
    out.write_all(&book.save_to_buffer()?)?;
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

//! An Excel workbook: the answers as codes, and what the codes mean.
//!
//! A library makes the workbook; the rows of answers, of which there may be a million, are put into
//! its first sheet here. Cell by cell through the library they took a quarter of the time of a
//! whole release.

use std::io::{Cursor, Read as _, Seek, Write};

use partake_core::{
    lang::Lang,
    open_data::{Values, escaped, header},
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError, utility};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{super::archive::level, FormatError, Table};

/// The sheet of rows, and where they end in it.
const ROWS: &str = "xl/worksheets/sheet1.xml";
const END: &str = "</sheetData>";

/// Most bytes that stand around the text of a cell: `<c r="XFD1048576" t="inlineStr"><is><t>` and
/// what closes it, and its share of the row.
const AROUND: u64 = 64;
/// Bytes that are written at a time.
const BLOCK: usize = 1 << 18;

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
    out: &mut (impl Write + Seek),
    table: &Table,
    date: &str,
) -> Result<(), FormatError> {
    let book = without_rows(table, date)?;
    let mut book = ZipArchive::new(Cursor::new(book))?;
    let mut archive = ZipWriter::new(out);
    for at in 0..book.len() {
        let mut part = book.by_index(at)?;
        if part.name()? != ROWS {
            drop(part);
            archive.raw_copy_file(book.by_index_raw(at)?)?;
            continue;
        }
        let mut sheet = String::new();
        part.read_to_string(&mut sheet)?;
        let size = most_bytes(table)?;
        let options = SimpleFileOptions::default()
            .last_modified_time(part.last_modified().unwrap_or_default())
            .compression_level(Some(level(size)))
            // Has to be known before: the usual header has no room for four gibibytes.
            .large_file(size >= u64::from(u32::MAX));
        archive.start_file(ROWS, options)?;
        rows(&mut archive, table, &sheet)?;
    }
    archive.finish()?;
    Ok(())
}

/// The workbook with nothing below the names of the columns.
fn without_rows(table: &Table, date: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::parse_from_str(date)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name("responses")?;
    let names = header(table.variables());
    line(sheet, 0, names.iter().map(String::as_str))?;
    let sheet = book.add_worksheet();
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
    book.save_to_buffer()
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

/// More bytes than the sheet of rows takes before it is packed.
pub(super) fn most_bytes(table: &Table) -> Result<u64, FormatError> {
    let names = header(table.variables()).len();
    let cells = u64::try_from((table.rows() + 1).saturating_mul(names))?;
    // The least of sheets has a head of its own.
    Ok(table
        .bytes()?
        .saturating_add((cells + AROUND).saturating_mul(AROUND)))
}

/// Writes `sheet`, which has the names of the columns, with all rows.
fn rows(out: &mut impl Write, table: &Table, sheet: &str) -> Result<(), FormatError> {
    let names = header(table.variables()).len();
    let last = utility::column_number_to_name(u16::try_from(names.saturating_sub(1))?);
    let (one, all) = (
        format!("<dimension ref=\"A1:{last}1\"/>"),
        format!("<dimension ref=\"A1:{last}{}\"/>", table.rows() + 1),
    );
    let sheet = sheet.replacen(&one, &all, 1);
    let (before, after) = sheet.split_once(END).ok_or(FormatError::Workbook)?;
    let columns: Vec<Column> = (0..)
        .zip(
            std::iter::repeat_n(false, header(&[]).len()).chain(
                table
                    .variables()
                    .iter()
                    .map(|variable| matches!(variable.values, Values::Number { .. })),
            ),
        )
        .map(|(at, number)| Column {
            begins: format!("<c r=\"{}", utility::column_number_to_name(at)),
            number,
        })
        .collect();
    let mut text = before.to_owned();
    let mut at = 1_usize;
    table.each_row(|row| {
        at += 1;
        let number = at.to_string();
        text.extend(["<row r=\"", &number, "\">"]);
        for (column, cell) in columns.iter().zip(row) {
            text.extend([&column.begins, number.as_str()]);
            if column.number && cell.parse::<f64>().is_ok_and(f64::is_finite) {
                text.extend(["\"><v>", cell, "</v></c>"]);
            } else {
                // Written as text, a cell is never run as a formula.
                text.push_str("\" t=\"inlineStr\"><is><t>");
                // Codes have nothing in them that is a mark; to look is cheaper than to copy.
                if cell.contains(['&', '<', '>']) {
                    text.push_str(&escaped(cell));
                } else {
                    text.push_str(cell);
                }
                text.push_str("</t></is></c>");
            }
        }
        text.push_str("</row>");
        if text.len() > BLOCK {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
        Ok(())
    })?;
    text.extend([END, after]);
    out.write_all(text.as_bytes())?;
    Ok(())
}

struct Column {
    /// A cell of it up to the number of the row.
    begins: String,
    number: bool,
}

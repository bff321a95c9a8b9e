//! Lines of text: with labels for spreadsheets, as JSON for programs.

use std::io::Write;

use partake_core::open_data::Format;

use super::{FormatError, Table};

/// Text held back before it is written.
const FULL: usize = 1 << 20;

pub(super) fn write(
    out: &mut impl Write,
    table: &Table,
    format: Format,
) -> Result<(), FormatError> {
    let lines = format.lines(table.variables());
    let mut text = lines.begin();
    table.each_row(|row| {
        lines.push(&mut text, row);
        if text.len() > FULL {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
        Ok(())
    })?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

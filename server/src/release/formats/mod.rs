//! The file of single answers in the form that each program wants. Every form is written row by
//! row from the CSV, and holds the same answers.

mod parquet;
mod sav;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod xlsx;

use std::io::{Seek, Write};

use crate::storage::StorageError;

pub use table::Table;

/// Why a form could not be written.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    #[error("the file of single answers cannot be read: {0}")]
    Csv(#[from] csv::Error),
    #[error("cannot write; is there room on the disk? {0}")]
    Write(#[from] std::io::Error),
    #[error("the workbook was not written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    #[error("the workbook has no place for rows")]
    Workbook,
    #[error("the Parquet file was not written: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    #[error("a number in the file of single answers is too large for this format: {0}")]
    Range(#[from] std::num::TryFromIntError),
    #[error("a number in the file of single answers cannot be read: {0}")]
    Number(#[from] std::num::ParseFloatError),
    #[error("the archive was not written: {0}")]
    Archive(#[from] zip::result::ZipError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A form of the file of single answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Spreadsheet,
    JsonLines,
    Xlsx,
    Parquet,
    Sav,
}

impl Form {
    pub const ALL: [Self; 5] = [
        // The slowest first, so that they do not come last on a machine with several processors.
        Self::Spreadsheet,
        Self::JsonLines,
        Self::Xlsx,
        Self::Sav,
        Self::Parquet,
    ];

    /// Rows that it can hold.
    #[must_use]
    pub const fn most_rows(self) -> usize {
        match self {
            Self::Xlsx => 1_048_575,
            _ => usize::MAX,
        }
    }

    /// Writes it. `date` (`YYYY-MM-DD`) is the day that it names as that of its making.
    pub fn write(
        self,
        out: &mut (impl Write + Seek + Send),
        table: &Table,
        date: &str,
    ) -> Result<(), FormatError> {
        match self {
            Self::Spreadsheet => {
                words::write(out, table, partake_core::open_data::Format::Spreadsheet)
            }
            Self::JsonLines => words::write(out, table, partake_core::open_data::Format::JsonLines),
            Self::Xlsx => xlsx::write(out, table, date),
            Self::Parquet => parquet::write(out, table),
            Self::Sav => sav::write(out, table, date),
        }
    }
}

//! The published single answers of a release, with their columns.

use std::{
    fs::File,
    io::{self, BufReader},
    path::{Path, PathBuf},
};

use partake_core::open_data::Variable;

use super::FormatError;

/// `responses.csv` on the disk. However long it is, one row of it is in memory.
#[derive(Clone, Debug)]
pub struct Table {
    variables: Vec<Variable>,
    csv: PathBuf,
    rows: usize,
}

impl Table {
    /// The file at `csv`, whose columns after id and cohort are `variables`.
    #[must_use]
    pub fn new(variables: Vec<Variable>, csv: &Path, rows: usize) -> Self {
        Self {
            variables,
            csv: csv.to_owned(),
            rows,
        }
    }

    /// The columns after id and cohort.
    #[must_use]
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// Number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of the file.
    pub fn bytes(&self) -> io::Result<u64> {
        Ok(self.csv.metadata()?.len())
    }

    /// Calls `take` with id, cohort and a cell for each variable, row by row.
    pub fn each_row(
        &self,
        mut take: impl FnMut(&csv::StringRecord) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let mut reader =
            csv::Reader::from_reader(BufReader::with_capacity(1 << 18, File::open(&self.csv)?));
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row)? {
            take(&row)?;
        }
        Ok(())
    }
}

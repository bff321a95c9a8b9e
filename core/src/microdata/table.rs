//! The table to be anonymised, every value a number.

use super::Hierarchy;

/// A column by which somebody could be recognised.
#[derive(Clone, Debug)]
pub struct QuasiIdentifier {
    /// What its values may become.
    pub hierarchy: Hierarchy,
    /// The leaf of each row.
    pub leaves: Vec<u32>,
}

/// A column whose value must not be learnt about a person.
#[derive(Clone, Debug)]
pub struct Sensitive {
    /// The value of each row, numbered from 0.
    pub codes: Vec<u32>,
    /// Number of different values: every code is below it.
    pub values: usize,
}

/// Why columns are no table that can be anonymised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No quasi-identifier.
    #[error("no column is a quasi-identifier; name at least one")]
    NoQuasiIdentifier,
    /// No row, or more than 4,294,967,295.
    #[error("{0} rows; between 1 and 4,294,967,295 can be anonymised")]
    Rows(usize),
    /// A column has another number of rows than the first quasi-identifier, or a code that does
    /// not exist.
    #[error("the columns do not fit each other")]
    Misfit,
}

/// Quasi-identifiers and sensitive columns of the same rows.
#[derive(Clone, Debug)]
pub struct Microdata {
    quasi: Vec<QuasiIdentifier>,
    sensitive: Vec<Sensitive>,
    rows: usize,
}

impl Microdata {
    /// Puts columns together.
    ///
    /// # Errors
    /// When they are no table.
    pub fn new(quasi: Vec<QuasiIdentifier>, sensitive: Vec<Sensitive>) -> Result<Self, TableError> {
        let rows = quasi
            .first()
            .ok_or(TableError::NoQuasiIdentifier)?
            .leaves
            .len();
        if rows == 0 || u32::try_from(rows).is_err() {
            return Err(TableError::Rows(rows));
        }
        let quasi_fit = quasi
            .iter()
            .all(|column| fits(&column.leaves, rows, column.hierarchy.leaf_count()));
        let sensitive_fit = sensitive
            .iter()
            .all(|column| fits(&column.codes, rows, column.values));
        if !quasi_fit || !sensitive_fit {
            return Err(TableError::Misfit);
        }
        Ok(Self {
            quasi,
            sensitive,
            rows,
        })
    }

    /// Number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The quasi-identifiers, in the order given.
    #[must_use]
    pub fn quasi(&self) -> &[QuasiIdentifier] {
        &self.quasi
    }

    /// The sensitive columns, in the order given.
    #[must_use]
    pub fn sensitive(&self) -> &[Sensitive] {
        &self.sensitive
    }

    pub(super) fn hierarchy(&self, column: usize) -> &Hierarchy {
        &self.quasi[column].hierarchy
    }

    /// Level of `*` in each column.
    pub(super) fn heights(&self) -> Vec<usize> {
        self.quasi.iter().map(|q| q.hierarchy.height()).collect()
    }
}

fn fits(codes: &[u32], rows: usize, values: usize) -> bool {
    codes.len() == rows && codes.iter().all(|&code| (code as usize) < values)
}

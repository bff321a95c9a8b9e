//! Files of single answers: generalisation until each row has company.
//!
//! A column is a quasi-identifier when somebody could be recognised by it. Each has a
//! [`Hierarchy`] of what its values may become. [`anonymise`] replaces values so that every
//! combination that is published stands in at least k rows (Samarati 2001), and holds at least l
//! different values of each sensitive column (Machanavajjhala et al. 2007); [`measure`] says what
//! that cost and what it protects. Neither promises that nobody is recognised: whoever knows more
//! than the columns listed may recognise somebody all the same (Cohen 2022).

mod company;
mod diversity;
mod groups;
mod hierarchy;
mod judge;
mod lattice;
mod local;
mod measures;
mod partition;
mod published;
mod recoding;
#[cfg(feature = "yaml")]
mod spec;
mod specialise;
mod sweep;
mod table;

pub use hierarchy::{ANY, Hierarchy, HierarchyError};
pub use measures::{Measures, measure};
pub use published::Published;
#[cfg(feature = "yaml")]
pub use spec::{Column, Role, Spec};
pub use table::{Microdata, QuasiIdentifier, Sensitive, TableError};

use groups::Groups;
use judge::Judge;

/// What a published table has to keep to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Least rows of a class.
    pub k: usize,
    /// Least number of different values of each sensitive column in a class.
    pub l: Option<usize>,
    /// Greatest share of rows that may be suppressed, 0 to 1.
    pub suppression_limit: f64,
}

/// How values are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// One level for each column, the same in all rows; rows that still stand alone are
    /// suppressed. Columns stay comparable.
    FullDomain,
    /// Each class has levels of its own. Loses far less, and mixes levels within a column.
    LocalRecoding,
}

/// Why a table cannot be published under the rules.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AnonymiseError {
    /// k is 0.
    #[error("k is 0; a class has at least 1 row")]
    NoK,
    /// k is above the number of rows.
    #[error("k is {k}, but there are {rows} rows; lower k")]
    KAboveRows {
        /// The k asked for.
        k: usize,
        /// Rows of the table.
        rows: usize,
    },
    /// l is 0.
    #[error("l is 0; a class has at least 1 value")]
    NoL,
    /// l was asked for, but there is no sensitive column.
    #[error("l is given, but no column is sensitive; name one or leave l out")]
    NothingSensitive,
    /// A sensitive column has fewer than l values in the whole table.
    #[error("l is {l}, but the sensitive column has {values} different values; lower l")]
    LAboveValues {
        /// Which sensitive column, from 0.
        column: usize,
        /// The l asked for.
        l: usize,
        /// Different values in it.
        values: usize,
    },
    /// The suppression limit is no share.
    #[error("the suppression limit is {0}; it is a share from 0 to 1")]
    Limit(f64),
    /// A label stands for different leaves on different levels of one hierarchy.
    #[error(
        "`{label}` stands for different values on different levels; rename one, since local recoding mixes levels"
    )]
    Ambiguous {
        /// Which quasi-identifier, from 0.
        column: usize,
        /// The label.
        label: String,
    },
}

/// Replaces the quasi-identifiers of `data` so that the rules hold.
///
/// # Errors
/// When the rules cannot be kept by any replacement, or make no sense.
pub fn anonymise(
    data: &Microdata,
    rules: &Rules,
    method: Method,
) -> Result<Published, AnonymiseError> {
    check(data, rules)?;
    if method == Method::FullDomain {
        return Ok(full_domain(data, rules));
    }
    for (column, quasi) in data.quasi().iter().enumerate() {
        if let Some(label) = quasi.hierarchy.ambiguous() {
            let label = label.to_owned();
            return Err(AnonymiseError::Ambiguous { column, label });
        }
    }
    Ok(local::local_recoding(data, rules))
}

fn full_domain(data: &Microdata, rules: &Rules) -> Published {
    let (groups, tuple_of) = Groups::of_rows(data, rules.l);
    let judge = Judge::new(data, *rules, &groups);
    let best = lattice::optimum(&judge, &groups);
    // The top makes one class of all rows, and `check` has seen that it keeps to the rules.
    let node = best.map_or_else(|| data.heights(), |score| score.node);
    Published::at_node(&judge, &groups, &tuple_of, &node)
}

fn check(data: &Microdata, rules: &Rules) -> Result<(), AnonymiseError> {
    let (k, rows) = (rules.k, data.rows());
    if k == 0 {
        return Err(AnonymiseError::NoK);
    }
    if k > rows {
        return Err(AnonymiseError::KAboveRows { k, rows });
    }
    if !(0.0..=1.0).contains(&rules.suppression_limit) {
        return Err(AnonymiseError::Limit(rules.suppression_limit));
    }
    let Some(l) = rules.l else {
        return Ok(());
    };
    if l == 0 {
        return Err(AnonymiseError::NoL);
    }
    if data.sensitive().is_empty() {
        return Err(AnonymiseError::NothingSensitive);
    }
    for (column, sensitive) in data.sensitive().iter().enumerate() {
        let mut codes = sensitive.codes.clone();
        codes.sort_unstable();
        codes.dedup();
        let values = codes.len();
        if values < l {
            return Err(AnonymiseError::LAboveValues { column, l, values });
        }
    }
    Ok(())
}

//! What the file keeps and what it protects.

use std::collections::HashMap;

use super::variables::{Role, Variable};
use crate::microdata::{
    ANY, Hierarchy, HierarchyError, Measures, Microdata, Published, QuasiIdentifier, Sensitive,
    TableError, measure,
};

/// Figures of the file or of one cohort of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Rows.
    pub rows: usize,
    /// The figures; `l` and `t` are in the order of [`Measured::sensitive`].
    pub figures: Measures,
    /// Names of the sensitive columns.
    pub sensitive: Vec<String>,
}

/// Why a file cannot be measured.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MeasureError {
    /// A column has no values, or too many.
    #[error(transparent)]
    Column(#[from] HierarchyError),
    /// It has no rows, or no background.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// Measures the file as whoever downloads it can: k, l and t over all cohorts together. The
/// penalty counts each value as if it were as fine as could be, which only a cohort's own figures
/// can know better. Rows are given one by one and not kept.
#[derive(Debug)]
pub struct Measuring {
    rows: usize,
    background: Vec<Interned>,
    sensitive: Vec<Interned>,
    names: Vec<String>,
}

impl Measuring {
    /// A file of which the cells stand in the order of `variables`.
    #[must_use]
    pub fn new(variables: &[Variable]) -> Self {
        let of = |role| {
            let with_places = variables.iter().enumerate();
            with_places.filter(move |(_, variable)| variable.role == role)
        };
        let interned = |role| of(role).map(|(at, _)| Interned::new(at)).collect();
        Self {
            rows: 0,
            background: interned(Role::QuasiIdentifier),
            sensitive: interned(Role::Sensitive),
            names: of(Role::Sensitive)
                .map(|(_, variable)| variable.name.clone())
                .collect(),
        }
    }

    /// Rows so far.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row; `cell` gives the cell of a variable by its place.
    pub fn add<'c>(&mut self, cell: impl Fn(usize) -> &'c str) {
        self.rows += 1;
        for column in self.background.iter_mut().chain(&mut self.sensitive) {
            column.add(cell(column.at));
        }
    }

    /// The figures.
    ///
    /// # Errors
    /// When there is nothing to measure.
    pub fn finish(self, k: usize) -> Result<Measured, MeasureError> {
        let mut published = Vec::new();
        let mut quasi = Vec::new();
        for column in self.background {
            let (leaves, cells, hierarchy) = flat(column)?;
            published.push(cells);
            quasi.push(QuasiIdentifier { hierarchy, leaves });
        }
        let sensitive = self.sensitive.into_iter().map(Interned::finish).collect();
        let data = Microdata::new(quasi, sensitive)?;
        Ok(Measured {
            rows: self.rows,
            figures: measure(&data, &Published::of_cells(published), k),
            sensitive: self.names,
        })
    }
}

/// A column whose labels are all leaves, but for `*`: leaf and published value of each row.
fn flat(column: Interned) -> Result<(Vec<u32>, Vec<u32>, Hierarchy), HierarchyError> {
    let any = column.known.get(ANY).copied();
    let mut labels: Vec<(&String, u32)> = column.known.iter().map(|(l, n)| (l, *n)).collect();
    labels.sort_unstable_by_key(|(_, number)| *number);
    let mut rows: Vec<[&str; 2]> = labels
        .iter()
        .filter(|(label, _)| *label != ANY)
        .map(|(label, _)| [label.as_str(), ANY])
        .collect();
    if rows.is_empty() {
        rows.push(["", ANY]);
    }
    let hierarchy = Hierarchy::new(&rows)?;
    // Without `*` among the leaves, the numbers behind it move up by one.
    let leaf = |code: u32| match any {
        Some(any) if code == any => 0,
        Some(any) if code > any => code - 1,
        _ => code,
    };
    let top = hierarchy.top();
    let cell = |code: u32| if Some(code) == any { top } else { leaf(code) };
    Ok((
        column.codes.iter().map(|code| leaf(*code)).collect(),
        column.codes.iter().map(|code| cell(*code)).collect(),
        hierarchy,
    ))
}

/// Values of a column by number.
#[derive(Debug)]
pub(super) struct Interned {
    pub(super) at: usize,
    known: HashMap<String, u32>,
    codes: Vec<u32>,
}

impl Interned {
    pub(super) fn new(at: usize) -> Self {
        Self {
            at,
            known: HashMap::new(),
            codes: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, value: &str) {
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let code = match self.known.get(value) {
            Some(code) => *code,
            None => {
                self.known.insert(value.to_owned(), next);
                next
            }
        };
        self.codes.push(code);
    }

    pub(super) fn finish(self) -> Sensitive {
        Sensitive {
            codes: self.codes,
            values: self.known.len(),
        }
    }
}

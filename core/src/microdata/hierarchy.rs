//! Generalisation hierarchies: what a value may be published as instead of itself.

use std::collections::HashMap;

/// The value that says nothing: the top of every hierarchy, and what a suppressed cell holds.
pub const ANY: &str = "*";

/// Why rows of text are no hierarchy. Rows count from 0 in the order they were given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HierarchyError {
    /// There is no row.
    #[error("the hierarchy is empty; give each value a row: the value, what stands above it, `*`")]
    Empty,
    /// A row has another number of levels than the first.
    #[error("{found} levels where the first row has {expected}; give every row as many")]
    Ragged {
        /// The row.
        row: usize,
        /// Levels in it.
        found: usize,
        /// Levels of the first row.
        expected: usize,
    },
    /// A row has no level above its value, or does not end with `*`.
    #[error("the row does not end with `*`; add it as the last level")]
    NoTop {
        /// The row.
        row: usize,
    },
    /// `*` stands below the top.
    #[error("`*` stands on level {level}; it stands for everything and only ends a row")]
    AnyBelowTop {
        /// The row.
        row: usize,
        /// The level, 0 for the value itself.
        level: usize,
    },
    /// A value has two rows.
    #[error("value `{value}` stands twice; give each value one row")]
    Twice {
        /// The second row.
        row: usize,
        /// The value.
        value: String,
    },
    /// A value has two different values above it, so that the levels are no tree.
    #[error(
        "`{value}` on level {level} stands below two values, `{first}` and `{second}`; it can have one only"
    )]
    TwoParents {
        /// The row that disagrees with an earlier one.
        row: usize,
        /// Level of the value.
        level: usize,
        /// The value.
        value: String,
        /// What the earlier row has above it.
        first: String,
        /// What this row has above it.
        second: String,
    },
}

impl HierarchyError {
    /// The row at fault, from 0.
    #[must_use]
    pub const fn row(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Ragged { row, .. }
            | Self::NoTop { row }
            | Self::AnyBelowTop { row, .. }
            | Self::Twice { row, .. }
            | Self::TwoParents { row, .. } => *row,
        }
    }
}

/// A value of some level, with the leaves below it.
#[derive(Clone, Debug)]
struct Value {
    label: String,
    leaves: u32,
    /// Any leaf below it: enough to find its ancestors.
    leaf: u32,
    /// Highest level on which it stands.
    level: usize,
}

/// The leaves of one quasi-identifier with their ancestors, level 0 to [`Hierarchy::height`].
///
/// Values have numbers. Leaves come first, in the order of their rows; a value that stands on
/// several levels with the same leaves below it is one value.
#[derive(Clone, Debug)]
pub struct Hierarchy {
    values: Vec<Value>,
    /// Level, then leaf: the value.
    levels: Vec<Vec<u32>>,
    by_label: HashMap<String, u32>,
    /// A label that stands for different leaves on different levels.
    ambiguous: Option<String>,
}

impl Hierarchy {
    /// Reads rows of labels: the leaf, its ancestors upwards, `*`.
    ///
    /// # Errors
    /// The first thing that is wrong, by row.
    pub fn new<R: AsRef<[S]>, S: AsRef<str>>(rows: &[R]) -> Result<Self, HierarchyError> {
        let depth = rows.first().ok_or(HierarchyError::Empty)?.as_ref().len();
        check_shape(rows, depth)?;
        let mut by_label = HashMap::new();
        let mut values = Vec::new();
        for (row, cells) in rows.iter().enumerate() {
            let label = cells.as_ref()[0].as_ref();
            let number = number(row);
            if by_label.insert(label.to_owned(), number).is_some() {
                let value = label.to_owned();
                return Err(HierarchyError::Twice { row, value });
            }
            values.push(Value {
                label: label.to_owned(),
                leaves: 1,
                leaf: number,
                level: 0,
            });
        }
        let mut hierarchy = Self {
            levels: vec![(0..number(rows.len())).collect()],
            values,
            by_label,
            ambiguous: None,
        };
        for level in 1..depth {
            hierarchy.add_level(rows, level)?;
        }
        Ok(hierarchy)
    }

    fn add_level<R: AsRef<[S]>, S: AsRef<str>>(
        &mut self,
        rows: &[R],
        level: usize,
    ) -> Result<(), HierarchyError> {
        let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut order: Vec<&str> = Vec::new();
        let mut parents: HashMap<u32, &str> = HashMap::new();
        for (row, cells) in rows.iter().enumerate() {
            let label = cells.as_ref()[level].as_ref();
            let below = self.levels[level - 1][row];
            let first = *parents.entry(below).or_insert(label);
            if first != label {
                return Err(HierarchyError::TwoParents {
                    row,
                    level: level - 1,
                    value: self.label(below).to_owned(),
                    first: first.to_owned(),
                    second: label.to_owned(),
                });
            }
            let group = groups.entry(label).or_default();
            if group.is_empty() {
                order.push(label);
            }
            group.push(row);
        }
        let mut of_leaf = vec![0; rows.len()];
        for label in order {
            let leaves = groups.remove(label).unwrap_or_default();
            let below = self.levels[level - 1][leaves[0]];
            let same = self.label(below) == label && self.leaves(below) == number(leaves.len());
            let value = if same {
                self.values[below as usize].level = level;
                below
            } else {
                let value = number(self.values.len());
                self.values.push(Value {
                    label: label.to_owned(),
                    leaves: number(leaves.len()),
                    leaf: number(leaves[0]),
                    level,
                });
                if self.by_label.insert(label.to_owned(), value).is_some() {
                    self.ambiguous.get_or_insert_with(|| label.to_owned());
                }
                value
            };
            for leaf in leaves {
                of_leaf[leaf] = value;
            }
        }
        self.levels.push(of_leaf);
        Ok(())
    }

    /// Number of leaves.
    #[must_use]
    pub fn leaf_count(&self) -> usize {
        self.levels[0].len()
    }

    /// Number of values on all levels together.
    #[must_use]
    pub fn value_count(&self) -> usize {
        self.values.len()
    }

    /// The highest level, that of `*`.
    #[must_use]
    pub fn height(&self) -> usize {
        self.levels.len() - 1
    }

    /// The leaf with this label, spelt exactly so.
    #[must_use]
    pub fn leaf(&self, label: &str) -> Option<u32> {
        // A label that stands on several levels is found by its last value; leaves are few.
        match self.by_label.get(label) {
            Some(&value) if (value as usize) < self.leaf_count() => Some(value),
            Some(_) => self.values[..self.leaf_count()]
                .iter()
                .position(|value| value.label == label)
                .map(number),
            None => None,
        }
    }

    /// What `value` is published as.
    #[must_use]
    pub fn label(&self, value: u32) -> &str {
        &self.values[value as usize].label
    }

    /// How many leaves lie below `value`; a leaf counts itself.
    #[must_use]
    pub fn leaves(&self, value: u32) -> u32 {
        self.values[value as usize].leaves
    }

    /// `*`.
    #[must_use]
    pub fn top(&self) -> u32 {
        self.levels[self.height()][0]
    }

    /// What stands for `value` on `level`; `value` itself when it already stands that high.
    #[must_use]
    pub fn lift(&self, value: u32, level: usize) -> u32 {
        let found = &self.values[value as usize];
        if found.level >= level {
            value
        } else {
            self.levels[level][found.leaf as usize]
        }
    }

    /// The highest level on which `value` stands.
    #[must_use]
    pub fn level(&self, value: u32) -> usize {
        self.values[value as usize].level
    }

    /// The lowest level on which `value` stands.
    pub(super) fn lowest_level(&self, value: u32) -> usize {
        let leaf = self.values[value as usize].leaf as usize;
        (0..self.level(value))
            .rev()
            .take_while(|&level| self.levels[level][leaf] == value)
            .last()
            .unwrap_or_else(|| self.level(value))
    }

    /// What stands for a leaf on `level`.
    #[must_use]
    pub fn ancestor(&self, leaf: u32, level: usize) -> u32 {
        self.levels[level][leaf as usize]
    }

    /// The lowest value above both, or one of them when it stands above the other.
    #[must_use]
    pub fn join(&self, one: u32, other: u32) -> u32 {
        let from = self.level(one).max(self.level(other));
        (from..=self.height())
            .map(|level| (self.lift(one, level), self.lift(other, level)))
            .find_map(|(one, other)| (one == other).then_some(one))
            .unwrap_or_else(|| self.top())
    }

    /// A label that means different sets of leaves on different levels. One level alone can be
    /// published with it, several mixed cannot.
    #[must_use]
    pub fn ambiguous(&self) -> Option<&str> {
        self.ambiguous.as_deref()
    }

    /// Leaves below `value` less one: the numerator of the certainty penalty of a cell.
    pub(super) fn penalty(&self, value: u32) -> u64 {
        u64::from(self.leaves(value)) - 1
    }

    /// Leaves of the hierarchy less one, the denominator; 1 where there is one leaf and so
    /// nothing to lose.
    pub(super) fn greatest_penalty(&self) -> u64 {
        (self.leaf_count() as u64 - 1).max(1)
    }
}

fn check_shape<R: AsRef<[S]>, S: AsRef<str>>(
    rows: &[R],
    depth: usize,
) -> Result<(), HierarchyError> {
    for (row, cells) in rows.iter().enumerate() {
        let cells = cells.as_ref();
        if cells.len() != depth {
            return Err(HierarchyError::Ragged {
                row,
                found: cells.len(),
                expected: depth,
            });
        }
        if cells.len() < 2 || cells[depth - 1].as_ref() != ANY {
            return Err(HierarchyError::NoTop { row });
        }
        let below = &cells[..depth - 1];
        if let Some(level) = below.iter().position(|cell| cell.as_ref() == ANY) {
            return Err(HierarchyError::AnyBelowTop { row, level });
        }
    }
    Ok(())
}

/// Hierarchies are small tables; a count above `u32` cannot be held in memory.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

//! Local recoding: each class has its own values, the lowest that stand above all its rows.

use super::{groups::Groups, judge::Judge, published::Published};

/// Rows that are published alike.
#[derive(Clone, Debug)]
pub(super) struct Class {
    /// Numbers of tuples.
    pub(super) members: Vec<u32>,
    pub(super) rows: u64,
    /// The published value in each column.
    pub(super) values: Vec<u32>,
    /// Penalty of one row, summed over its cells.
    pub(super) penalty: f64,
}

impl Class {
    /// Penalty of all its rows.
    pub(super) fn cost(&self) -> f64 {
        self.penalty * self.rows as f64
    }
}

/// What classes are made from, with the penalties at hand.
pub(super) struct Material<'a> {
    pub(super) judge: &'a Judge<'a>,
    pub(super) atoms: &'a Groups,
    /// Column, then value: the penalty of a cell.
    penalties: Vec<Vec<f64>>,
}

impl<'a> Material<'a> {
    pub(super) fn new(judge: &'a Judge<'a>, atoms: &'a Groups) -> Self {
        let penalties = judge
            .data
            .quasi()
            .iter()
            .map(|quasi| {
                let hierarchy = &quasi.hierarchy;
                (0..hierarchy.value_count() as u32)
                    .map(|v| hierarchy.penalty(v) as f64 / hierarchy.greatest_penalty() as f64)
                    .collect()
            })
            .collect();
        Self {
            judge,
            atoms,
            penalties,
        }
    }

    /// The class of these rows, under the lowest values that stand above all of them.
    pub(super) fn class(&self, members: Vec<u32>) -> Class {
        let values: Vec<u32> = (0..self.penalties.len())
            .map(|column| self.join(column, &members))
            .collect();
        Class {
            rows: self.rows(&members),
            penalty: self.penalty(&values),
            members,
            values,
        }
    }

    fn join(&self, column: usize, members: &[u32]) -> u32 {
        let hierarchy = self.judge.data.hierarchy(column);
        let codes = &self.atoms.columns[column];
        let mut joined = members
            .first()
            .map_or_else(|| hierarchy.top(), |member| codes[*member as usize]);
        for member in members {
            joined = hierarchy.join(joined, codes[*member as usize]);
        }
        joined
    }

    /// Penalty of a row with these values.
    pub(super) fn penalty(&self, values: &[u32]) -> f64 {
        self.penalties
            .iter()
            .zip(values)
            .map(|(penalties, &value)| penalties[value as usize])
            .sum()
    }

    /// Whether rows may be published alike.
    pub(super) fn admits(&self, members: &[u32]) -> bool {
        let rows = self.rows(members);
        let rules = &self.judge.rules;
        rows >= rules.k as u64
            && self.atoms.sets.iter().all(|sets| {
                let mut values: Vec<u32> = members
                    .iter()
                    .flat_map(|member| sets.of(*member as usize))
                    .copied()
                    .collect();
                values.sort_unstable();
                values.dedup();
                values.len() >= rules.l.unwrap_or(0)
            })
    }

    /// Rows of these tuples together.
    pub(super) fn rows(&self, members: &[u32]) -> u64 {
        members
            .iter()
            .map(|&atom| u64::from(self.atoms.weights[atom as usize]))
            .sum()
    }

    /// The published cells of each row, when each tuple is in one class.
    pub(super) fn publish(&self, classes: &[Class], atom_of: &[u32]) -> Published {
        let mut class_of = vec![0; self.atoms.len()];
        for (number, class) in classes.iter().enumerate() {
            for &atom in &class.members {
                class_of[atom as usize] = number;
            }
        }
        let columns = (0..self.penalties.len())
            .map(|column| {
                atom_of
                    .iter()
                    .map(|&atom| classes[class_of[atom as usize]].values[column])
                    .collect()
            })
            .collect();
        Published::of_cells(columns)
    }
}

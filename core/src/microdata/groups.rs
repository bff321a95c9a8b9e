//! Equal rows as one tuple with a weight. Lifting a column to a higher level merges tuples, so a
//! node of the lattice is computed from the tuples of a lower one instead of from the rows.

use super::{
    diversity::ValueSets,
    partition::{Partition, partition},
    table::Microdata,
};

/// Distinct tuples of quasi-identifier values.
#[derive(Clone)]
pub(super) struct Groups {
    /// Column, then tuple: the value.
    pub(super) columns: Vec<Vec<u32>>,
    /// Rows of each tuple.
    pub(super) weights: Vec<u32>,
    /// Sensitive column: which values occur in each tuple. Empty when l is not asked for.
    pub(super) sets: Vec<ValueSets>,
}

impl Groups {
    /// The rows themselves, on level 0, and the tuple of each row.
    pub(super) fn of_rows(data: &Microdata, l: Option<usize>) -> (Self, Vec<u32>) {
        Self::alike_in(data, l, &[])
    }

    /// The same with rows told apart by their sensitive values too when l is asked for, so that a
    /// tuple can be moved as a whole.
    pub(super) fn of_atoms(data: &Microdata, l: Option<usize>) -> (Self, Vec<u32>) {
        let sensitive: Vec<(&[u32], usize)> = data
            .sensitive()
            .iter()
            .filter(|_| l.is_some())
            .map(|s| (s.codes.as_slice(), s.values))
            .collect();
        Self::alike_in(data, l, &sensitive)
    }

    fn alike_in(
        data: &Microdata,
        l: Option<usize>,
        further: &[(&[u32], usize)],
    ) -> (Self, Vec<u32>) {
        let leaves: Vec<(&[u32], usize)> = data
            .quasi()
            .iter()
            .map(|q| (q.leaves.as_slice(), q.hierarchy.leaf_count()))
            .collect();
        let found = partition(&[&leaves, further].concat(), data.rows());
        let columns = leaves
            .iter()
            .map(|(codes, _)| found.first.iter().map(|&row| codes[row as usize]).collect())
            .collect();
        let mut weights = vec![0; found.first.len()];
        for &class in &found.class_of {
            weights[class as usize] += 1;
        }
        let sets = l.map_or_else(Vec::new, |l| {
            data.sensitive()
                .iter()
                .map(|s| ValueSets::of_rows(&s.codes, &found.class_of, weights.len(), l))
                .collect()
        });
        let groups = Self {
            columns,
            weights,
            sets,
        };
        (groups, found.class_of)
    }

    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// With one column lifted to `level`.
    pub(super) fn lifted(&self, data: &Microdata, column: usize, level: usize) -> Self {
        let mut node = vec![0; self.columns.len()];
        node[column] = level;
        self.at(data, &node).0
    }

    /// With each column lifted to its level in `node`, and the class of each tuple.
    pub(super) fn at(&self, data: &Microdata, node: &[usize]) -> (Self, Vec<u32>) {
        let lifted: Vec<Option<Vec<u32>>> = (0..self.columns.len())
            .map(|c| {
                let hierarchy = data.hierarchy(c);
                (node[c] > 0).then(|| {
                    let up: Vec<u32> = (0..hierarchy.value_count() as u32)
                        .map(|value| hierarchy.lift(value, node[c]))
                        .collect();
                    self.columns[c].iter().map(|&v| up[v as usize]).collect()
                })
            })
            .collect();
        let columns: Vec<&[u32]> = lifted
            .iter()
            .zip(&self.columns)
            .map(|(lifted, old)| lifted.as_deref().unwrap_or(old))
            .collect();
        self.merged(data, &columns)
    }

    /// The tuples over the first `count` columns alone; the others become `*`.
    pub(super) fn prefix(&self, data: &Microdata, count: usize) -> Self {
        let rest: Vec<usize> = data
            .heights()
            .into_iter()
            .enumerate()
            .map(|(c, height)| if c < count { 0 } else { height })
            .collect();
        self.at(data, &rest).0
    }

    fn merged(&self, data: &Microdata, columns: &[&[u32]]) -> (Self, Vec<u32>) {
        let packed: Vec<(&[u32], usize)> = columns
            .iter()
            .enumerate()
            .map(|(c, codes)| (*codes, data.hierarchy(c).value_count()))
            .collect();
        let Partition { class_of, first } = partition(&packed, self.len());
        let mut weights = vec![0; first.len()];
        for (&class, weight) in class_of.iter().zip(&self.weights) {
            weights[class as usize] += weight;
        }
        let groups = Self {
            columns: columns
                .iter()
                .map(|codes| first.iter().map(|&t| codes[t as usize]).collect())
                .collect(),
            sets: self
                .sets
                .iter()
                .map(|sets| sets.merged(&class_of, first.len()))
                .collect(),
            weights,
        };
        (groups, class_of)
    }

    /// The tuples for which `keep` is true.
    pub(super) fn retained(&self, keep: &[bool]) -> Self {
        let chosen = |values: &[u32]| -> Vec<u32> {
            values
                .iter()
                .zip(keep)
                .filter_map(|(value, keep)| keep.then_some(*value))
                .collect()
        };
        Self {
            columns: self.columns.iter().map(|codes| chosen(codes)).collect(),
            weights: chosen(&self.weights),
            sets: self.sets.iter().map(|sets| sets.retained(keep)).collect(),
        }
    }
}

//! What is published instead of the quasi-identifiers.

use super::{groups::Groups, judge::Judge, table::Microdata};

/// The published value of every row in every quasi-identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    columns: Vec<Vec<u32>>,
    node: Option<Vec<usize>>,
}

impl Published {
    /// Quasi-identifier, then row: a value of its hierarchy.
    #[must_use]
    pub fn columns(&self) -> &[Vec<u32>] {
        &self.columns
    }

    /// The level of each quasi-identifier, when it is the same for all rows.
    #[must_use]
    pub fn node(&self) -> Option<&[usize]> {
        self.node.as_deref()
    }

    /// From the published values of each row.
    pub(crate) const fn of_cells(columns: Vec<Vec<u32>>) -> Self {
        Self {
            columns,
            node: None,
        }
    }

    /// The rows at a node of the lattice. `tuple_of` leads from a row to its group.
    pub(super) fn at_node(
        judge: &Judge<'_>,
        groups: &Groups,
        tuple_of: &[u32],
        node: &[usize],
    ) -> Self {
        let data: &Microdata = judge.data;
        let (classes, class_of) = groups.at(data, node);
        let company = judge.score(node, &classes).and_then(|score| score.company);
        let shown: Vec<bool> = (0..classes.len())
            .map(|class| judge.admits(&classes, class) && company != Some(class))
            .collect();
        let columns = classes
            .columns
            .iter()
            .enumerate()
            .map(|(c, values)| {
                let top = data.hierarchy(c).top();
                tuple_of
                    .iter()
                    .map(|&tuple| {
                        let class = class_of[tuple as usize] as usize;
                        if shown[class] { values[class] } else { top }
                    })
                    .collect()
            })
            .collect();
        Self {
            columns,
            node: Some(node.to_vec()),
        }
    }
}

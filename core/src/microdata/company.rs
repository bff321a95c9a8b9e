//! Rows that no class would have.

use super::recoding::{Class, Material};

/// Tuples times classes up to which each tuple is held against each class: a few seconds' worth.
const WORK: usize = 10_000_000;

/// Breaks up every class that does not keep to the rules: each of its tuples joins the class in
/// which that costs least. `None` when no class keeps to them, or when it would
/// take more than [`WORK`].
pub(super) fn give_company(material: &Material<'_>, classes: Vec<Class>) -> Option<Vec<Class>> {
    let (mut kept, broken): (Vec<Class>, Vec<Class>) = classes
        .into_iter()
        .partition(|class| material.admits(&class.members));
    let alone: Vec<u32> = broken.into_iter().flat_map(|class| class.members).collect();
    if alone.len().saturating_mul(kept.len()) > WORK {
        return None;
    }
    for atom in alone {
        let (_, at) = (0..kept.len())
            .map(|at| {
                (
                    material.joined(&kept[at], atom).cost() - kept[at].cost(),
                    at,
                )
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        let mut joined = material.joined(&kept[at], atom);
        joined.members = std::mem::take(&mut kept[at].members);
        joined.members.push(atom);
        kept[at] = joined;
    }
    Some(kept)
}

impl Material<'_> {
    /// The class with one more tuple, without the list of its members.
    fn joined(&self, class: &Class, atom: u32) -> Class {
        let values: Vec<u32> = class
            .values
            .iter()
            .enumerate()
            .map(|(column, &value)| {
                let leaf = self.atoms.columns[column][atom as usize];
                self.judge.data.hierarchy(column).join(value, leaf)
            })
            .collect();
        Class {
            members: Vec::new(),
            rows: class.rows + self.rows(&[atom]),
            penalty: self.penalty(&values),
            values,
        }
    }
}

//! Rows that no class would have.

use super::recoding::{Class, Material};

/// Breaks up every class that does not keep to the rules: each of its tuples joins the class in
/// which that costs least. At least one class must keep to them.
pub(super) fn give_company(material: &Material<'_>, classes: Vec<Class>) -> Vec<Class> {
    let (mut kept, broken): (Vec<Class>, Vec<Class>) = classes
        .into_iter()
        .partition(|class| material.admits(&class.members));
    for member in broken.into_iter().flat_map(|class| class.members) {
        let nearest = (0..kept.len())
            .map(|at| (material.cost_of_joining(&kept[at], member), at))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        match nearest {
            Some((_, at)) => {
                let mut members = std::mem::take(&mut kept[at].members);
                members.push(member);
                kept[at] = material.class(members);
            }
            None => kept.push(material.class(vec![member])),
        }
    }
    kept
}

impl Material<'_> {
    /// What the penalty of all rows together grows by when `member` joins `class`.
    fn cost_of_joining(&self, class: &Class, member: u32) -> f64 {
        let values: Vec<u32> = class
            .values
            .iter()
            .enumerate()
            .map(|(column, &value)| {
                let leaf = self.atoms.columns[column][member as usize];
                self.judge.data.hierarchy(column).join(value, leaf)
            })
            .collect();
        let rows = class.rows + u64::from(self.atoms.weights[member as usize]);
        self.penalty(&values) * rows as f64 - class.cost()
    }
}

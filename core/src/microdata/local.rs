//! Local recoding: the better of two ways to classes, bottom up and top down.

use super::{
    Rules,
    company::give_company,
    groups::Groups,
    judge::Judge,
    lattice::{self, EXHAUSTIVE},
    published::Published,
    recoding::{Class, Material},
    specialise::specialise,
    sweep::sweep,
    table::Microdata,
};

/// Publishes each class under the lowest values that stand above its rows.
///
/// Bottom up from the lattice loses less as a rule; top down does when hardly any class reaches l,
/// and when the lattice is too large to walk. Both keep every row in a class, so nothing is
/// suppressed; a class that ends up under `*` alone is as large as the others.
pub(super) fn local_recoding(data: &Microdata, rules: &Rules) -> Published {
    let (atoms, atom_of) = Groups::of_atoms(data, rules.l);
    let judge = Judge::new(data, *rules, &atoms);
    let material = Material::new(&judge, &atoms);
    let all = material.class((0..atoms.len() as u32).collect());
    let mut best = specialise(&material, vec![all]);
    if lattice::size(&data.heights()).is_some_and(|nodes| nodes <= EXHAUSTIVE)
        && let Some(swept) = bottom_up(&material)
        && cost(&swept) < cost(&best)
    {
        best = swept;
    }
    material.publish(&best, &atom_of)
}

fn bottom_up(material: &Material<'_>) -> Option<Vec<Class>> {
    let classes = sweep(material.judge, material.atoms)
        .into_iter()
        .map(|atoms| material.class(atoms))
        .collect();
    Some(specialise(material, give_company(material, classes)?))
}

fn cost(classes: &[Class]) -> f64 {
    classes.iter().map(Class::cost).sum()
}

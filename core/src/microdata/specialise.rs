//! Splitting classes by lower values of one column, as long as every part keeps to the rules.

use super::recoding::{Class, Material};

/// Splits every class until none can be split. Parts too small to stand alone stay together as a
/// residual, if they are enough together.
pub(super) fn specialise(material: &Material<'_>, classes: Vec<Class>) -> Vec<Class> {
    let mut open = classes;
    let mut done = Vec::with_capacity(open.len());
    while let Some(class) = open.pop() {
        match best_split(material, &class) {
            Some(parts) => open.extend(parts),
            None => done.push(class),
        }
    }
    done
}

/// The split that saves most, or `None`.
fn best_split(material: &Material<'_>, class: &Class) -> Option<Vec<Class>> {
    if class.rows < 2 * material.judge.rules.k as u64 || class.penalty <= 0.0 {
        return None;
    }
    let mut best: Option<(f64, Vec<Class>)> = None;
    for column in 0..class.values.len() {
        let Some(parts) = split(material, class, column) else {
            continue;
        };
        let cost = parts.iter().map(Class::cost).sum();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, parts));
        }
    }
    best.filter(|(cost, _)| *cost < class.cost())
        .map(|(_, parts)| parts)
}

fn split(material: &Material<'_>, class: &Class, column: usize) -> Option<Vec<Class>> {
    let children = children(material, class, column)?;
    let (mut parts, small): (Vec<_>, Vec<_>) = children
        .into_iter()
        .partition(|members| material.admits(members));
    let mut residual: Vec<u32> = small.into_iter().flatten().collect();
    if !residual.is_empty() && !material.admits(&residual) {
        // The smallest part keeps the residual company.
        let smallest = (0..parts.len()).min_by_key(|&part| material.rows(&parts[part]))?;
        residual.extend(parts.swap_remove(smallest));
    }
    if !residual.is_empty() {
        parts.push(residual);
    }
    if parts.len() < 2 {
        return None;
    }
    Some(parts.into_iter().map(|part| material.class(part)).collect())
}

/// The members by what stands next below the class's value; `None` where it is a leaf.
fn children(material: &Material<'_>, class: &Class, column: usize) -> Option<Vec<Vec<u32>>> {
    let hierarchy = material.judge.data.hierarchy(column);
    let value = class.values[column];
    let level = hierarchy.lowest_level(value).checked_sub(1)?;
    let mut children: Vec<(u32, Vec<u32>)> = Vec::new();
    for &member in &class.members {
        let leaf = material.atoms.columns[column][member as usize];
        let child = hierarchy.ancestor(leaf, level);
        match children.iter_mut().find(|(value, _)| *value == child) {
            Some((_, members)) => members.push(member),
            None => children.push((child, vec![member])),
        }
    }
    Some(children.into_iter().map(|(_, members)| members).collect())
}

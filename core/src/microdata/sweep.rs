//! A first local recoding from the lattice: nodes in the order of what they lose, and at each the
//! rows that have company there are published and leave.

use super::{groups::Groups, judge::Judge, lattice};

/// Tuples times nodes that are looked at, a few seconds' worth.
const WORK: usize = 300_000_000;

/// Classes of tuples. Rows left without company come last, as one class, which may be too small,
/// and which is large when the walk was cut short.
pub(super) fn sweep(judge: &Judge<'_>, atoms: &Groups) -> Vec<Vec<u32>> {
    let mut nodes = lattice::nodes(&judge.data.heights());
    nodes.sort_by(|a, b| {
        judge
            .least_gcp(a)
            .total_cmp(&judge.least_gcp(b))
            .then_with(|| a.cmp(b))
    });
    let mut classes: Vec<Vec<u32>> = Vec::new();
    let mut left: Vec<u32> = (0..atoms.len() as u32).collect();
    let mut groups = atoms.clone();
    let mut work = 0_usize;
    for node in nodes {
        work = work.saturating_add(left.len());
        if left.is_empty() || work > WORK {
            break;
        }
        let (found, class_of) = groups.at(judge.data, &node);
        let admitted: Vec<bool> = (0..found.len())
            .map(|class| judge.admits(&found, class))
            .collect();
        if !admitted.contains(&true) {
            continue;
        }
        let mut place = vec![usize::MAX; found.len()];
        for (&atom, &class) in left.iter().zip(&class_of) {
            let class = class as usize;
            if admitted[class] {
                if place[class] == usize::MAX {
                    place[class] = classes.len();
                    classes.push(Vec::new());
                }
                classes[place[class]].push(atom);
            }
        }
        let keep: Vec<bool> = class_of.iter().map(|&c| !admitted[c as usize]).collect();
        groups = groups.retained(&keep);
        left = left
            .into_iter()
            .zip(&keep)
            .filter_map(|(atom, keep)| keep.then_some(atom))
            .collect();
    }
    if !left.is_empty() {
        classes.push(left);
    }
    classes
}

//! Full-domain generalisation: one level for each column, the same for all rows. The levels form a
//! lattice; the search finds the node that loses least among those that may be published.

use super::{
    groups::Groups,
    judge::{Judge, Score},
};

/// Lattices up to this many nodes are walked node by node.
pub(super) const EXHAUSTIVE: usize = 100_000;
/// Tuples times nodes up to which they are, about a second's worth.
const WORK: usize = 100_000_000;

/// The best node, or `None` when none keeps to the rules.
pub(super) fn optimum(judge: &Judge<'_>, groups: &Groups) -> Option<Score> {
    let walk = size(&judge.data.heights())
        .is_some_and(|nodes| nodes <= EXHAUSTIVE && nodes.saturating_mul(groups.len()) <= WORK);
    if walk {
        exhaustive(judge, groups)
    } else {
        pruned(judge, groups)
    }
}

/// Nodes of the lattice, or `None` above `usize`.
pub(super) fn size(heights: &[usize]) -> Option<usize> {
    heights
        .iter()
        .try_fold(1_usize, |product, height| product.checked_mul(height + 1))
}

/// Looks at every node. Depth first, so that no more tables are held than there are columns, and
/// each node is made from the one a level below it.
pub(super) fn exhaustive(judge: &Judge<'_>, groups: &Groups) -> Option<Score> {
    let mut search = Exhaustive {
        judge,
        heights: judge.data.heights(),
        node: vec![0; groups.columns.len()],
        best: None,
    };
    search.visit(0, groups);
    search.best
}

struct Exhaustive<'a> {
    judge: &'a Judge<'a>,
    heights: Vec<usize>,
    node: Vec<usize>,
    best: Option<Score>,
}

impl Exhaustive<'_> {
    fn visit(&mut self, column: usize, groups: &Groups) {
        if column == self.node.len() {
            keep_better(&mut self.best, self.judge.score(&self.node, groups));
            return;
        }
        self.visit(column + 1, groups);
        let mut lifted: Option<Groups> = None;
        for level in 1..=self.heights[column] {
            let below = lifted.as_ref().unwrap_or(groups);
            let above = below.lifted(self.judge.data, column, level);
            self.node[column] = level;
            self.visit(column + 1, &above);
            lifted = Some(above);
        }
        self.node[column] = 0;
    }
}

/// Branch and bound with the same result.
///
/// Columns are fixed one after another. With the others on `*`, the classes are as large as they
/// can become: when too many rows are suppressed even so, no completion may be published, and none
/// with a lower level in this column either. What is suppressed even so stays suppressed in every
/// completion, and the other rows lose at least what the fixed columns lose: when that is more
/// than the best node known, no completion is better.
pub(super) fn pruned(judge: &Judge<'_>, groups: &Groups) -> Option<Score> {
    let mut search = Pruned {
        judge,
        heights: judge.data.heights(),
        node: judge.data.heights(),
        best: None,
    };
    search.descend(groups);
    search.node = judge.data.heights();
    search.visit(0, groups);
    search.best
}

struct Pruned<'a> {
    judge: &'a Judge<'a>,
    heights: Vec<usize>,
    node: Vec<usize>,
    best: Option<Score>,
}

impl Pruned<'_> {
    /// From the top always down to the best neighbour: a good node early prunes much.
    fn descend(&mut self, groups: &Groups) {
        let score = |node: &[usize]| self.judge.score(node, &groups.at(self.judge.data, node).0);
        let mut best = score(&self.node);
        while let Some(here) = &best {
            let next = (0..here.node.len())
                .filter(|&c| here.node[c] > 0)
                .filter_map(|c| {
                    let mut node = here.node.clone();
                    node[c] -= 1;
                    score(&node)
                })
                .reduce(|a, b| if b.beats(&a) { b } else { a });
            match next {
                Some(next) if next.beats(here) => best = Some(next),
                _ => break,
            }
        }
        self.best = best;
    }

    fn visit(&mut self, column: usize, groups: &Groups) {
        if column == self.node.len() {
            keep_better(&mut self.best, self.judge.score(&self.node, groups));
            return;
        }
        for level in (0..=self.heights[column]).rev() {
            self.node[column] = level;
            let lifted = groups.lifted(self.judge.data, column, level);
            let widest = lifted.prefix(self.judge.data, column + 1);
            let mut loss = self.judge.loss(&self.node, &widest);
            if !self.judge.within_limit(loss.suppressed) {
                break;
            }
            loss.columns[column + 1..].fill(0);
            let least = self.judge.gcp(&loss);
            if self.best.as_ref().is_none_or(|best| least <= best.gcp) {
                self.visit(column + 1, &lifted);
            }
        }
        self.node[column] = self.heights[column];
    }
}

fn keep_better(best: &mut Option<Score>, found: Option<Score>) {
    if let Some(found) = found
        && best.as_ref().is_none_or(|best| found.beats(best))
    {
        *best = Some(found);
    }
}

/// All nodes; only for lattices that are small.
pub(super) fn nodes(heights: &[usize]) -> Vec<Vec<usize>> {
    heights.iter().fold(vec![Vec::new()], |nodes, &height| {
        nodes
            .iter()
            .flat_map(|node| {
                (0..=height).map(move |level| {
                    let mut longer = node.clone();
                    longer.push(level);
                    longer
                })
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::microdata::{Hierarchy, Microdata, QuasiIdentifier, Rules};

    /// Rows that fall unevenly over three columns of eight leaves each, drawn from `seed`.
    fn data(mut seed: u64, rows: usize) -> Microdata {
        let ladder: Vec<[String; 4]> = (0..8)
            .map(|leaf: u32| {
                let pair = format!("p{}", leaf / 2);
                [
                    leaf.to_string(),
                    pair,
                    format!("q{}", leaf / 4),
                    "*".to_owned(),
                ]
            })
            .collect();
        let mut draw = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let uniform = (seed >> 40) as u32 % 64;
            // The square root of a uniform number prefers the upper leaves.
            uniform.isqrt()
        };
        let columns = (0..3).map(|_| QuasiIdentifier {
            hierarchy: Hierarchy::new(&ladder).unwrap_or_else(|e| unreachable!("{e}")),
            leaves: (0..rows).map(|_| draw()).collect(),
        });
        Microdata::new(columns.collect(), vec![]).unwrap_or_else(|e| unreachable!("{e}"))
    }

    #[test]
    fn the_pruned_search_finds_what_the_walk_through_all_nodes_finds() {
        for seed in 0..40 {
            let data = data(seed, 40 + seed as usize * 7);
            for k in [2, 5, 11] {
                let rules = Rules {
                    k,
                    l: None,
                    suppression_limit: 0.05,
                };
                let (groups, _) = Groups::of_rows(&data, None);
                let judge = Judge::new(&data, rules, &groups);
                let found = |score: Option<Score>| score.map(|s| (s.node, s.suppressed));
                assert_eq!(
                    found(pruned(&judge, &groups)),
                    found(exhaustive(&judge, &groups)),
                    "seed {seed}, k {k}"
                );
            }
        }
    }
}

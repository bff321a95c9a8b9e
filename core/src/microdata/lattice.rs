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
    use proptest::prelude::*;

    use super::{exhaustive, nodes, pruned};
    use crate::microdata::{
        Hierarchy, Microdata, QuasiIdentifier, Rules, Sensitive, groups::Groups, judge::Judge,
    };

    fn column(leaves: Vec<u32>) -> QuasiIdentifier {
        let rows: Vec<[String; 4]> = (0..8)
            .map(|v| {
                [
                    format!("{v}"),
                    format!("{}a", v / 2),
                    format!("{}b", v / 4),
                    "*".into(),
                ]
            })
            .collect();
        QuasiIdentifier {
            hierarchy: Hierarchy::new(&rows).unwrap(),
            leaves,
        }
    }

    proptest! {
        #[test]
        fn pruning_finds_the_node_that_walking_all_finds(
            rows in prop::collection::vec((0_u32..8, 0_u32..8, 0_u32..8, 0_u32..3), 8..80),
            k in 1_usize..8,
            l in prop::option::of(1_usize..3),
            limit in prop_oneof![Just(0.0), Just(0.05), Just(0.2), Just(1.0)],
        ) {
            let sensitive = Sensitive { codes: rows.iter().map(|r| r.3).collect(), values: 3 };
            let quasi = vec![
                column(rows.iter().map(|r| r.0).collect()),
                column(rows.iter().map(|r| r.1).collect()),
                column(rows.iter().map(|r| r.2).collect()),
            ];
            let data = Microdata::new(quasi, vec![sensitive]).unwrap();
            let (groups, _) = Groups::of_rows(&data, l);
            let judge = Judge::new(&data, Rules { k, l, suppression_limit: limit }, &groups);
            let (walked, found) = (exhaustive(&judge, &groups), pruned(&judge, &groups));
            let node = |score: Option<super::Score>| score.map(|s| (s.gcp, s.suppressed, s.node));
            prop_assert_eq!(node(walked), node(found));
        }
    }

    #[test]
    fn every_node_is_listed_once() {
        assert_eq!(nodes(&[1, 2]).len(), 6);
        assert_eq!(nodes(&[1, 2])[5], [1, 2]);
    }
}

//! Whether a node of the lattice may be published, and what it loses.

use super::{Rules, groups::Groups, table::Microdata};

/// What publishing a node costs. Ordered: the better one first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Score {
    /// Global certainty penalty.
    pub(super) gcp: f64,
    pub(super) suppressed: u64,
    pub(super) node: Vec<usize>,
    /// A class that is suppressed although it is large enough, to make the suppressed rows
    /// enough themselves. A number of the node's groups.
    pub(super) company: Option<usize>,
}

impl Score {
    /// Less loss first; then fewer suppressed rows, lower levels in all, lower levels in the
    /// earlier columns. Two searches find the same node however they walk.
    pub(super) fn beats(&self, other: &Self) -> bool {
        let levels = |score: &Self| score.node.iter().sum::<usize>();
        self.gcp
            .total_cmp(&other.gcp)
            .then(self.suppressed.cmp(&other.suppressed))
            .then_with(|| levels(self).cmp(&levels(other)))
            .then_with(|| self.node.cmp(&other.node))
            .is_lt()
    }
}

/// Rows that may not be published, and what the others lose in each column.
pub(super) struct Loss {
    pub(super) suppressed: u64,
    pub(super) columns: Vec<u64>,
}

/// The rules together with what is known of the table before any node is looked at.
pub(super) struct Judge<'a> {
    pub(super) data: &'a Microdata,
    pub(super) rules: Rules,
    /// Rows that may be suppressed.
    limit: u64,
    /// Column, then level: what all rows lose there.
    lost: Vec<Vec<u64>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(data: &'a Microdata, rules: Rules, groups: &Groups) -> Self {
        let lost = data
            .quasi()
            .iter()
            .zip(&groups.columns)
            .map(|(quasi, codes)| {
                let hierarchy = &quasi.hierarchy;
                (0..=hierarchy.height())
                    .map(|level| {
                        codes
                            .iter()
                            .zip(&groups.weights)
                            .map(|(&leaf, &weight)| {
                                hierarchy.penalty(hierarchy.ancestor(leaf, level))
                                    * u64::from(weight)
                            })
                            .sum()
                    })
                    .collect()
            })
            .collect();
        // A limit of 0.29 means 29 of 100 rows, although 0.29 × 100 is a little less in binary.
        let rows = data.rows() as f64;
        let limit = (rules.suppression_limit * rows + rows * 1e-9).floor() as u64;
        Self {
            data,
            rules,
            limit,
            lost,
        }
    }

    pub(super) const fn within_limit(&self, suppressed: u64) -> bool {
        suppressed <= self.limit
    }

    /// The global certainty penalty: the mean over all cells, in which a suppressed row counts 1
    /// in each. The sums are whole numbers, so that it does not depend on their order.
    pub(super) fn gcp(&self, loss: &Loss) -> f64 {
        gcp(self.data, &loss.columns, loss.suppressed)
    }

    /// The loss of a node if nothing had to be suppressed; suppression only adds to it.
    pub(super) fn least_gcp(&self, node: &[usize]) -> f64 {
        let columns = node
            .iter()
            .zip(&self.lost)
            .map(|(&level, lost)| lost[level])
            .collect();
        self.gcp(&Loss {
            suppressed: 0,
            columns,
        })
    }

    /// Whether a class may be published.
    pub(super) fn admits(&self, groups: &Groups, class: usize) -> bool {
        groups.weights[class] as usize >= self.rules.k
            && groups.sets.iter().all(|sets| sets.enough(class))
    }

    /// What a node loses, given its groups.
    pub(super) fn loss(&self, node: &[usize], groups: &Groups) -> Loss {
        let mut loss = Loss {
            suppressed: 0,
            columns: node
                .iter()
                .zip(&self.lost)
                .map(|(&level, lost)| lost[level])
                .collect(),
        };
        for class in (0..groups.len()).filter(|&class| !self.admits(groups, class)) {
            self.suppress(&mut loss, groups, class);
        }
        loss
    }

    fn suppress(&self, loss: &mut Loss, groups: &Groups, class: usize) {
        let weight = u64::from(groups.weights[class]);
        loss.suppressed += weight;
        for (c, lost) in loss.columns.iter_mut().enumerate() {
            *lost -= weight * self.data.hierarchy(c).penalty(groups.columns[c][class]);
        }
    }

    /// The score of a node, or `None` when it may not be published.
    pub(super) fn score(&self, node: &[usize], groups: &Groups) -> Option<Score> {
        let mut loss = self.loss(node, groups);
        if !self.within_limit(loss.suppressed) {
            return None;
        }
        let mut company = None;
        if loss.suppressed > 0 && !self.suppressed_hide_each_other(groups, loss.suppressed) {
            let class = self.cheapest_company(groups, loss.suppressed)?;
            self.suppress(&mut loss, groups, class);
            company = Some(class);
        }
        Some(Score {
            gcp: self.gcp(&loss),
            suppressed: loss.suppressed,
            node: node.to_vec(),
            company,
        })
    }

    /// Suppressed rows are alike too: whoever fits no published class is one of them.
    fn suppressed_hide_each_other(&self, groups: &Groups, suppressed: u64) -> bool {
        suppressed >= self.rules.k as u64
            && groups.sets.iter().all(|sets| {
                let mut values: Vec<u32> = (0..groups.len())
                    .filter(|&class| !self.admits(groups, class))
                    .flat_map(|class| sets.of(class))
                    .copied()
                    .collect();
                values.sort_unstable();
                values.dedup();
                values.len() >= self.rules.l.unwrap_or(0)
            })
    }

    /// The class whose suppression adds the least loss within the limit; any published class is
    /// enough to hide in.
    fn cheapest_company(&self, groups: &Groups, suppressed: u64) -> Option<usize> {
        (0..groups.len())
            .filter(|&class| {
                self.admits(groups, class)
                    && self.within_limit(suppressed + u64::from(groups.weights[class]))
            })
            .map(|class| {
                let kept: f64 = (0..groups.columns.len())
                    .map(|c| {
                        let hierarchy = self.data.hierarchy(c);
                        let penalty = hierarchy.penalty(groups.columns[c][class]) as f64;
                        1.0 - penalty / hierarchy.greatest_penalty() as f64
                    })
                    .sum();
                (kept * f64::from(groups.weights[class]), class)
            })
            // Groups of one node come in different orders from different searches.
            .min_by(|(a, one), (b, other)| {
                a.total_cmp(b)
                    .then_with(|| values(groups, *one).cmp(values(groups, *other)))
            })
            .map(|(_, class)| class)
    }
}

fn values(groups: &Groups, class: usize) -> impl Iterator<Item = u32> {
    groups.columns.iter().map(move |codes| codes[class])
}

/// Mean penalty of a cell from the sums of each column over the published rows.
pub(super) fn gcp(data: &Microdata, columns: &[u64], suppressed: u64) -> f64 {
    let cells = (data.rows() * columns.len()) as f64;
    let published: f64 = columns
        .iter()
        .enumerate()
        .map(|(c, &lost)| lost as f64 / data.hierarchy(c).greatest_penalty() as f64)
        .sum();
    (published + (suppressed * columns.len() as u64) as f64) / cells
}

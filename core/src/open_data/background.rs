//! The background columns of a cohort.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{
    cells::{NOT_ASKED, SKIPPED},
    cohort::CohortError,
    guards::{Guard, guards},
    variables::{Role, Variable},
};
use crate::{
    instrument::{Instrument, QuasiIdentifier as Ladder},
    microdata::{ANY, Hierarchy, QuasiIdentifier},
};

/// A background column in the making.
pub(super) struct Background {
    pub(super) at: usize,
    pub(super) level: u32,
    hierarchy: Hierarchy,
    /// Answer to leaf.
    leaf_of: HashMap<String, u32>,
    leaves: Vec<u32>,
}

impl Background {
    /// The ladder from `level` (from 1) upwards; what was skipped or not asked stands beside it
    /// and is only ever told as such or not at all.
    pub(super) fn new(
        at: usize,
        variable: &Variable,
        ladder: &Ladder,
        level: u32,
    ) -> Result<Self, CohortError> {
        let finest = usize::try_from(level.saturating_sub(1)).unwrap_or(usize::MAX);
        let levels = ladder.ladder.get(finest..).unwrap_or_default();
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut leaf_of = HashMap::new();
        let mut add = |leaf: &str, answers: &[String]| {
            let number = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            let mut row = vec![leaf.to_owned()];
            row.extend(levels.iter().skip(1).map(|level| {
                let group = level
                    .iter()
                    .find(|(_, codes)| answers.first().is_some_and(|a| codes.contains(a)));
                group.map_or_else(|| leaf.to_owned(), |(label, _)| label.clone())
            }));
            row.push(ANY.to_owned());
            rows.push(row);
            for answer in answers {
                leaf_of.insert(answer.clone(), number);
            }
        };
        for (group, codes) in levels.first().into_iter().flatten() {
            add(group, codes);
        }
        for state in [SKIPPED, NOT_ASKED] {
            add(state, &[state.to_owned()]);
        }
        let hierarchy = Hierarchy::new(&rows).map_err(|error| CohortError::Ladder {
            question: variable.question.clone(),
            error,
        })?;
        Ok(Self {
            at,
            level,
            hierarchy,
            leaf_of,
            leaves: Vec::new(),
        })
    }

    pub(super) fn add(&mut self, answer: &str) {
        let skipped = self.leaf_of.get(SKIPPED).copied().unwrap_or_default();
        let leaf = self.leaf_of.get(answer).copied().unwrap_or(skipped);
        self.leaves.push(leaf);
    }

    pub(super) fn finish(self) -> QuasiIdentifier {
        QuasiIdentifier {
            hierarchy: self.hierarchy,
            leaves: self.leaves,
        }
    }
}

/// The labels of a background column that decide by themselves whether another question was
/// asked.
#[derive(Clone, Debug)]
pub(super) struct Telling {
    /// The column; `None` when the background question is not in the file.
    column: Option<usize>,
    labels: BTreeSet<String>,
}

impl Telling {
    /// For each background question on which it depends whether `variable` was asked for.
    pub(super) fn of(
        instrument: &Instrument,
        variable: &Variable,
        variables: &[Variable],
        background: &[Background],
    ) -> Vec<Self> {
        if matches!(variable.role, Role::QuasiIdentifier | Role::Factor) {
            return Vec::new();
        }
        guards(instrument, &variable.question)
            .iter()
            .map(|guard| {
                let named = |v: &Variable| v.name == guard.background;
                let column = variables.iter().position(named);
                let published = background.iter().find(|b| Some(b.at) == column);
                Self {
                    column,
                    labels: deciding(instrument, guard, published),
                }
            })
            .collect()
    }

    /// True when the background cells of a row decide it.
    pub(super) fn by(&self, background: &[Cow<'_, str>]) -> bool {
        let label = self.column.and_then(|at| background.get(at));
        self.labels.contains(label.map_or(ANY, |label| label))
    }
}

fn deciding(
    instrument: &Instrument,
    guard: &Guard,
    published: Option<&Background>,
) -> BTreeSet<String> {
    let mut answers: Vec<&str> = vec![SKIPPED, NOT_ASKED];
    if let Some(question) = instrument.question(&guard.background) {
        answers.extend(question.choices().iter().map(|c| c.code.as_str()));
    }
    let mut under: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    if let Some(Background {
        hierarchy, leaf_of, ..
    }) = published
    {
        for &answer in &answers {
            let leaf = leaf_of.get(answer).copied();
            let labels: BTreeSet<&str> = leaf
                .into_iter()
                .flat_map(|leaf| (0..hierarchy.height()).map(move |level| (leaf, level)))
                .map(|(leaf, level)| hierarchy.label(hierarchy.ancestor(leaf, level)))
                .collect();
            for label in labels {
                under.entry(label).or_default().push(answer);
            }
        }
    }
    // Where nothing is told of the background, every answer is possible.
    under.insert(ANY, answers);
    under
        .into_iter()
        .filter(|(_, answers)| guard.same_way(instrument, answers))
        .map(|(label, _)| label.to_owned())
        .collect()
}

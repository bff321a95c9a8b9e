//! What an index tells of the answers it is computed from, and they of it, for a reader who knows
//! every total and every shown count exactly.

use super::polytope::{Polytope, Reach, Terms};
use crate::disclosure::{Input, Parameters, RawTable, Status, Table};

/// A one-way table, with its exact counts and with what of them is shown.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    pub(crate) counts: &'a RawTable,
    pub(crate) table: &'a Table,
}

/// True when every hidden count of both tables stays as wide as the rules ask for. The people are
/// laid out by their answer and by their band; where the two cannot go together there is nobody.
pub(crate) fn apart(
    input: &Input,
    answers: Shown<'_>,
    index: Shown<'_>,
    rules: &Parameters,
) -> bool {
    let mut polytope = Polytope::default();
    let mut targets: Vec<Terms> = vec![];
    let people = answers.counts.base().max(index.counts.base());
    let mut bands: Vec<Terms> = vec![];
    for band in 0..index.counts.rows.len() {
        let mut sum: Terms = vec![];
        if input.absent.get(band).copied().unwrap_or(true) {
            sum.push((polytope.variable((0, people)), 1.0));
        }
        bands.push(sum);
    }
    let mut all: Terms = vec![];
    for cell in 0..answers.counts.rows.len() {
        // Somebody who gave this answer may lack another one that the index needs.
        let mut sum: Terms = vec![(polytope.variable((0, people)), 1.0)];
        for (band, of_band) in bands.iter_mut().enumerate() {
            let agrees = input.agrees.get(cell).and_then(|row| row.get(band));
            if agrees.copied().unwrap_or(true) {
                let both = polytope.variable((0, people));
                sum.push((both, 1.0));
                of_band.push((both, 1.0));
            }
        }
        let total = total(&mut polytope, &mut targets, answers, cell, rules);
        all.push((total, 1.0));
        sum.push((total, -1.0));
        polytope.equal(sum, 0.0);
    }
    polytope.equal(all, exact(answers.counts.base()));
    let mut all: Terms = vec![];
    for (band, mut sum) in bands.into_iter().enumerate() {
        let total = total(&mut polytope, &mut targets, index, band, rules);
        all.push((total, 1.0));
        sum.push((total, -1.0));
        polytope.equal(sum, 0.0);
    }
    polytope.equal(all, exact(index.counts.base()));
    targets.is_empty()
        || Reach::new(&polytope, &targets)
            .first_narrow(|_| rules.min_width)
            .is_none()
}

fn exact(count: u64) -> f64 {
    super::polytope::real(count)
}

/// The count of a cell: known when it is shown, else a target.
fn total(
    polytope: &mut Polytope,
    targets: &mut Vec<Terms>,
    of: Shown<'_>,
    row: usize,
    rules: &Parameters,
) -> usize {
    let count = of.counts.count(row, 0);
    let code = of.counts.rows.get(row).map(|r| r.code.as_str());
    let status = code.and_then(|c| of.table.cell(c)).map(|c| c.status);
    let bounds = match status {
        Some(Status::Shown) => return polytope.variable((count, count)),
        Some(Status::FewerThan10) => (0, rules.min_cell.saturating_sub(1)),
        _ => (0, of.counts.base()),
    };
    let variable = polytope.variable(bounds);
    targets.push(vec![(variable, 1.0)]);
    variable
}

//! Drawing the levels of experiment factors.

use super::Seed;
use crate::{instrument::Instrument, response::Assignment};

/// The level of every factor for this seed: equally likely, independent of each other; a factor
/// that the survey's owner has fixed has that level for everyone.
#[must_use]
pub fn assign(instrument: &Instrument, seed: Seed) -> Assignment {
    // One at a time: collecting would bring a sort of its own into what the browser loads.
    let mut assignment = Assignment::new();
    for factor in &instrument.factors {
        let drawn = || {
            factor
                .levels
                .get(seed.below(&factor.id, factor.levels.len()))
        };
        if let Some(level) = factor.fixed.as_ref().or_else(drawn) {
            assignment.insert(factor.id.clone(), level.clone());
        }
    }
    assignment
}

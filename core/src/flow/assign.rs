//! Drawing the levels of experiment factors.

use super::Seed;
use crate::{instrument::Instrument, response::Assignment};

/// The level of every factor for this seed: equally likely, independent of each other; a factor
/// that the survey's owner has fixed has that level for everyone.
#[must_use]
pub fn assign(instrument: &Instrument, seed: Seed) -> Assignment {
    instrument
        .factors
        .iter()
        .filter_map(|factor| {
            let drawn = || {
                factor
                    .levels
                    .get(seed.below(&factor.id, factor.levels.len()))
            };
            let level = factor.fixed.as_ref().or_else(drawn)?;
            Some((factor.id.clone(), level.clone()))
        })
        .collect()
}

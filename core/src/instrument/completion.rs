//! What may still be added to a version of an instrument that is published.

use super::{Instrument, Measure};

impl Instrument {
    /// True when this is `before`, but for how some hypotheses are computed that `before` only
    /// described. What is asked, what becomes a table and what was registered are the same, so the
    /// answers given so far stay what they were. A measure that was there may not change: the rule
    /// would be chosen after the answers were seen.
    #[must_use]
    pub fn completes(&self, before: &Self) -> bool {
        let mut completed = before.clone();
        let pairs = completed.hypotheses.iter_mut().zip(&self.hypotheses);
        for (open, given) in pairs {
            if matches!(open.measure, None | Some(Measure::Together { .. })) {
                open.measure.clone_from(&given.measure);
            }
        }
        completed == *self
    }
}

//! Protections turned off, one at a time, in a build for tests: there the attacks of
//! `end2end/judge/attacks.py` have to find what they look for. No other build holds any of this.

#[cfg(not(debug_assertions))]
compile_error!("the feature `unprotected` is for tests only and has no place in a release build");

/// What `PARTAKE_UNPROTECTED` can turn off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protection {
    /// Public figures change at releases only.
    Batches,
    /// Counts are rounded and hidden, and some responses wait.
    Rounding,
    /// What holds the order of arrival is rewritten.
    Order,
    /// No header of a request is written down.
    Headers,
    /// Nothing joins an account to its answers.
    Unlinked,
}

impl Protection {
    const fn name(self) -> &'static str {
        match self {
            Self::Batches => "batches",
            Self::Rounding => "rounding",
            Self::Order => "order",
            Self::Headers => "headers",
            Self::Unlinked => "unlinked",
        }
    }

    /// True when this one is turned off.
    #[must_use]
    pub(crate) fn is_off(self) -> bool {
        std::env::var("PARTAKE_UNPROTECTED").is_ok_and(|name| name == self.name())
    }
}

//! Making a release: the only moment at which anything public changes.

pub mod calendar;
mod cut;
mod files;
mod published;
mod rules;

pub use cut::{Cut, CutError, Outcome, cut};
pub use files::{
    AGGREGATES, AGGREGATES_CSV, AUDIT, CODEBOOK, CODEBOOK_CSV, INSTRUMENT, MANIFEST, SUMS,
};
pub use published::{Published, PublishedError, PublishedReleases};
pub use rules::RuleArgs;

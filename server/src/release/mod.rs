//! Making a release: the only moment at which anything public changes.

mod cut;
mod files;
mod published;

pub use cut::{Cut, CutError, Outcome, cut};
pub use files::{
    AGGREGATES, AGGREGATES_CSV, AUDIT, CODEBOOK, CODEBOOK_CSV, INSTRUMENT, MANIFEST, SUMS,
};
pub use published::{Published, PublishedError, PublishedReleases};

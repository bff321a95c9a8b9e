//! Making a release: the only moment at which anything public changes.

pub mod calendar;
mod cut;
mod files;
mod open_data;
mod published;
mod rules;
pub mod waiting;

pub use cut::{Cut, CutError, Outcome, cut};
pub use files::{
    AGGREGATES, AGGREGATES_CSV, AUDIT, BACKGROUND, CODEBOOK, CODEBOOK_CSV, CODEBOOK_XML,
    DATAPACKAGE, INSTRUMENT, MANIFEST, RESPONSES, RESPONSES_LINES, RESPONSES_SPREADSHEET, SUMS,
    UTILITY,
};
pub use open_data::OpenDataError;
pub use published::{Published, PublishedError, PublishedReleases};
pub use rules::RuleArgs;

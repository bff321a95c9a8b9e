//! Making a release: the only moment at which anything public changes.

mod archive;
pub mod calendar;
mod counting;
mod cut;
mod files;
pub mod formats;
mod open_data;
mod publication;
mod published;
mod rules;
mod series;
mod texts;
pub mod waiting;
mod watch;

pub use cut::{Cut, CutError, Outcome, Publisher, cut};
pub use files::{
    AGGREGATES, AGGREGATES_CSV, ARCHIVE, AUDIT, BACKGROUND, CITATION, CODEBOOK, CODEBOOK_CSV,
    CODEBOOK_EN, CODEBOOK_XML, CODEBOOK_ZH, DATACITE, DATAPACKAGE, INSTRUMENT, LOAD_PYTHON, LOAD_R,
    LOAD_STATA, MANIFEST, README_EN, README_ZH, RELATIONS, RESPONSES, RESPONSES_LINES,
    RESPONSES_PARQUET, RESPONSES_SAV, RESPONSES_SPREADSHEET, RESPONSES_XLSX, SINGLE, SUMS, TABLES,
    TEXTS, UTILITY,
};
pub use open_data::OpenDataError;
pub use publication::PublicationError;
pub use published::{Published, PublishedError, PublishedReleases};
pub use rules::RuleArgs;
pub use series::{Moment, Series};
pub use watch::{Step, Watch, unwatched};

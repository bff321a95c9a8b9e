//! The results of a release.

mod empty;
mod page;
mod sentences;

pub use empty::{EmptyResults, EmptyResultsProps};
pub use page::{
    OtherRelease, ReleaseHead, ResultsPage, ResultsPageProps, ResultsView, SectionFigures,
    SplitChoice, sections,
};
pub use sentences::sentences;

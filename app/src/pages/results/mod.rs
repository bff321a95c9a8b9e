//! The results of a release.

mod chart;
mod empty;
mod method;
mod page;
mod sentences;
mod texts;

pub use chart::{ChartPage, ChartPageProps, ChartView};
pub use empty::{EmptyResults, EmptyResultsProps};
pub use method::{Method, MethodProps};
pub use page::{
    OtherRelease, ReleaseHead, ResultsPage, ResultsPageProps, ResultsView, SectionFigures,
    SplitChoice, sections,
};
pub use sentences::sentences;
pub use texts::{TextListView, TextListsPage, TextListsPageProps, TextListsView, WordsTeaser};

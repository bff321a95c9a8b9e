//! Threads and comments.

mod comment;
mod compose;
mod history;
mod list;
mod notices;
mod permalink;
mod quoted;
mod report;
mod search;
mod thread;

pub use comment::{CommentView, May};
pub use compose::{
    Composer, EditPage, EditPageProps, HeldBack, NewThreadPage, NewThreadPageProps, Preview,
    held_back,
};
pub use history::{HistoryPage, HistoryPageProps, Piece, VersionView};
pub use list::{ListPage, ListPageProps, ThreadLine};
pub use notices::{NoticeLine, NoticesPage, NoticesPageProps};
pub use permalink::{PermalinkPage, PermalinkPageProps};
pub use quoted::QuotedFigure;
pub use report::{DeletePage, DeletePageProps, ReportPage, ReportPageProps, RuleChoice, reasons};
pub use search::{FoundLine, SearchForm, SearchPage, SearchPageProps};
pub use thread::{ThreadPage, ThreadPageProps};

/// Question ids with their titles, by section.
pub type AboutChoices = Vec<(String, Vec<(String, String)>)>;

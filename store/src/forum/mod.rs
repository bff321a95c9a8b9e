//! Threads, comments, reports and the public log.
//!
//! Every change asks [`partake_core::forum::may`] inside its transaction, with the state it is
//! about to change. What was deleted, removed or withheld is masked in the queries, so no page can
//! show it by mistake.

mod act;
mod appeals;
mod audit;
mod batches;
mod bulk;
mod cases;
mod chain;
mod change;
mod contributions;
mod cursor;
mod error;
mod live;
mod log;
mod moderation;
mod notes;
mod notices;
mod participation;
mod queue;
mod reports;
mod reviews;
mod revisions;
mod rows;
mod rules;
mod sanctions;
mod search;
mod settings;
pub(crate) mod sql;
mod standing;
mod statistics;
mod threads;
mod tree;
mod votes;

pub use act::Act;
pub use appeals::{Appeal, AppealState, Statement};
pub use audit::ChainFault;
pub use batches::{BATCH_MAX, Batch, BatchItem, UNDO_MS};
pub use bulk::{BulkComment, BulkReport, BulkThread};
pub use cases::{CLAIM_MS, Hold};
pub use chain::Head;
pub use change::{Deleted, NewComment};
pub use contributions::Contribution;
pub(crate) use contributions::forget;
pub use error::ForumError;
pub(crate) use live::Live;
pub use live::Posted;
pub use log::{Link, LogEntry};
pub use moderation::{Decision, ThreadChange};
pub use notes::{Note, Noted, Snippet};
pub use notices::{Notice, NoticeKind, ReportTold, Told};
pub use participation::{CastVote, MadeReport};
pub use queue::{CaseKind, Claimed, QueueCounts, QueueFilter, QueueItem, Report};
pub use reviews::{SecondLook, Verdict};
pub use revisions::Version;
pub use rows::{Comment, Reader, Thread, Title};
pub use rules::StoredRule;
pub use sanctions::{Sanction, Sentence};
pub use search::{Found, Search};
pub use standing::Standing;
pub use statistics::Statistics;
pub use threads::NewThread;
pub use tree::{CHILDREN, LEVELS, REPLIES, ROOTS, TreePage};
pub use votes::Vote;

/// A page of something and where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on the page.
    pub items: Vec<T>,
    /// Opaque; `None` at the end.
    pub next: Option<String>,
}

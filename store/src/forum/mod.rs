//! Threads, comments, reports and the public log.
//!
//! Every change asks [`partake_core::forum::may`] inside its transaction, with the state it is
//! about to change. What was deleted, removed or withheld is masked in the queries, so no page can
//! show it by mistake.

mod bulk;
mod chain;
mod change;
mod contributions;
mod cursor;
mod error;
mod moderation;
mod participation;
mod queue;
mod rows;
mod search;
pub(crate) mod sql;
mod threads;
mod tree;
mod votes;

pub use bulk::{BulkComment, BulkReport, BulkThread};
pub use chain::{ChainFault, Head};
pub use change::{Deleted, NewComment};
pub use contributions::Contribution;
pub use error::ForumError;
pub use moderation::{Act, Decision, Link, LogEntry};
pub use participation::{CastVote, MadeReport};
pub use queue::{QueueItem, Report};
pub use rows::{Comment, Reader, Thread};
pub use search::{Found, Search};
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

//! The queue, decisions, and the public log.

mod decide;
mod log;
mod queue;

pub use decide::{DecidePage, DecidePageProps};
pub use log::{LogLine, LogPage, LogPageProps};
pub use queue::{QueueEntry, QueuePage, QueuePageProps, ReportLine};

//! What a reader can compute from what is published, by linear programming.
//!
//! Three questions are asked of every table. [`exact`]: could a hidden count be told by somebody
//! who knew every total exactly? That decides what is withheld. [`published`]: how far does each
//! hidden count reach for a reader of the published numbers? That is written into `audit.json`,
//! where anyone can compute it again. [`increment`]: what does this release tell together with an
//! earlier one? Of an index [`inputs`] asks a fourth: what does it tell of the answers that it is
//! computed from?

pub(crate) mod exact;
pub(crate) mod increment;
pub(crate) mod inputs;
mod polytope;
pub(crate) mod published;
mod report;

pub use report::{Audit, AuditedCell, AuditedIncrement, AuditedTable};

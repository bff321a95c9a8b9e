//! The rules of discussion: who may do what, what a handle, a password, a title and a comment may
//! be, how comments are ranked, and how their source becomes HTML.
//!
//! Every permission is decided in [`permission::may`]; pages, API and storage ask it and decide
//! nothing themselves.

pub mod about;
pub mod access;
pub mod agreement;
pub mod chain;
pub mod detail;
#[cfg(feature = "markdown")]
pub mod draft;
pub mod handle;
pub mod language;
#[cfg(feature = "markdown")]
pub mod markdown;
pub mod mention;
pub mod nudge;
pub mod password;
pub mod permission;
pub mod pipeline;
pub mod ranking;
pub mod reason;
pub mod recovery;
pub mod role;
pub mod rule;
pub mod state;
pub mod text;
pub mod trust;
pub mod urgency;

pub use about::About;
pub use handle::{Handle, HandleFault};
pub use nudge::nudge;
pub use password::PasswordFault;
pub use permission::{Action, Actor, Denied, Restriction, Target, may};
pub use ranking::Sort;
pub use reason::{Reason, UnknownReason};
pub use recovery::RecoveryCode;
pub use role::{Role, UnknownRole};
pub use state::{CommentState, UnknownState};
pub use text::TextFault;

/// Deepest level at which a comment may stand; roots stand at 0. Keeps a path below 256 bytes.
pub const MAX_DEPTH: u32 = 49;

//! Names of the fields of a section's form that steer the page and are not answers. No question can
//! have one of them as its id: ids have no hyphen.

/// The answers so far, sealed.
pub const STATE: &str = "page-state";
/// The section whose form it is.
pub const FROM: &str = "page-from";
/// Where a button leads, when it is not on.
pub const GO: &str = "page-go";
/// The question that a button empties.
pub const CLEAR: &str = "page-clear";
/// What is confirmed, as `question=typed`.
pub const SURE: &str = "page-sure";

/// All of them.
pub(crate) const ALL: [&str; 5] = [STATE, FROM, GO, CLEAR, SURE];

//! From exact counts to what is published: thresholds, complementary suppression, the guard
//! against telling what a whole group answered, rounding.

mod grid;
mod one;
mod release;
mod suppress;

pub(crate) use grid::{Grid, State};
pub use release::{Protected, protect};

//! What comes next: typed expressions, routing, piping, order and progress.

mod assign;
mod eval;
mod expr;
mod order;
mod overview;
mod pipe;
mod progress;
mod render;
mod routing;
mod view;

pub use assign::assign;
pub use eval::{Scope, Value};
pub use expr::*;
pub use order::{Seed, shuffle};
pub use overview::Stage;
pub(crate) use pipe::{Part, has_pipes, parts};
#[cfg(feature = "yaml")]
pub(crate) use pipe::{pipe_names, pipes_in, pipes_without_fallback};
pub use progress::Progress;
pub use routing::Flow;
pub(crate) use routing::is_blank;
pub use view::*;

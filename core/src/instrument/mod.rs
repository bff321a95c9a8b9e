//! What is asked: the instrument as data.

mod canonical;
#[cfg(feature = "yaml")]
mod load;
mod lookup;
mod model;

pub use canonical::canonical_json;
#[cfg(feature = "yaml")]
pub use load::{LoadError, load};
pub use model::*;

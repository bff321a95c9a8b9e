//! What is asked: the instrument as data.

mod canonical;
#[cfg(feature = "yaml")]
pub mod check;
mod completion;
pub mod export;
#[cfg(feature = "yaml")]
pub(crate) mod load;
mod lookup;
mod model;
mod runner;
#[cfg(feature = "yaml")]
mod schema;
mod wire;

pub use canonical::canonical_json;
#[cfg(feature = "yaml")]
pub use load::{LoadError, MAX_BYTES, load};
pub use model::*;
#[cfg(feature = "yaml")]
pub use schema::json_schema;
pub use wire::{from_wire, to_wire};

//! What is asked: the instrument as data.

mod canonical;
pub mod export;
#[cfg(feature = "yaml")]
pub(crate) mod load;
mod lookup;
mod model;
mod runner;
mod wire;

pub use canonical::canonical_json;
#[cfg(feature = "yaml")]
pub use load::{LoadError, load};
pub use model::*;
pub use wire::{from_wire, to_wire};

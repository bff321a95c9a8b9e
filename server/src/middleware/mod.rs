//! Layers around every request, one file each; `router.rs` puts them together.

pub mod failure;
pub mod front;
pub mod headers;
pub mod typed;

//! The WebAssembly part: a standard library for the target, the modules, and the packed site.

mod debian;
mod module;
mod site;
mod toolchain;

pub(crate) use module::{MODULES, build as module};
pub(crate) use site::pack;
pub(crate) use toolchain::{Toolchain, find as toolchain};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

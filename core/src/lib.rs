//! What Partake exists for, as pure functions: the survey engine, the disclosure rules and the
//! rules of discussion. Time and randomness are arguments; there is no I/O. The crate builds for
//! `wasm32-unknown-unknown`, and browser and server run the same code.
#![deny(missing_docs)]

pub mod date;
pub mod disclosure;
pub mod flow;
pub mod forum;
pub mod free_text;
mod in_order;
pub mod instrument;
pub mod invisible;
pub mod lang;
pub mod microdata;
pub mod open_data;
pub mod response;
pub mod search;
pub mod simulate;

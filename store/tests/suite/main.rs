//! The whole of the store, once on each engine.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod accounts;
mod backup;
mod connection;
mod engines;
mod forum;
mod instruments;
mod order;
mod releases;
mod responses;
mod samples;
mod sessions;
mod settings;
mod texts;

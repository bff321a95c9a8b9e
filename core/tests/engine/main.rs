//! The survey engine through its public functions, on the real instrument.
#![cfg(feature = "yaml")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod finishing;
mod forms;
mod indices;
mod loading;
mod personas;
mod routing;
mod second;
mod storage;
mod support;

//! The survey engine through its public functions, on the real instrument.
#![cfg(feature = "yaml")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod checking;
mod finishing;
mod forms;
mod guide;
mod hostile;
mod indices;
mod loading;
mod personas;
mod routing;
mod schema;
mod second;
mod storage;
mod support;

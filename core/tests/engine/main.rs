//! The survey engine through its public functions, on the real instrument.
#![cfg(feature = "yaml")]

mod loading;
mod support;

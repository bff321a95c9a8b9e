//! The server: handlers load data, fill view models and render pages; the command line does the
//! rest. Everything that touches the clock, randomness or the network starts here.

pub mod assets;
pub mod auth;
pub mod bootstrap;
pub mod brake;
pub mod cli;
pub mod clock;
pub mod config;
pub mod entropy;
pub mod error;
pub mod extract;
pub mod live;
pub mod mail;
pub mod middleware;
pub mod page;
pub mod pictures;
pub mod receipt_words;
pub mod release;
pub mod rendered;
pub mod router;
pub mod routes;
pub mod sealed;
pub mod simulate_forum;
pub mod state;
pub mod storage;
pub mod submission;
pub mod surveys;
pub mod thread_counts;
pub mod thread_languages;
#[cfg(feature = "unprotected")]
mod unprotected;

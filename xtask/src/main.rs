//! `cargo xtask`: everything that building, serving and testing this project takes, in one place.
//!
//! Each command does its own set-up and says what it is doing, why, and how long it took.

mod apt;
mod bench;
mod build;
mod cli;
mod files;
mod process;
mod say;
mod stamp;
mod test;
mod wasm;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match cli::run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say::error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

//! Compiling the islands.

use std::path::PathBuf;

use anyhow::Result;

use super::{TARGET, Toolchain};
use crate::{files, process, say};

pub(crate) fn build(toolchain: &Toolchain) -> Result<PathBuf> {
    say::step(
        "compiling the islands to WebAssembly",
        Some("2 to 3 min the first time"),
        || {
            process::run(
                toolchain
                    .cargo("rustc")
                    .args([
                        "--profile",
                        "wasm-release",
                        "--package",
                        "partake-app",
                        "--lib",
                    ])
                    .args(["--no-default-features", "--features", "hydrate"])
                    // Only here: a shared library of the server-side build would be linked for nothing.
                    .args(["--crate-type", "cdylib"]),
            )
        },
    )?;
    Ok(files::target()
        .join("wasm")
        .join(TARGET)
        .join("wasm-release/partake_app.wasm"))
}

//! Compiling what runs in the browser.

use std::path::PathBuf;

use anyhow::Result;

use super::{TARGET, Toolchain};
use crate::{files, process, say};

/// A crate that becomes a WebAssembly module.
pub(crate) struct Module {
    /// What the site calls it: `{name}.js` and `{name}_bg.wasm`.
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    /// The feature that makes it the browser's half.
    pub(crate) feature: &'static str,
    /// Brotli bytes that it and its script may have.
    pub(crate) most: u64,
    takes: &'static str,
}

/// Three, because a page loads what it needs: the survey is answered without a framework, and only
/// who writes needs the renderer of comments.
pub(crate) const MODULES: [Module; 3] = [
    Module {
        name: "survey",
        package: "partake-survey",
        feature: "browser",
        most: 170_000,
        takes: "about 1 min the first time",
    },
    Module {
        name: "app",
        package: "partake-app",
        feature: "hydrate",
        most: 170_000,
        takes: "1 to 2 min the first time",
    },
    Module {
        name: "composer",
        package: "partake-composer",
        feature: "browser",
        most: 400_000,
        takes: "1 to 2 min the first time",
    },
];

pub(crate) fn build(toolchain: &Toolchain, module: &Module) -> Result<PathBuf> {
    say::step(
        &format!("compiling {} to WebAssembly", module.package),
        Some(module.takes),
        || {
            process::run(
                toolchain
                    .cargo("rustc")
                    .args(["--profile", "wasm-release", "--lib"])
                    .args(["--package", module.package])
                    .args(["--no-default-features", "--features", module.feature])
                    // Only here: a shared library of the server-side build would be linked for nothing.
                    .args(["--crate-type", "cdylib"]),
            )
        },
    )?;
    Ok(files::target()
        .join("wasm")
        .join(TARGET)
        .join("wasm-release")
        .join(format!("{}.wasm", module.package.replace('-', "_"))))
}

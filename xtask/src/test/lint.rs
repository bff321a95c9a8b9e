//! Clippy, apart for what runs on the server and what runs in the browser.

use anyhow::Result;

use super::Report;
use crate::{files, process, say, wasm};

const DENY_WARNINGS: &[&str] = &["--", "--deny", "warnings"];

pub(crate) fn check(report: &mut Report) -> Result<()> {
    report.check("clippy, server", Some("2 to 3 min the first time"), || {
        process::run(
            process::cargo()
                .args(["clippy", "--workspace", "--all-targets", "--quiet"])
                .args(DENY_WARNINGS),
        )
    });
    report.check("clippy, site packer", Some("30 s the first time"), || {
        process::run(
            process::cargo()
                .args([
                    "clippy",
                    "--package",
                    "xtask",
                    "--features",
                    "site",
                    "--quiet",
                ])
                .args(DENY_WARNINGS),
        )
    });
    // They stand outside the workspace: nothing else would notice that they no longer compile.
    report.check("fuzz targets compile", Some("30 s the first time"), || {
        process::run(
            process::cargo()
                .args(["check", "--locked", "--quiet", "--manifest-path"])
                .arg(files::root().join("fuzz/Cargo.toml"))
                .arg("--target-dir")
                .arg(files::target().join("fuzz")),
        )
    });
    let toolchain = wasm::toolchain()?;
    report.check(
        "clippy, WebAssembly",
        Some("a minute the first time"),
        || {
            if !toolchain.has_clippy {
                say::note(
                    "the compiler that builds the WebAssembly has no clippy; it is linted for this \
                 machine instead, with the same features",
                );
            }
            for module in &wasm::MODULES {
                let mut clippy = if toolchain.has_clippy {
                    toolchain.cargo("clippy")
                } else {
                    let mut cargo = process::cargo();
                    cargo.arg("clippy");
                    cargo
                };
                process::run(
                    clippy
                        .args(["--package", module.package, "--lib", "--quiet"])
                        .args(["--no-default-features", "--features", module.feature])
                        .args(DENY_WARNINGS),
                )?;
            }
            Ok(())
        },
    );
    report.check("core compiles to WebAssembly", None, || {
        process::run(
            toolchain
                .cargo("check")
                .args(["--package", "partake-core", "--quiet"]),
        )
    });
    Ok(())
}

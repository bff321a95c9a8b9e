//! The packed site in `target/site`: bindings, styles, the boot script, hashed and compressed.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{MODULES, module, toolchain};
use crate::{files, process, say, stamp};

/// Builds `target/site`, unless none of its inputs has changed.
pub(crate) fn pack() -> Result<()> {
    let root = files::root();
    let stamp_file = files::target().join("site.stamp");
    let stamp = stamp::of(&inputs()?, &[])?;
    if stamp::matches(&stamp_file, &stamp) && files::site().join("manifest.json").exists() {
        say::line("--> the site in target/site is up to date");
        return Ok(());
    }
    let toolchain = toolchain()?;
    let mut modules = Vec::new();
    for part in &MODULES {
        modules.push(part.name.into());
        modules.push(module(&toolchain, part)?);
    }
    say::step(
        "compiling the site packer",
        Some("about 80 s the first time"),
        || {
            process::run(
                process::cargo()
                    .args([
                        "build",
                        "--release",
                        "--package",
                        "xtask",
                        "--bin",
                        "site-packer",
                        "--features",
                        "site",
                    ])
                    .arg("--target-dir")
                    .arg(files::target()),
            )
        },
    )?;
    say::step("packing the site", None, || {
        process::run(
            std::process::Command::new(files::target().join("release/site-packer"))
                .arg(root.join("style"))
                .arg(root.join("app/boot.js"))
                .arg(files::site())
                .args(&modules),
        )
    })?;
    stamp::keep(&stamp_file, &stamp)
}

/// Everything the site is made from: the islands' crates, what they resolve to, styles and script.
fn inputs() -> Result<Vec<PathBuf>> {
    let root = files::root();
    let mut inputs = Vec::new();
    for (folder, extensions) in [
        ("app", &["rs", "toml", "js"] as &[&str]),
        ("core", &["rs", "toml"]),
        ("composer", &["rs", "toml"]),
        ("survey", &["rs", "toml"]),
        ("style", &["css", "svg"]),
        ("xtask/src/bin", &["rs"]),
        ("xtask/src/wasm", &["rs"]),
    ] {
        inputs.extend(files::below(&root.join(folder), extensions)?);
    }
    for file in ["Cargo.toml", "Cargo.lock"] {
        let path = root.join(file);
        path.exists()
            .then_some(())
            .with_context(|| format!("{file} is missing"))?;
        inputs.push(path);
    }
    Ok(inputs)
}

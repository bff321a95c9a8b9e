//! Packs the site: `site-packer WASM STYLE_FOLDER BOOT_SCRIPT OUT_FOLDER`.
//!
//! A program of its own because the crates it needs take over a minute to compile: `cargo xtask`
//! builds it only when there is something to pack.

mod bindings;
mod pack;
mod style;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let mut next = |what: &str| {
        arguments
            .next()
            .with_context(|| format!("{what} is missing"))
    };
    let wasm = next("the WebAssembly file")?;
    let styles = next("the folder of styles")?;
    let boot = next("the boot script")?;
    let out = next("the output folder")?;

    let bindings = bindings::generate(&wasm)?;
    let mut files = vec![
        ("app.js", bindings.script),
        ("app_bg.wasm", bindings.module),
        (
            "boot.js",
            std::fs::read(&boot).with_context(|| format!("reading {}", boot.display()))?,
        ),
        ("style.css", style::join(&styles)?.into_bytes()),
    ];
    let icon = styles.join("favicon.svg");
    if icon.exists() {
        files.push(("favicon.svg", std::fs::read(&icon)?));
    }

    let mut terminal = std::io::stdout().lock();
    for packed in pack::write(&out, files)? {
        writeln!(
            terminal,
            "    {:<28} {:>7} bytes, {:>6} as brotli",
            packed.name, packed.size, packed.compressed
        )?;
    }
    Ok(())
}

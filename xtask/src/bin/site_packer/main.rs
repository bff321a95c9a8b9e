//! Packs the site: `site-packer STYLE_FOLDER BOOT_SCRIPT OUT_FOLDER {NAME WASM}…`.
//!
//! A program of its own because the crates it needs take over a minute to compile: `cargo xtask`
//! builds it only when there is something to pack.

mod bindings;
mod pack;
mod style;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| {
        arguments
            .next()
            .with_context(|| format!("{what} is missing"))
    };
    let styles = PathBuf::from(next("the folder of styles")?);
    let boot = PathBuf::from(next("the boot script")?);
    let out = PathBuf::from(next("the output folder")?);

    let mut files = vec![
        (
            "boot.js".to_owned(),
            std::fs::read(&boot).with_context(|| format!("reading {}", boot.display()))?,
        ),
        ("style.css".to_owned(), style::join(&styles)?.into_bytes()),
    ];
    while let Some(name) = arguments.next() {
        let wasm = arguments
            .next()
            .with_context(|| format!("the WebAssembly of {name} is missing"))?;
        let bindings = bindings::generate(&name, Path::new(&wasm))?;
        files.push((format!("{name}.js"), bindings.script));
        files.push((format!("{name}_bg.wasm"), bindings.module));
    }
    let icon = styles.join("favicon.svg");
    if icon.exists() {
        files.push(("favicon.svg".to_owned(), std::fs::read(&icon)?));
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

//! Hashed names, compressed copies and the manifest.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Bytes of the digest in a name: enough that two versions never meet.
const NAME_BYTES: usize = 6;
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 22;

pub(crate) struct Packed {
    pub(crate) name: String,
    pub(crate) size: usize,
    pub(crate) compressed: usize,
}

/// Writes the files into a fresh `folder`, with `manifest.json` that maps plain names to hashed.
pub(crate) fn write(folder: &Path, files: Vec<(String, Vec<u8>)>) -> Result<Vec<Packed>> {
    // The folder itself stays: the server's build watches it.
    std::fs::create_dir_all(folder)?;
    for entry in std::fs::read_dir(folder)? {
        std::fs::remove_file(entry?.path())?;
    }
    let mut manifest = String::from("{");
    let mut written = Vec::new();
    for (plain, body) in files {
        let name = hashed(&plain, &body)?;
        let compressed = compress(&body)?;
        std::fs::write(folder.join(&name), &body)?;
        std::fs::write(folder.join(format!("{name}.br")), &compressed)?;
        let separator = if written.is_empty() { "" } else { "," };
        write!(
            manifest,
            "{separator}\n  \"{plain}\": {{\"file\": \"{name}\", \"size\": {}, \"brotli\": {}}}",
            body.len(),
            compressed.len()
        )?;
        written.push(Packed {
            name,
            size: body.len(),
            compressed: compressed.len(),
        });
    }
    manifest.push_str("\n}\n");
    std::fs::write(folder.join("manifest.json"), manifest)?;
    Ok(written)
}

fn hashed(plain: &str, body: &[u8]) -> Result<String> {
    let (stem, extension) = plain
        .rsplit_once('.')
        .context("an asset without an extension")?;
    let mut name = format!("{stem}.");
    for byte in Sha256::digest(body).iter().take(NAME_BYTES) {
        write!(name, "{byte:02x}")?;
    }
    write!(name, ".{extension}")?;
    Ok(name)
}

fn compress(body: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut writer =
        brotli::CompressorWriter::new(&mut compressed, 4096, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(body)?;
    drop(writer);
    Ok(compressed)
}

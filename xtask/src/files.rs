//! Where things are, and which files belong to the project.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Everything that is built lands here, also when `CARGO_TARGET_DIR` points elsewhere for others:
/// the documented place of the binary stays true.
pub(crate) fn target() -> PathBuf {
    root().join("target")
}

pub(crate) fn site() -> PathBuf {
    target().join("site")
}

pub(crate) fn binary() -> PathBuf {
    target().join("release/partake")
}

/// All files below `folder` with one of `extensions`, sorted, so that hashes do not depend on the
/// order in which the file system lists them.
pub(crate) fn below(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in
            std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?
        {
            let path = entry?.path();
            if path.is_dir() {
                let skipped = path.file_name().is_some_and(|name| {
                    name == "target" || name == "node_modules" || name == ".git"
                });
                if !skipped {
                    waiting.push(path);
                }
            } else if path
                .extension()
                .and_then(|extension| extension.to_str())
                .is_some_and(|extension| extensions.contains(&extension))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A path as a person would write it, from the top of the project.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

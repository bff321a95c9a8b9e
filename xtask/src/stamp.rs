//! "Nothing changed, so skip it": a fingerprint of a step's inputs kept beside its output.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Fingerprints the names and contents of `files` and some `settings`.
pub(crate) fn of(files: &[PathBuf], settings: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    settings.hash(&mut hasher);
    for file in files {
        crate::files::shown(file).hash(&mut hasher);
        std::fs::read(file)
            .with_context(|| format!("reading {}", file.display()))?
            .hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

pub(crate) fn matches(file: &Path, stamp: &str) -> bool {
    std::fs::read_to_string(file).is_ok_and(|kept| kept == stamp)
}

pub(crate) fn keep(file: &Path, stamp: &str) -> Result<()> {
    std::fs::write(file, stamp).with_context(|| format!("writing {}", file.display()))
}

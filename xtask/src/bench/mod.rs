//! `cargo xtask bench`: figures that take a quiet machine, with their limits in the same run.

mod load;
mod release;
mod results;

use anyhow::{Result, bail};

/// Runs one group.
pub(crate) fn run(group: &str) -> Result<bool> {
    match group {
        "release" => release::measure(),
        "results" => results::run(),
        other => bail!("there is no bench group `{other}`; there are `release` and `results`"),
    }
}

//! `cargo xtask bench`: figures that take a quiet machine, with their limits in the same run.

mod discussion;
mod load;
mod release;
mod results;

use anyhow::{Result, bail};

/// Runs one group; `seconds` is for how long many people are at it at once.
pub(crate) fn run(group: &str, seconds: Option<u64>) -> Result<bool> {
    match (group, seconds) {
        ("discussion", seconds) => {
            let sqlite = discussion::on_sqlite(seconds)?;
            Ok(discussion::on_postgres(seconds)? && sqlite)
        }
        ("discussion-sqlite", seconds) => discussion::on_sqlite(seconds),
        ("discussion-postgres", seconds) => discussion::on_postgres(seconds),
        ("release", None) => release::measure(),
        ("results", None) => results::run(),
        ("release" | "results", Some(_)) => bail!("`{group}` takes no time"),
        _ => {
            bail!("there is no bench group `{group}`; `cargo xtask help` lists them")
        }
    }
}

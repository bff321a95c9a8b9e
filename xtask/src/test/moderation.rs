//! Moderation at size: bars on a database of a million comments, and minutes of many people at
//! once on both engines.

use anyhow::Result;

use super::{Report, postgres::Cluster, running::EmptyFolder};
use crate::process;

/// Seconds in which everybody writes, reports and decides.
const LOAD: &str = "300";

pub(super) fn check(report: &mut Report) -> Result<()> {
    let folder = EmptyFolder::new("moderation")?;
    report.check(
        "queue, bulk, pipeline and log at size",
        Some("a few minutes"),
        || {
            process::run(
                process::cargo()
                    .args(["run", "--release", "--package", "partake-store"])
                    .args(["--example", "moderation_bars", "--"])
                    .arg(folder.path()),
            )
        },
    );
    let cluster = Cluster::start()?;
    let url = cluster.url("postgres");
    report.check(
        "8 moderators and 64 members on 2 instances, both engines",
        Some("11 min"),
        || {
            process::run(
                process::cargo()
                    .args([
                        "test",
                        "--release",
                        "--package",
                        "partake-store",
                        "--test",
                        "suite",
                    ])
                    .args(["eight_moderators", "--", "--test-threads=1"])
                    .env("PARTAKE_LOAD_SECONDS", LOAD)
                    .env("PARTAKE_TEST_POSTGRES", &url),
            )
        },
    );
    Ok(())
}

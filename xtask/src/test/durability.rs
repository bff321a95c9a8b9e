//! The long form of what the daily tests check in small: kills, speed, memory of submissions, two
//! servers at once.

use anyhow::Result;

use super::{Report, postgres::Cluster};
use crate::{build, files, process};

pub(crate) fn check(report: &mut Report) -> Result<()> {
    report.check("release build to kill and to measure", None, build::binary);
    let cluster = Cluster::start()?;
    let url = cluster.url("postgres");
    let tests = |filter: &str, more: &[&str]| {
        let mut tests = process::cargo();
        tests
            .args([
                "test",
                "--package",
                "partake-server",
                "--test",
                "durability",
            ])
            .args(["--", "--nocapture", "--test-threads=1", filter])
            .args(more)
            .env("PARTAKE_BIN", files::binary())
            .env("PARTAKE_TEST_POSTGRES", &url)
            .env("PARTAKE_CRASH_RESPONSES", "10000")
            .env("PARTAKE_CRASH_KILLS", "20")
            .env("PARTAKE_TOGETHER_ROUNDS", "14")
            .env("PARTAKE_BENCH_RESPONSES", "100000");
        process::run(&mut tests)
    };
    report.check(
        "10 000 submissions and 20 kills on each engine",
        Some("some minutes"),
        || tests("kill_9", &[]),
    );
    report.check(
        "64 people on 2 servers, votes and replies counted again",
        Some("a minute"),
        || tests("sixty_four", &["--ignored"]),
    );
    report.check(
        "100 000 submissions beside plain inserts",
        Some("some minutes"),
        || tests("submissions_reach", &["--ignored"]),
    );
    Ok(())
}

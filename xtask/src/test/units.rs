//! All Rust tests.

use anyhow::Result;

use super::{Report, fonts, postgres::Cluster};
use crate::{process, say};

pub(crate) fn check(report: &mut Report) -> Result<()> {
    fonts::install()?;
    let cluster = Cluster::start()?;
    let url = cluster.url("postgres");
    let nextest = process::output(process::cargo().args(["nextest", "--version"])).is_ok();
    report.check("Rust tests", Some("3 to 5 min the first time"), || {
        let mut tests = process::cargo();
        if nextest {
            tests.args(["nextest", "run", "--no-fail-fast", "--status-level", "fail"]);
        } else {
            say::note("cargo-nextest is not installed; cargo's own runner does it");
            tests.args(["test", "--lib", "--bins", "--tests", "--no-fail-fast"]);
        }
        process::run(tests.arg("--workspace").env("PARTAKE_TEST_POSTGRES", &url))
    });
    report.check("tests of the site packer", None, || {
        // In release, where its dependencies are built anyway.
        process::run(process::cargo().args([
            "test",
            "--release",
            "--package",
            "xtask",
            "--bin",
            "site-packer",
            "--features",
            "site",
        ]))
    });
    report.check("examples in core's documentation", None, || {
        process::run(process::cargo().args([
            "test",
            "--doc",
            "--package",
            "partake-core",
            "--all-features",
        ]))
    });
    Ok(())
}

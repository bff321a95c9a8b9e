//! Our exports in the hands of the programs that they are for, and our comments beside their
//! specification.

use anyhow::Result;

use super::running::EmptyFolder;
use super::{Report, browser};
use crate::{files, process};

pub(crate) fn check(report: &mut Report) -> Result<()> {
    report.check(
        "1,000 people's ways through the survey, asked of another engine",
        Some("a minute"),
        surveyjs,
    );
    report.check(
        "CommonMark's 652 examples through the renderer of comments",
        None,
        commonmark,
    );
    Ok(())
}

fn commonmark() -> Result<()> {
    browser::install_packages()?;
    process::run(
        process::cargo()
            .args(["build", "--quiet", "--package", "partake-core"])
            .args(["--example", "render_comments", "--features", "markdown"]),
    )?;
    let renderer = files::root().join("target/debug/examples/render_comments");
    process::run(
        browser::node("node")?
            .arg("oracle/commonmark.mjs")
            .arg(renderer),
    )
}

fn surveyjs() -> Result<()> {
    browser::install_packages()?;
    let folder = EmptyFolder::new("oracle")?;
    let cases = process::output(
        process::cargo()
            .args(["run", "--quiet", "--package", "partake-core"])
            .args(["--example", "export_cases", "--features", "yaml"]),
    )?;
    let file = folder.path().join("cases.jsonl");
    std::fs::write(&file, cases)?;
    process::run(browser::node("node")?.arg("oracle/surveyjs.mjs").arg(&file))
}

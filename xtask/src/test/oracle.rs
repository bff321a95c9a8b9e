//! Our exports in the hands of the programs that they are for.

use anyhow::Result;

use super::running::EmptyFolder;
use super::{Report, browser};
use crate::process;

pub(crate) fn check(report: &mut Report) -> Result<()> {
    report.check(
        "1,000 people's ways through the survey, asked of another engine",
        Some("a minute"),
        surveyjs,
    );
    Ok(())
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

//! Our exports in the hands of the programs that they are for.

use std::process::Stdio;

use anyhow::{Context, Result};

use super::{Report, browser};
use crate::process;

pub(crate) fn check(report: &mut Report) -> Result<()> {
    report.check(
        "2,000 people's ways through the survey, asked of another engine",
        Some("half a minute"),
        surveyjs,
    );
    Ok(())
}

fn surveyjs() -> Result<()> {
    browser::install_packages()?;
    let mut cases = process::cargo()
        .args(["run", "--quiet", "--package", "partake-core"])
        .args(["--example", "export_cases", "--features", "yaml"])
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo does not start")?;
    let made = cases.stdout.take().context("no cases come")?;
    process::run(
        browser::node("node")?
            .arg("oracle/surveyjs.mjs")
            .stdin(Stdio::from(made)),
    )?;
    cases.wait().context("the cases do not end")?;
    Ok(())
}

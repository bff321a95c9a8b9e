//! Layout of the sources.

use anyhow::Result;

use super::Report;
use crate::process;

pub(crate) fn check(report: &mut Report) -> Result<()> {
    report.check("rustfmt", None, || {
        process::run(process::cargo().args(["fmt", "--all", "--check"]))
    });
    Ok(())
}

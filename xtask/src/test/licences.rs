//! What the dependencies allow us to do, and where they come from.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Result, bail};

use super::{Report, python_tools};
use crate::{files, process, say};

/// The same list as in deny.toml; the second check below is for machines without cargo-deny.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

pub(crate) fn check(report: &mut Report) -> Result<()> {
    match python_tools::program("cargo-deny", "cargo-deny.txt") {
        Ok(program) => {
            report.check("cargo-deny: licences, bans, sources", None, || {
                process::run(
                    Command::new(program)
                        .current_dir(files::root())
                        .args(["--all-features", "--log-level", "error", "check"])
                        .args(["--hide-inclusion-graph", "licenses", "bans", "sources"]),
                )
            });
        }
        Err(error) => {
            say::note(format_args!(
                "cargo-deny is not to be had ({error:#}); a check of our own"
            ));
            report.check("licences", None, licences);
        }
    }
    Ok(())
}

fn licences() -> Result<()> {
    let tree = process::output(process::cargo().args([
        "tree",
        "--workspace",
        "--all-features",
        "--target",
        "all",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ]))?;
    let refused: BTreeMap<&str, &str> = tree
        .lines()
        .filter_map(|line| line.trim_end_matches(" (*)").rsplit_once('|'))
        .filter(|(_, licence)| !is_allowed(licence))
        .collect();
    if refused.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = refused
        .iter()
        .map(|(package, licence)| format!("{package}: `{licence}`"))
        .collect();
    bail!("licences that are not on the list:\n{}", list.join("\n"))
}

/// Reads an SPDX expression: one side of an OR is enough, both sides of an AND are needed.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.trim();
    if let Some((left, right)) = split(expression, " OR ") {
        return is_allowed(left) || is_allowed(right);
    }
    if let Some((left, right)) = split(expression, " AND ") {
        return is_allowed(left) && is_allowed(right);
    }
    if let Some(inner) = expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return is_allowed(inner);
    }
    // The old way to write OR.
    if let Some((left, right)) = expression.split_once('/') {
        return is_allowed(left) || is_allowed(right);
    }
    ALLOWED.contains(&expression)
}

/// Splits at the first `operator` outside parentheses.
fn split<'a>(expression: &'a str, operator: &str) -> Option<(&'a str, &'a str)> {
    let mut depth = 0_i32;
    for (index, character) in expression.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && expression[index..].starts_with(operator) => {
                return Some((&expression[..index], &expression[index + operator.len()..]));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn an_expression_is_read_as_written() {
        assert!(is_allowed("MIT OR GPL-3.0-only"));
        assert!(is_allowed("(MIT OR GPL-3.0-only) AND Unicode-3.0"));
        assert!(is_allowed("Unlicense/MIT"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(!is_allowed("AGPL-3.0-only"));
        assert!(!is_allowed(""));
    }
}

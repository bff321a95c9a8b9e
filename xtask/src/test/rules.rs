//! Rules of the house that no compiler knows.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::Report;
use crate::{files, process};

const MOST_LINES: usize = 600;
/// Names that say nothing about what a file holds.
const EMPTY_NAMES: &[&str] = &[
    "util", "utils", "helper", "helpers", "manager", "misc", "common", "stuff",
];

/// Text that must not stand in some sources, and why.
struct Ban {
    text: &'static str,
    reason: &'static str,
    allowed: &'static [&'static str],
}

const BANS: &[Ban] = &[
    Ban {
        text: "<textarea",
        reason: "Leptos does not escape its text; use the component in ui/",
        allowed: &["app/src/ui/", "survey/src/markup/"],
    },
    Ban {
        text: "<Title",
        reason: "Leptos does not escape its text; use the component in ui/",
        allowed: &[],
    },
    Ban {
        text: "inner_html",
        reason: "raw HTML enters a page only through ui/markup.rs",
        allowed: &["app/src/ui/markup.rs"],
    },
    Ban {
        text: " style=",
        reason: "the content policy refuses inline styles",
        allowed: &[],
    },
    Ban {
        text: " style:",
        reason: "the content policy refuses inline styles",
        allowed: &[],
    },
    Ban {
        text: "<style",
        reason: "the content policy refuses inline styles",
        allowed: &[],
    },
];

/// A crate and what must never be below it.
struct Arrow {
    package: &'static str,
    features: &'static [&'static str],
    never: &'static [&'static str],
}

const ARROWS: &[Arrow] = &[
    Arrow {
        package: "partake-core",
        features: &["--all-features"],
        never: &[
            "tokio",
            "sea-orm",
            "leptos",
            "axum",
            "partake-store",
            "partake-app",
        ],
    },
    Arrow {
        package: "partake-survey",
        features: &["--all-features"],
        never: &[
            "tokio",
            "leptos",
            "axum",
            "sea-orm",
            "fluent-bundle",
            "partake-store",
            "partake-app",
        ],
    },
    Arrow {
        package: "partake-app",
        features: &[],
        never: &["sea-orm", "axum", "partake-store", "partake-server"],
    },
    Arrow {
        package: "partake-app",
        features: &["--no-default-features", "--features", "hydrate"],
        never: &[
            "fluent-bundle",
            "comrak",
            "ammonia",
            "saphyr",
            "axum",
            "tokio",
            "partake-survey",
        ],
    },
    Arrow {
        package: "partake-composer",
        features: &["--all-features"],
        never: &[
            "tokio",
            "leptos",
            "axum",
            "sea-orm",
            "partake-store",
            "partake-app",
        ],
    },
    Arrow {
        package: "partake-store",
        features: &["--all-features"],
        never: &["axum", "leptos", "partake-app", "partake-server"],
    },
];

pub(crate) fn check(report: &mut Report) -> Result<()> {
    report.check("bans", None, bans);
    report.check("length and names of files", None, shape);
    report.check("arrows between the crates", None, arrows);
    Ok(())
}

fn bans() -> Result<()> {
    let mut found = Vec::new();
    for folder in ["app/src", "composer/src", "survey/src", "server/src"] {
        for file in files::below(&files::root().join(folder), &["rs"])? {
            let shown = files::shown(&file);
            let source = std::fs::read_to_string(&file)?;
            for (number, line) in source.lines().enumerate() {
                if line.trim_start().starts_with("//") {
                    continue;
                }
                for ban in BANS {
                    let allowed = ban.allowed.iter().any(|place| shown.starts_with(place));
                    if !allowed && is_in(line, ban.text) {
                        let text = ban.text.trim();
                        found.push(format!("{shown}:{}: `{text}`: {}", number + 1, ban.reason));
                    }
                }
            }
        }
    }
    nothing(found)
}

/// A struct's field has a space after its colon, an attribute has none.
fn is_in(line: &str, text: &str) -> bool {
    line.split(text).skip(1).any(|rest| !rest.starts_with(' '))
}

fn shape() -> Result<()> {
    let mut found = Vec::new();
    for file in sources()? {
        let shown = files::shown(&file);
        let lines = std::fs::read_to_string(&file)?.lines().count();
        if lines > MOST_LINES {
            found.push(format!("{shown}: {lines} lines, at most {MOST_LINES}"));
        }
        if file
            .components()
            .filter_map(|part| name_of(part.as_os_str()))
            .any(is_empty_name)
        {
            found.push(format!("{shown}: name it after what it holds"));
        }
    }
    nothing(found)
}

fn name_of(part: &std::ffi::OsStr) -> Option<&str> {
    Path::new(part).file_stem()?.to_str()
}

fn is_empty_name(name: &str) -> bool {
    name.split(['_', '-', '.'])
        .any(|word| EMPTY_NAMES.contains(&word))
}

/// Relative to the top, so that the folders above it do not count.
fn sources() -> Result<Vec<PathBuf>> {
    let all = files::below(&files::root(), &["rs", "css", "js", "mjs", "ts", "sh"])?;
    Ok(all
        .into_iter()
        .map(|path| PathBuf::from(files::shown(&path)))
        .collect())
}

fn arrows() -> Result<()> {
    let mut found = Vec::new();
    for arrow in ARROWS {
        let tree = process::output(
            process::cargo()
                .args([
                    "tree",
                    "--package",
                    arrow.package,
                    "--edges",
                    "normal",
                    "--prefix",
                    "none",
                ])
                .args(arrow.features),
        )?;
        let below: Vec<&str> = tree
            .lines()
            .skip(1)
            .filter_map(|line| line.split(' ').next())
            .collect();
        for never in arrow.never {
            if below.contains(never) {
                found.push(format!("{} depends on {never}", arrow.package));
            }
        }
    }
    nothing(found)
}

fn nothing(found: Vec<String>) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    bail!("{}", found.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{is_empty_name, is_in};

    #[test]
    fn an_inline_style_is_told_from_a_field_of_that_name() {
        assert!(is_in("<p style:color=red>", " style:"));
        assert!(is_in("<p style=\"x\">", " style="));
        assert!(!is_in("    pub style: String,", " style:"));
    }

    #[test]
    fn a_name_that_says_nothing_is_found_inside_a_longer_one() {
        assert!(is_empty_name("utils"));
        assert!(is_empty_name("session_manager"));
        assert!(!is_empty_name("managed"));
        assert!(!is_empty_name("text_area"));
    }
}

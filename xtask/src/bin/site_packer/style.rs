//! One style sheet from many: tokens, then the base, then the rest by name.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Later files rely on these.
const FIRST: &[&str] = &["tokens.css", "base.css"];

pub(crate) fn join(folder: &Path) -> Result<String> {
    let mut sheets: Vec<PathBuf> = Vec::new();
    for entry in
        std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?
    {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "css") {
            sheets.push(path);
        }
    }
    sheets.sort_by_cached_key(|path| {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let rank = FIRST
            .iter()
            .position(|first| name.as_deref() == Some(first));
        (rank.unwrap_or(FIRST.len()), name)
    });
    let mut joined = String::new();
    for sheet in sheets {
        let text = std::fs::read_to_string(&sheet)
            .with_context(|| format!("reading {}", sheet.display()))?;
        joined.push_str(&compact(&text));
    }
    Ok(joined)
}

/// Drops comments, indentation and blank lines, and nothing else: what stays means the same to
/// every browser. Comments inside strings are text.
fn compact(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut characters = sheet.chars().peekable();
    let mut quote = None;
    while let Some(character) = characters.next() {
        match quote {
            Some(open) => {
                kept.push(character);
                if character == '\\' {
                    kept.extend(characters.next());
                } else if character == open {
                    quote = None;
                }
            }
            None if character == '/' && characters.peek() == Some(&'*') => {
                characters.next();
                let mut previous = ' ';
                for inside in characters.by_ref() {
                    if previous == '*' && inside == '/' {
                        break;
                    }
                    previous = inside;
                }
            }
            None => {
                if character == '"' || character == '\'' {
                    quote = Some(character);
                }
                kept.push(character);
            }
        }
    }
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn comments_and_indentation_go_and_rules_stay() {
        let sheet = "/* a\n * b */\n.a {\n  color: red; /* why */\n}\n\n.b { margin: 0 }\n";
        assert_eq!(compact(sheet), ".a {\ncolor: red;\n}\n.b { margin: 0 }\n");
    }

    #[test]
    fn what_looks_like_a_comment_inside_a_string_is_text() {
        let sheet = ".a::before { content: \"/* \\\" */\" }\n";
        assert_eq!(compact(sheet), sheet);
    }
}

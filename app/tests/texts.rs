//! Every text that the code asks for exists.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::{collections::BTreeSet, fs, path::Path};

use partake_app::i18n::LOCALES;

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(fs::read_to_string(path).expect("a file"));
        }
    }
}

/// String literals in `source` that stand where a text's key is asked for.
fn keys_used<'a>(source: &'a str, parts: &[&str]) -> Vec<&'a str> {
    let pieces: Vec<&str> = source.split('"').collect();
    pieces
        .windows(2)
        .step_by(2)
        .filter(|pair| pair[0].trim_end().ends_with("lang,"))
        .map(|pair| pair[1])
        .filter(|literal| {
            parts.iter().any(|part| {
                literal
                    .strip_prefix(part)
                    .is_some_and(|rest| rest.starts_with('-'))
            })
        })
        .filter(|literal| !literal.contains('{') && !literal.ends_with('-'))
        .collect()
}

#[test]
fn every_key_in_the_code_has_a_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace");
    let mut files = Vec::new();
    for folder in ["app/src", "server/src"] {
        sources(&root.join(folder), &mut files);
    }
    let known: BTreeSet<&str> = LOCALES
        .iter()
        .flat_map(|(_, zh, _)| zh.lines())
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        .collect();
    let parts = [
        "shell",
        "site",
        "survey",
        "results",
        "forum",
        "account",
        "moderation",
    ];
    let missing: BTreeSet<&str> = files
        .iter()
        .flat_map(|source| keys_used(source, &parts))
        .filter(|key| !known.contains(key))
        .collect();
    let used: usize = files
        .iter()
        .map(|source| keys_used(source, &parts).len())
        .sum();
    assert!(
        used > 100,
        "only {used} keys were found: the search has gone blind"
    );
    assert!(missing.is_empty(), "no text for {missing:?}");
}

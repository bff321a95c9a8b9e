//! Which files serve one purpose, and what is said of each.

use partake_app::pages::data::{Download, Group};

use crate::release::{
    AGGREGATES, AGGREGATES_CSV, AUDIT, BACKGROUND, CITATION, CODEBOOK, CODEBOOK_CSV, CODEBOOK_EN,
    CODEBOOK_XML, CODEBOOK_ZH, DATACITE, DATAPACKAGE, INSTRUMENT, LOAD_PYTHON, LOAD_R, LOAD_STATA,
    MANIFEST, README_EN, README_ZH, RELATIONS, RESPONSES, RESPONSES_LINES, RESPONSES_PARQUET,
    RESPONSES_SAV, RESPONSES_SPREADSHEET, RESPONSES_XLSX, SUMS, TABLES, TEXTS, UTILITY,
};

/// Title, what is said of the group, and each file with the key of what is said of it; what most
/// people want comes first.
type Purpose = (
    &'static str,
    Option<&'static str>,
    &'static [(&'static str, &'static str)],
);

const PURPOSES: &[Purpose] = &[
    (
        "data-group-single",
        Some("data-group-single-about"),
        &[
            (RESPONSES, "results-file-responses"),
            (RESPONSES_XLSX, "data-file-xlsx"),
            (RESPONSES_SPREADSHEET, "results-file-responses-excel"),
            (RESPONSES_SAV, "data-file-sav"),
            (RESPONSES_PARQUET, "data-file-parquet"),
            (RESPONSES_LINES, "results-file-responses-jsonl"),
        ],
    ),
    (
        "data-group-load",
        None,
        &[
            (LOAD_R, "data-file-load-r"),
            (LOAD_PYTHON, "data-file-load-py"),
            (LOAD_STATA, "data-file-load-do"),
        ],
    ),
    (
        "data-group-tables",
        Some("data-group-tables-about"),
        &[
            (AGGREGATES_CSV, "results-file-aggregates-csv"),
            (AGGREGATES, "results-file-aggregates-json"),
            (BACKGROUND, "charts-file-background"),
            (TEXTS, "texts-file"),
        ],
    ),
    (
        "data-group-codebook",
        None,
        &[
            (CODEBOOK_ZH, "data-file-codebook-zh"),
            (CODEBOOK_EN, "data-file-codebook-en"),
            (CODEBOOK_CSV, "results-file-codebook-csv"),
            (CODEBOOK, "results-file-codebook-json"),
            (CODEBOOK_XML, "results-file-codebook-xml"),
            (DATAPACKAGE, "results-file-datapackage"),
            (INSTRUMENT, "results-file-instrument-json"),
        ],
    ),
    (
        "data-group-proof",
        None,
        &[
            (README_ZH, "data-file-readme-zh"),
            (README_EN, "data-file-readme-en"),
            (UTILITY, "results-file-utility"),
            (RELATIONS, "results-file-relations"),
            (AUDIT, "results-file-audit-json"),
            (MANIFEST, "results-file-release-json"),
            (SUMS, "results-file-sums"),
        ],
    ),
    (
        "data-group-cite",
        None,
        &[
            (CITATION, "data-file-cff"),
            (DATACITE, "data-file-datacite"),
        ],
    ),
];

/// The files by purpose; a file that is not known here stands with the proofs.
pub(super) fn grouped_files(files: Vec<Download>) -> Vec<Group> {
    let mut groups: Vec<Group> = PURPOSES
        .iter()
        .map(|(title, about, _)| Group {
            title,
            about: *about,
            files: Vec::new(),
        })
        .collect();
    let mut placed: Vec<(usize, usize, Download)> = files
        .into_iter()
        .map(|file| {
            let (group, place) = place(&file.name);
            (group, place, file)
        })
        .collect();
    placed.sort_by(|a, b| (a.0, a.1, &a.2.name).cmp(&(b.0, b.1, &b.2.name)));
    for (group, _, file) in placed {
        if let Some(group) = groups.get_mut(group) {
            group.files.push(file);
        }
    }
    groups.retain(|group| !group.files.is_empty());
    groups
}

fn place(name: &str) -> (usize, usize) {
    PURPOSES
        .iter()
        .enumerate()
        .find_map(|(group, (_, _, files))| {
            let place = files.iter().position(|(known, _)| *known == name)?;
            Some((group, place))
        })
        .unwrap_or((4, usize::MAX))
}

/// The key of what is said of a file.
pub(super) fn about(name: &str) -> &'static str {
    if name.starts_with(TABLES) {
        return "data-file-table";
    }
    PURPOSES
        .iter()
        .flat_map(|(_, _, files)| files.iter())
        .find(|(known, _)| *known == name)
        .map_or("results-file-other", |(_, about)| about)
}

//! How to cite a release, for programs.

use serde_json::{Value, json};

use crate::{lang::Lang, open_data::datapackage::Study};

const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// `CITATION.cff` (Citation File Format 1.2.0).
#[must_use]
pub fn citation_cff(study: &Study) -> String {
    // A JSON string is a YAML string.
    let text = |value: &str| Value::from(value).to_string();
    let mut cff = format!(
        "cff-version: 1.2.0\n\
         message: {message}\n\
         type: dataset\n\
         title: {title}\n\
         version: \"{release}\"\n\
         date-released: \"{date}\"\n\
         license: CC-BY-4.0\n\
         authors:\n  - name: {publisher}\n\
         abstract: {about}\n",
        message = text("Please cite the release that you used: a later one holds other numbers."),
        title = text(&title(study)),
        release = study.release,
        date = study.date,
        publisher = text(study.publisher()),
        about = text(&about(study)),
    );
    if let Some(url) = &study.url {
        cff.push_str(&format!("url: {}\n", text(url)));
    }
    cff
}

/// `datacite.json` (DataCite metadata schema 4).
///
/// # Errors
/// None in practice: the value holds strings and numbers.
pub fn datacite_json(study: &Study) -> Result<String, serde_json::Error> {
    let rows = match study.rows {
        0 => Vec::new(),
        rows => vec![format!("{rows} rows")],
    };
    let mut record = json!({
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "alternateIdentifiers": [{
            "alternateIdentifier": study.name(),
            "alternateIdentifierType": "Local accession number",
        }],
        "creators": [{"name": study.publisher(), "nameType": "Organizational"}],
        "titles": [
            {"title": study.title.get(Lang::En), "lang": "en"},
            {"title": study.title.get(Lang::Zh), "titleType": "TranslatedTitle", "lang": "zh-Hans"},
        ],
        "publisher": {"name": study.publisher()},
        "publicationYear": study.year(),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Survey data"},
        "dates": [{"date": study.date, "dateType": "Issued"}],
        "version": study.release.to_string(),
        "sizes": rows,
        "formats": ["text/csv", "application/json", "application/zip"],
        "rightsList": [{
            "rights": "Creative Commons Attribution 4.0 International",
            "rightsUri": LICENCE,
            "rightsIdentifier": "CC-BY-4.0",
            "rightsIdentifierScheme": "SPDX",
        }],
        "descriptions": [
            {"description": about(study), "descriptionType": "Abstract", "lang": "en"},
        ],
    });
    if let (Some(url), Value::Object(record)) = (&study.url, &mut record) {
        record.insert("url".to_owned(), json!(url));
    }
    serde_json::to_string_pretty(&record)
}

fn title(study: &Study) -> String {
    format!(
        "{}: release {} ({})",
        study.title.get(Lang::En),
        study.release,
        study.title.get(Lang::Zh)
    )
}

fn about(study: &Study) -> String {
    let tables = format!(
        "Tables of a survey answered by about {} people who chose themselves; small counts are \
         hidden and others rounded.",
        study.n
    );
    match study.rows {
        0 => tables,
        rows => format!(
            "{tables} With {rows} anonymised single answers of people who agreed to it, drawn by \
             lot."
        ),
    }
}

//! The files of a release.

use partake_core::{
    disclosure::{
        Aggregates, Audit, Parameters, aggregates_csv, background_csv, codebook_csv, codebook_json,
    },
    instrument::Instrument,
};
use partake_store::releases::NewFile;
use serde::Serialize;

use super::open_data::OpenData;
use crate::assets::sha256_hex;

/// Every published number.
pub const AGGREGATES: &str = "aggregates.json";
/// The same as a table.
pub const AGGREGATES_CSV: &str = "aggregates.csv";
/// The instrument that was answered.
pub const INSTRUMENT: &str = "instrument.json";
/// What each code means.
pub const CODEBOOK: &str = "codebook.json";
/// The same as a table.
pub const CODEBOOK_CSV: &str = "codebook.csv";
/// What the published numbers leave open of every hidden one.
pub const AUDIT: &str = "audit.json";
/// How common each background answer and each pair of them is, in bands.
pub const BACKGROUND: &str = "background.csv";
/// How the release was made.
pub const MANIFEST: &str = "release.json";
/// One row for each person who said yes and was drawn: codes, for programs.
pub const RESPONSES: &str = "responses.csv";
/// The same with labels, for spreadsheets.
pub const RESPONSES_SPREADSHEET: &str = "responses.excel.csv";
/// The same as one JSON object a line.
pub const RESPONSES_LINES: &str = "responses.jsonl";
/// What the anonymisation kept and what it cost.
pub const UTILITY: &str = "utility.json";
/// The columns of the responses, for archives: DDI-Codebook 2.6.
pub const CODEBOOK_XML: &str = "codebook.xml";
/// All files and columns, for programs: Data Package 2.0.
pub const DATAPACKAGE: &str = "datapackage.json";
/// Checksums of all other files, for `sha256sum --check`.
pub const SUMS: &str = "SHA256SUMS";

/// How a release was made, for readers of its files.
#[derive(Serialize)]
pub(super) struct Manifest<'a> {
    pub survey: &'a str,
    pub release: u32,
    pub date: &'a str,
    pub wave: &'a str,
    pub n: u64,
    pub parameters: &'a Parameters,
    /// True for the last release of a closed wave, in which nothing is held back.
    pub closing: bool,
    /// True when the operator set a rule looser than Partake promises.
    pub looser_than_promised: bool,
    /// Rules that this version of the engine applies.
    pub rules: &'static [&'static str],
    /// Rules that it does not apply yet.
    pub not_yet: &'static [&'static str],
    pub licence: &'static str,
}

pub(super) const RULES: &[&str] = &[
    "hold_back",
    "minimum_batch",
    "minimum_base",
    "minimum_cell",
    "rounding",
    "complementary_suppression",
    "increment_audit",
    "group_agreement",
    "k_anonymity",
    "l_diversity",
];
pub(super) const NOT_YET: &[&str] = &["free_text"];

/// All files, the checksums last.
pub(super) fn of_release(
    manifest: &Manifest<'_>,
    aggregates: &Aggregates,
    audit: &Audit,
    instrument: &Instrument,
    instrument_json: &str,
    open_data: Option<&OpenData>,
) -> Result<Vec<NewFile>, serde_json::Error> {
    let mut files = vec![
        json(AGGREGATES, aggregates.to_json()?),
        csv(AGGREGATES_CSV, aggregates_csv(aggregates)),
        json(AUDIT, serde_json::to_string(audit)?),
        json(INSTRUMENT, instrument_json.to_owned()),
        json(CODEBOOK, codebook_json(instrument)?),
        csv(CODEBOOK_CSV, codebook_csv(instrument)),
        csv(BACKGROUND, background_csv(instrument, aggregates)),
        json(MANIFEST, serde_json::to_string(manifest)?),
    ];
    if let Some(open_data) = open_data {
        files.extend(open_data.files.iter().cloned());
        files.push(open_data.package(&files)?);
    }
    let sums: String = files
        .iter()
        .map(|f| format!("{}  {}\n", f.sha256, f.name))
        .collect();
    files.push(file(SUMS, "text/plain; charset=utf-8", sums.into_bytes()));
    Ok(files)
}

pub(super) fn json(name: &str, body: String) -> NewFile {
    file(name, "application/json", body.into_bytes())
}

fn csv(name: &str, body: String) -> NewFile {
    // Spreadsheets take a file without the mark for the local code page and garble Chinese.
    let marked = format!("\u{feff}{body}");
    file(
        name,
        "text/csv; charset=utf-8; header=present",
        marked.into_bytes(),
    )
}

pub(super) fn file(name: &str, media_type: &str, body: Vec<u8>) -> NewFile {
    NewFile {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        sha256: sha256_hex(&body),
        body,
    }
}

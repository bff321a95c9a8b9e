//! The files of a release.

use partake_core::{
    disclosure::{Aggregates, Audit, Parameters, aggregates_csv, codebook_csv, codebook_json},
    instrument::Instrument,
};
use partake_store::releases::NewFile;
use serde::Serialize;

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
/// How the release was made.
pub const MANIFEST: &str = "release.json";
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
];
pub(super) const NOT_YET: &[&str] = &["microdata", "free_text"];

/// All files, the checksums last.
pub(super) fn of_release(
    manifest: &Manifest<'_>,
    aggregates: &Aggregates,
    audit: &Audit,
    instrument: &Instrument,
    instrument_json: &str,
) -> Result<Vec<NewFile>, serde_json::Error> {
    let mut files = vec![
        json(AGGREGATES, aggregates.to_json()?),
        csv(AGGREGATES_CSV, aggregates_csv(aggregates)),
        json(AUDIT, serde_json::to_string(audit)?),
        json(INSTRUMENT, instrument_json.to_owned()),
        json(CODEBOOK, codebook_json(instrument)?),
        csv(CODEBOOK_CSV, codebook_csv(instrument)),
        json(MANIFEST, serde_json::to_string(manifest)?),
    ];
    let sums: String = files
        .iter()
        .map(|f| format!("{}  {}\n", f.sha256, f.name))
        .collect();
    files.push(file(SUMS, "text/plain; charset=utf-8", sums.into_bytes()));
    Ok(files)
}

fn json(name: &str, body: String) -> NewFile {
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

fn file(name: &str, media_type: &str, body: Vec<u8>) -> NewFile {
    NewFile {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        sha256: sha256_hex(&body),
        body,
    }
}

//! The files of a release.

use partake_core::disclosure::Parameters;
use serde::Serialize;

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
/// What people wrote, in shuffled lists.
pub const TEXTS: &str = "texts.json";
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
/// How answers of one person go together in the responses, for the hypotheses that ask it.
pub const RELATIONS: &str = "relations.json";
/// The columns of the responses, for archives: DDI-Codebook 2.6.
pub const CODEBOOK_XML: &str = "codebook.xml";
/// All files and columns, for programs: Data Package 2.0.
pub const DATAPACKAGE: &str = "datapackage.json";
/// The same for programs that read columns.
pub const RESPONSES_PARQUET: &str = "responses.parquet";
/// The same as a workbook, with the codes on a sheet of their own.
pub const RESPONSES_XLSX: &str = "responses.xlsx";
/// The same for SPSS.
pub const RESPONSES_SAV: &str = "responses.sav";
/// Commands that read the responses with their labels.
pub const LOAD_STATA: &str = "load.do";
/// See [`LOAD_STATA`].
pub const LOAD_R: &str = "load.R";
/// See [`LOAD_STATA`].
pub const LOAD_PYTHON: &str = "load.py";
/// The tables, one file for each question, lie under names that begin so.
pub const TABLES: &str = "tables/";
/// The codebook to read.
pub const CODEBOOK_ZH: &str = "codebook.zh.html";
/// See [`CODEBOOK_ZH`].
pub const CODEBOOK_EN: &str = "codebook.en.html";
/// What is in the folder and what may be done with it.
pub const README_ZH: &str = "README.zh.md";
/// See [`README_ZH`].
pub const README_EN: &str = "README.en.md";
/// How to cite, for programs: Citation File Format.
pub const CITATION: &str = "CITATION.cff";
/// How to cite, for registries: DataCite.
pub const DATACITE: &str = "datacite.json";
/// Ending of the archive that holds all other files; its name begins with the survey's.
pub const ARCHIVE: &str = ".zip";
/// Files that tell single answers, and the archive with them: who takes one accepts the terms.
pub const SINGLE: [&str; 6] = [
    RESPONSES,
    RESPONSES_SPREADSHEET,
    RESPONSES_LINES,
    RESPONSES_XLSX,
    RESPONSES_PARQUET,
    RESPONSES_SAV,
];
/// What pages are made of stays in the database, so that they stand while the storage of files is
/// down.
pub(super) const IN_DATABASE: [&str; 7] = [
    AGGREGATES, AUDIT, BACKGROUND, INSTRUMENT, RELATIONS, TEXTS, UTILITY,
];

/// How common background answers and their pairs are, in bands: what the survey tells somebody
/// about themselves before they send.
pub const BACKGROUND: &str = "background.csv";
/// Checksums of all other files, for `sha256sum --check`.
pub const SUMS: &str = "SHA256SUMS";

/// How a release was made, for readers of its files.
#[derive(Clone, Copy, Serialize)]
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
    "free_text_lists",
];

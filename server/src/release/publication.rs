//! Every file of a release, made in its staging folder. The same release gives the same bytes.

use std::{
    collections::VecDeque,
    io::Write as _,
    sync::{Mutex, PoisonError},
};

use partake_core::{
    disclosure::{
        Aggregates, Audit, aggregates_csv, background_csv, codebook_csv, codebook_json, entries,
        question_csv,
    },
    instrument::Instrument,
    lang::Lang,
    open_data::{
        LOAD_PYTHON as PYTHON, Study, citation_cff, codebook_html, codebook_xml, datacite_json,
        datapackage_json, load_r, load_stata, readme,
    },
};

use super::{
    archive::Archive,
    counting::workers,
    files::{
        AGGREGATES, AGGREGATES_CSV, ARCHIVE, AUDIT, BACKGROUND, CITATION, CODEBOOK, CODEBOOK_CSV,
        CODEBOOK_EN, CODEBOOK_XML, CODEBOOK_ZH, DATACITE, DATAPACKAGE, INSTRUMENT, LOAD_PYTHON,
        LOAD_R, LOAD_STATA, MANIFEST, Manifest, README_EN, README_ZH, RELATIONS, RESPONSES,
        RESPONSES_LINES, RESPONSES_PARQUET, RESPONSES_SAV, RESPONSES_SPREADSHEET, RESPONSES_XLSX,
        SUMS, TABLES, TEXTS, UTILITY,
    },
    formats::{Form, FormatError},
    open_data::OpenData,
};
use crate::storage::{Staged, Staging};

const CSV: &str = "text/csv; charset=utf-8; header=present";
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const MARKDOWN: &str = "text/markdown; charset=utf-8";

/// Why the files could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PublicationError {
    #[error("a document cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Format(#[from] FormatError),
    #[error("a thread that wrote files broke off")]
    Broken,
}

/// What a release says, before it is written down.
pub(super) struct Publication<'a> {
    pub manifest: &'a Manifest<'a>,
    pub study: &'a Study,
    pub aggregates: &'a Aggregates,
    pub audit: &'a Audit,
    pub instrument: &'a Instrument,
    pub instrument_json: &'a str,
    /// The lists of free texts, if the survey can have any.
    pub texts: Option<&'a str>,
    pub open_data: Option<&'a OpenData>,
}

impl Publication<'_> {
    /// Writes all files; the checksums come last but one, the archive of all others last.
    pub(super) fn write(&self, staging: &Staging) -> Result<Vec<Staged>, PublicationError> {
        let archive = Archive::new(staging, &self.study.date);
        let mut files = Vec::new();
        for (name, media_type, text) in self.documents()? {
            files.push(document(staging, &name, media_type, &text)?);
        }
        if let Some(data) = self.open_data {
            files.push(data.responses.clone());
            files.extend(self.forms(staging, data, &archive)?);
            let text = self.datapackage(data, &files)?;
            files.push(document(staging, DATAPACKAGE, JSON, &text)?);
        }
        let sums: String = files
            .iter()
            .map(|f| format!("{}  {}\n", f.sha256, f.name))
            .collect();
        files.push(document(staging, SUMS, TEXT, &sums)?);
        let name = format!("{}{ARCHIVE}", self.study.name());
        files.push(staging.write(&name, "application/zip", |out| archive.write(out, &files))?);
        Ok(files)
    }

    fn documents(&self) -> Result<Vec<(String, &'static str, String)>, serde_json::Error> {
        let data = self.open_data;
        let variables = data.map_or(&[][..], OpenData::variables);
        let k = data.map(|data| data.k);
        let tables = entries(self.instrument);
        let study = self.study;
        let mut all = vec![
            (AGGREGATES, JSON, self.aggregates.to_json()?),
            (
                AGGREGATES_CSV,
                CSV,
                marked(&aggregates_csv(self.aggregates)),
            ),
            (AUDIT, JSON, serde_json::to_string(self.audit)?),
            (INSTRUMENT, JSON, self.instrument_json.to_owned()),
            (CODEBOOK, JSON, codebook_json(self.instrument)?),
            (CODEBOOK_CSV, CSV, marked(&codebook_csv(self.instrument))),
            (
                BACKGROUND,
                CSV,
                marked(&background_csv(self.instrument, self.aggregates)),
            ),
            (
                CODEBOOK_ZH,
                HTML,
                codebook_html(Lang::Zh, study, variables, &tables),
            ),
            (
                CODEBOOK_EN,
                HTML,
                codebook_html(Lang::En, study, variables, &tables),
            ),
            (README_ZH, MARKDOWN, readme(Lang::Zh, study, k)),
            (README_EN, MARKDOWN, readme(Lang::En, study, k)),
            (CITATION, "application/yaml", citation_cff(study)),
            (DATACITE, JSON, datacite_json(study)?),
            (MANIFEST, JSON, serde_json::to_string(self.manifest)?),
        ];
        all.extend(self.texts.map(|texts| (TEXTS, JSON, texts.to_owned())));
        if let Some(data) = data {
            all.extend([
                (UTILITY, JSON, serde_json::to_string_pretty(&data.utility)?),
                (
                    RELATIONS,
                    JSON,
                    serde_json::to_string_pretty(&data.relations)?,
                ),
                (
                    CODEBOOK_XML,
                    "application/xml",
                    codebook_xml(study, variables),
                ),
                (LOAD_STATA, TEXT, load_stata(study, variables)),
                (LOAD_R, TEXT, load_r(study, variables)),
                (
                    LOAD_PYTHON,
                    "text/x-python; charset=utf-8",
                    PYTHON.to_owned(),
                ),
            ]);
        }
        let mut all: Vec<_> = all
            .into_iter()
            .map(|(name, media_type, text)| (name.to_owned(), media_type, text))
            .collect();
        let mut questions: Vec<&str> = Vec::new();
        for table in &self.aggregates.tables {
            if questions.last() != Some(&table.question.as_str())
                && !questions.contains(&table.question.as_str())
            {
                questions.push(&table.question);
            }
        }
        all.extend(questions.into_iter().map(|question| {
            let text = marked(&question_csv(self.aggregates, question, &tables));
            (format!("{TABLES}{question}.csv"), CSV, text)
        }));
        Ok(all)
    }

    /// The forms of the single answers, written and packed for the archive as many at a time as
    /// there are processors.
    fn forms(
        &self,
        staging: &Staging,
        data: &OpenData,
        archive: &Archive<'_>,
    ) -> Result<Vec<Staged>, PublicationError> {
        let mut todo: VecDeque<Option<Form>> = Form::ALL
            .into_iter()
            .filter(|form| data.table.rows() <= form.most_rows())
            .map(Some)
            .collect();
        // The codes themselves are written already.
        todo.push_back(None);
        let todo = Mutex::new(todo);
        let work = || {
            let mut made = Vec::new();
            loop {
                let next = todo
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .pop_front();
                let Some(form) = next else {
                    return Ok(made);
                };
                let Some(form) = form else {
                    archive.pack(&data.responses)?;
                    continue;
                };
                let (name, media_type) = named(form);
                let file = staging.write(name, media_type, |out| {
                    form.write(out, &data.table, &self.study.date)
                })?;
                archive.pack(&file)?;
                made.push(file);
            }
        };
        let made: Vec<Result<Vec<Staged>, FormatError>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..workers().min(Form::ALL.len()))
                .map(|_| scope.spawn(work))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().map_err(|_| PublicationError::Broken))
                .collect::<Result<_, _>>()
        })?;
        let mut files = Vec::new();
        for made in made {
            files.extend(made?);
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// The description of all files for programs.
    fn datapackage(&self, data: &OpenData, files: &[Staged]) -> Result<String, serde_json::Error> {
        let resources: Vec<_> = files
            .iter()
            .map(|f| {
                let media_type = f.media_type.split(';').next().unwrap_or_default();
                (f.name.as_str(), media_type, f.size, f.sha256.as_str())
            })
            .collect();
        datapackage_json(
            self.study,
            data.variables(),
            RESPONSES,
            &[RESPONSES_SPREADSHEET, RESPONSES_LINES],
            &resources,
        )
    }
}

fn named(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::Spreadsheet => (RESPONSES_SPREADSHEET, CSV),
        Form::JsonLines => (RESPONSES_LINES, "application/jsonl"),
        Form::Xlsx => (
            RESPONSES_XLSX,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        Form::Parquet => (RESPONSES_PARQUET, "application/vnd.apache.parquet"),
        Form::Sav => (RESPONSES_SAV, "application/x-spss-sav"),
    }
}

fn document(
    staging: &Staging,
    name: &str,
    media_type: &str,
    text: &str,
) -> Result<Staged, FormatError> {
    staging.write(name, media_type, |out| Ok(out.write_all(text.as_bytes())?))
}

/// Spreadsheets take a file without the mark for the local code page and garble Chinese.
fn marked(csv: &str) -> String {
    format!("\u{feff}{csv}")
}

//! The public file of single answers, in every form in which a release carries it.

use partake_core::{
    disclosure::Parameters,
    instrument::{Instrument, PublicFile},
    open_data::{
        Cohort, CohortError, Format, MeasureError, Measured, Study, Variable, codebook_xml,
        datapackage_json, form, header, measure_file, variables,
    },
    response::DecodeError,
};
use partake_store::{Store, StoreError, releases::NewFile, snapshot::Part};
use rand::{Rng, RngExt as _};
use serde_json::{Map, Value, json};

use super::files::{
    CODEBOOK_XML, DATAPACKAGE, Manifest, RESPONSES, RESPONSES_LINES, RESPONSES_SPREADSHEET,
    UTILITY, file, json as json_file,
};

/// Rows up to which the forms for spreadsheets and for reading line by line are made: above,
/// they are many times the size of the codes, and no spreadsheet opens them.
const MOST_ROWS_IN_WORDS: usize = 10_000;

const WARNING: &str = "k-anonymity on the background columns is not a guarantee: whoever knows \
                       more than these columns may recognise somebody (Cohen 2022).";

/// Why the file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum OpenDataError {
    #[error(transparent)]
    Cohort(#[from] CohortError),
    #[error(transparent)]
    Measure(#[from] MeasureError),
    #[error(transparent)]
    Sheet(#[from] DecodeError),
    #[error("the published file of single answers cannot be read: {0}")]
    Csv(#[from] csv::Error),
    #[error("a published document cannot be read: {0}")]
    Json(#[from] serde_json::Error),
}

/// The file as an earlier release has it.
pub(super) struct Earlier {
    wave: String,
    csv: Vec<u8>,
    cohorts: Vec<Value>,
}

impl Earlier {
    /// As the newest release has it; `None` when it has none.
    pub(super) async fn read(store: &Store, survey: &str) -> Result<Option<Self>, StoreError> {
        let Some(newest) = store.newest_release(survey).await? else {
            return Ok(None);
        };
        let read = async |name| store.release_file(survey, newest.number, name).await;
        let (Some(rows), Some(utility)) = (read(RESPONSES).await?, read(UTILITY).await?) else {
            return Ok(None);
        };
        let cohorts = serde_json::from_slice::<Value>(&utility.body)
            .ok()
            .and_then(|utility| utility.get("cohorts")?.as_array().cloned())
            .unwrap_or_default();
        Ok(Some(Self {
            wave: newest.wave,
            csv: rows.body,
            cohorts,
        }))
    }
}

/// The file in its forms, with what describes it.
pub(super) struct OpenData {
    pub(super) rows: usize,
    pub(super) rows_new: usize,
    pub(super) files: Vec<NewFile>,
    study: Study,
    variables: Vec<Variable>,
}

impl OpenData {
    /// Appends to `earlier` a cohort of those who consented, if they are enough. `None` when there
    /// is nothing to publish, or the instrument does not say how.
    pub(super) fn make(
        instrument: &Instrument,
        manifest: &Manifest<'_>,
        consenting: &[&Part],
        earlier: Option<&Earlier>,
        rng: &mut impl Rng,
    ) -> Result<Option<Self>, OpenDataError> {
        let Some(public) = &instrument.public_file else {
            return Ok(None);
        };
        // Another version of the instrument has other columns; its answers stay in its releases.
        let earlier = earlier.filter(|earlier| earlier.wave == manifest.wave);
        let variables = variables(instrument, public);
        let cohort = draw(
            instrument,
            public,
            &variables,
            consenting,
            manifest.parameters,
            rng,
        )?;
        if cohort.is_none() && earlier.is_none() {
            return Ok(None);
        }
        let mut responses = earlier.map_or_else(
            || Format::Csv.begin(&variables).into_bytes(),
            |earlier| earlier.csv.clone(),
        );
        let rows_new = match &cohort {
            Some(cohort) => append(&mut responses, &variables, manifest, cohort, rng)?,
            None => 0,
        };
        let mut cohorts = earlier.map_or_else(Vec::new, |earlier| earlier.cohorts.clone());
        cohorts.extend(cohort.as_ref().map(|cohort| figures_of(manifest, cohort)));
        let mut rows = 0;
        for row in read(&responses).records() {
            row?;
            rows += 1;
        }
        let k = usize::try_from(manifest.parameters.k).unwrap_or(usize::MAX);
        let whole = measure_file(&variables, cells(&responses), k)?;
        let study = Study {
            survey: manifest.survey.to_owned(),
            title: instrument.title.clone(),
            release: manifest.release,
            date: manifest.date.to_owned(),
            wave: manifest.wave.to_owned(),
            rows,
        };
        let mut utility = protection(&whole);
        utility.insert("warning".to_owned(), json!(WARNING));
        utility.insert("release".to_owned(), json!(manifest.release));
        utility.insert("cohorts".to_owned(), Value::Array(cohorts));
        let mut files = Vec::new();
        if rows <= MOST_ROWS_IN_WORDS {
            for (name, media_type, format) in [
                (
                    RESPONSES_SPREADSHEET,
                    "text/csv; charset=utf-8; header=present",
                    Format::Spreadsheet,
                ),
                (RESPONSES_LINES, "application/jsonl", Format::JsonLines),
            ] {
                let text = in_words(&responses, &variables, format)?;
                files.push(file(name, media_type, text.into_bytes()));
            }
        }
        files.push(file(
            RESPONSES,
            "text/csv; charset=utf-8; header=present",
            responses,
        ));
        files.push(json_file(UTILITY, serde_json::to_string_pretty(&utility)?));
        files.push(file(
            CODEBOOK_XML,
            "application/xml",
            codebook_xml(&study, &variables).into_bytes(),
        ));
        Ok(Some(Self {
            rows,
            rows_new,
            files,
            study,
            variables,
        }))
    }

    /// The description of all files for programs.
    pub(super) fn package(&self, files: &[NewFile]) -> Result<NewFile, serde_json::Error> {
        let resources: Vec<_> = files
            .iter()
            .map(|f| {
                let media_type = f.media_type.split(';').next().unwrap_or_default();
                (f.name.as_str(), media_type, f.body.len(), f.sha256.as_str())
            })
            .collect();
        let json = datapackage_json(
            &self.study,
            &self.variables,
            RESPONSES,
            &[RESPONSES_SPREADSHEET, RESPONSES_LINES],
            &resources,
        )?;
        Ok(json_file(DATAPACKAGE, json))
    }
}

fn draw<'a>(
    instrument: &'a Instrument,
    file: &'a PublicFile,
    variables: &'a [Variable],
    consenting: &[&'a Part],
    parameters: &Parameters,
    rng: &mut impl Rng,
) -> Result<Option<Cohort<'a>>, CohortError> {
    let members = consenting.iter().map(|part| part.body.as_ref()).collect();
    let mut below = |n: usize| rng.random_range(0..n.max(1));
    let formed = form(instrument, file, variables, members, parameters, &mut below)?;
    Ok(match formed {
        Ok(cohort) => Some(cohort),
        Err(waits) => {
            tracing::info!(%waits, "nobody enters the public file with this release");
            None
        }
    })
}

/// Writes the rows of a cohort behind the others, under ids that mean nothing.
fn append(
    responses: &mut Vec<u8>,
    variables: &[Variable],
    manifest: &Manifest<'_>,
    cohort: &Cohort<'_>,
    rng: &mut impl Rng,
) -> Result<usize, DecodeError> {
    let number = manifest.release.to_string();
    let mut count = 0;
    for cells in cohort.rows() {
        let mut row = vec![format!("{:016x}", rng.next_u64()), number.clone()];
        row.extend(cells?);
        responses.extend(Format::Csv.line(variables, &row).into_bytes());
        count += 1;
    }
    Ok(count)
}

fn in_words(
    responses: &[u8],
    variables: &[Variable],
    format: Format,
) -> Result<String, csv::Error> {
    let mut text = format.begin(variables);
    for row in read(responses).records() {
        let row: Vec<String> = row?.iter().map(str::to_owned).collect();
        text.push_str(&format.line(variables, &row));
    }
    Ok(text)
}

fn read(responses: &[u8]) -> csv::Reader<&[u8]> {
    csv::Reader::from_reader(responses)
}

/// The rows without id and cohort. The file was written here and read once already.
fn cells(responses: &[u8]) -> impl Iterator<Item = Vec<String>> {
    read(responses)
        .into_records()
        .map_while(Result::ok)
        .map(|row| {
            row.iter()
                .skip(header(&[]).len())
                .map(str::to_owned)
                .collect()
        })
}

fn figures_of(manifest: &Manifest<'_>, cohort: &Cohort<'_>) -> Value {
    let mut figures = protection(&cohort.measures);
    let node: Map<String, Value> = cohort
        .node
        .iter()
        .map(|(name, level)| (name.clone(), json!(level)))
        .collect();
    let measured = &cohort.measures.figures;
    for (name, value) in [
        ("cohort", json!(manifest.release)),
        ("date", json!(manifest.date)),
        ("sample_rate", json!(manifest.parameters.sample)),
        ("k_asked", json!(manifest.parameters.k)),
        ("l_asked", json!(manifest.parameters.l)),
        ("levels", Value::Object(node)),
        ("c_avg", json!(measured.c_avg)),
        ("discernibility", json!(measured.discernibility)),
        ("gcp", json!(measured.gcp)),
    ] {
        figures.insert(name.to_owned(), value);
    }
    Value::Object(figures)
}

/// What a set of rows protects: counted on exactly what is published.
fn protection(measured: &Measured) -> Map<String, Value> {
    let figures = &measured.figures;
    let by_name = |values: Vec<Value>| -> Value {
        Value::Object(measured.sensitive.iter().cloned().zip(values).collect())
    };
    let mut map = Map::new();
    for (name, value) in [
        ("rows", json!(measured.rows)),
        ("k", json!(figures.k)),
        ("l", by_name(figures.l.iter().map(|l| json!(l)).collect())),
        ("t", by_name(figures.t.iter().map(|t| json!(t)).collect())),
        ("classes", json!(figures.classes)),
        ("suppressed_rows", json!(figures.suppressed)),
    ] {
        map.insert(name.to_owned(), value);
    }
    map
}

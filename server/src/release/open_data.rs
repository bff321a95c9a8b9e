//! The public file of single answers, as codes, with what it protects.

use std::{
    borrow::Cow,
    fs::File,
    io::{Cursor, Read, Write},
    path::PathBuf,
};

use partake_core::{
    disclosure::Parameters,
    instrument::{Instrument, PublicFile},
    open_data::{
        Cohort, CohortError, Format, MeasureError, Measured, Measuring, Relating, Relation,
        Variable, form, header, variables,
    },
    response::DecodeError,
};
use partake_store::{Store, releases::Release, snapshot::Part};
use rand::{Rng, RngExt as _};
use serde_json::{Map, Value, json};

use super::{
    counting::workers,
    files::{Manifest, RESPONSES, UTILITY},
    formats::{FormatError, Table},
};
use crate::storage::{FileStorage, Staged, Staging, StorageError};

/// Room for a line of the file, so that most of them are not moved while they grow.
const LINE: usize = 1 << 10;

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
    #[error(transparent)]
    Format(#[from] FormatError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("cannot write; is there room on the disk? {0}")]
    Write(#[from] std::io::Error),
}

/// The file as an earlier release has it.
pub(super) struct Earlier {
    csv: EarlierRows,
    cohorts: Vec<Value>,
}

enum EarlierRows {
    /// From the database, where small sites of old have it.
    Here(Vec<u8>),
    /// A copy of the stored file.
    Copied(PathBuf),
}

impl Earlier {
    /// As the newest release of the version has it; `None` when it has none. A copy of the rows is
    /// put into `staging`.
    pub(super) async fn read(
        store: &Store,
        files: &FileStorage,
        newest: Option<&Release>,
        staging: &Staging,
    ) -> Result<Option<Self>, StorageError> {
        let Some(newest) = newest else {
            return Ok(None);
        };
        let read = async |name| {
            store
                .release_file(&newest.survey, newest.number, name)
                .await
        };
        let (Some(rows), Some(utility)) = (read(RESPONSES).await?, read(UTILITY).await?) else {
            return Ok(None);
        };
        let cohorts = serde_json::from_slice::<Value>(&utility.body)
            .ok()
            .and_then(|utility| utility.get("cohorts")?.as_array().cloned())
            .unwrap_or_default();
        let csv = match &rows.info.place {
            None => EarlierRows::Here(rows.body),
            Some(place) => {
                let path = staging.folder().join("earlier");
                let mut out = File::create(&path).map_err(|source| StorageError::Write {
                    name: path.display().to_string(),
                    source,
                })?;
                let size = u64::try_from(rows.info.size).unwrap_or_default();
                files.copy_out(place, size, &mut out).await?;
                EarlierRows::Copied(path)
            }
        };
        Ok(Some(Self { csv, cohorts }))
    }

    fn copy(&self, out: &mut impl Write) -> std::io::Result<()> {
        let mut rows: Box<dyn Read + '_> = match &self.csv {
            EarlierRows::Here(body) => Box::new(Cursor::new(body)),
            EarlierRows::Copied(path) => Box::new(File::open(path)?),
        };
        std::io::copy(&mut rows, out)?;
        Ok(())
    }
}

/// The file of codes, what it protects, and its columns.
pub(super) struct OpenData {
    pub(super) rows_new: usize,
    /// The smallest group.
    pub(super) k: usize,
    pub(super) responses: Staged,
    pub(super) table: Table,
    pub(super) utility: Map<String, Value>,
    /// What the whole file says of the hypotheses that it decides.
    pub(super) relations: Vec<Relation>,
}

impl OpenData {
    /// Appends to `earlier` a cohort of those who consented, if they are enough. `None` when there
    /// is nothing to publish, or the instrument does not say how.
    pub(super) fn make(
        instrument: &Instrument,
        manifest: &Manifest<'_>,
        consenting: &[&Part],
        earlier: Option<&Earlier>,
        staging: &Staging,
        rng: &mut impl Rng,
    ) -> Result<Option<Self>, OpenDataError> {
        let Some(public) = &instrument.public_file else {
            return Ok(None);
        };
        // Another version of the instrument has other columns; its answers stay in its releases.
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
        let mut rows_new = 0;
        let responses = staging.write(
            RESPONSES,
            "text/csv; charset=utf-8; header=present",
            |out| -> Result<(), OpenDataError> {
                match earlier {
                    Some(earlier) => earlier.copy(out)?,
                    None => out.write_all(Format::Csv.lines(&variables).begin().as_bytes())?,
                }
                if let Some(cohort) = &cohort {
                    rows_new = append(out, &variables, manifest, cohort, rng)?;
                }
                Ok(())
            },
        )?;
        let mut cohorts = earlier.map_or_else(Vec::new, |earlier| earlier.cohorts.clone());
        cohorts.extend(cohort.as_ref().map(|cohort| figures_of(manifest, cohort)));
        drop(cohort);
        let first = header(&[]).len();
        let mut measuring = Measuring::new(&variables);
        let mut relating = Relating::new(instrument, public, &variables);
        let written = Table::new(Vec::new(), responses.path(), 0);
        std::thread::scope(|scope| {
            let related = scope.spawn(|| {
                written.each_row(|row| {
                    relating.add(|at| row.get(first + at).unwrap_or_default());
                    Ok(())
                })
            });
            written.each_row(|row| {
                measuring.add(|at| row.get(first + at).unwrap_or_default());
                Ok(())
            })?;
            related
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })?;
        let k = usize::try_from(manifest.parameters.k).unwrap_or(usize::MAX);
        let whole = measuring.finish(k)?;
        let mut utility = protection(&whole);
        utility.insert("warning".to_owned(), json!(WARNING));
        utility.insert("release".to_owned(), json!(manifest.release));
        utility.insert("cohorts".to_owned(), Value::Array(cohorts));
        Ok(Some(Self {
            rows_new,
            k: whole.figures.k,
            table: Table::new(variables, responses.path(), whole.rows),
            responses,
            utility,
            relations: relating.finish(),
        }))
    }

    /// The columns after id and cohort.
    pub(super) fn variables(&self) -> &[Variable] {
        self.table.variables()
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
    let formed = form(
        instrument,
        file,
        variables,
        members,
        parameters,
        workers(),
        &mut below,
    )?;
    Ok(match formed {
        Ok(cohort) => Some(cohort),
        Err(waits) => {
            tracing::debug!(%waits, "nobody enters the public file with this release");
            None
        }
    })
}

/// Writes the rows of a cohort behind the others, under ids that mean nothing.
fn append(
    out: &mut impl Write,
    variables: &[Variable],
    manifest: &Manifest<'_>,
    cohort: &Cohort<'_>,
    rng: &mut impl Rng,
) -> Result<usize, OpenDataError> {
    let number = manifest.release.to_string();
    let lines = Format::Csv.lines(variables);
    let ids: Vec<u64> = (0..cohort.measures.rows).map(|_| rng.next_u64()).collect();
    let line = |row: usize, cells: &[Cow<'_, str>]| {
        let id = format!("{:016x}", ids[row]);
        let head = [id.as_str(), number.as_str()];
        let mut line = String::with_capacity(LINE);
        lines.push(
            &mut line,
            head.into_iter().chain(cells.iter().map(|c| &**c)),
        );
        line
    };
    cohort.each_row(workers(), line, |line| -> Result<(), OpenDataError> {
        Ok(out.write_all(line.as_bytes())?)
    })?;
    Ok(ids.len())
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

//! `partake export`.

mod package;

use std::{io::Write as _, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use partake_core::{instrument::Instrument, open_data::variables};
use partake_store::releases::FileInfo;

use super::{Context, complete, print_line};
use crate::release::{
    ARCHIVE, CODEBOOK_XML, INSTRUMENT, RESPONSES, RESPONSES_LINES, RESPONSES_PARQUET,
    RESPONSES_SAV, RESPONSES_XLSX,
    formats::{Form, Table},
};

/// Options of `export`.
#[derive(Args, Debug)]
pub struct ExportCommand {
    /// Number of the release
    #[arg(long, env = "PARTAKE_EXPORT_RELEASE")]
    release: u32,
    /// What to write
    #[arg(long, value_enum, env = "PARTAKE_EXPORT_FORMAT")]
    format: Format,
    /// File to write; replaced if it exists
    #[arg(long, env = "PARTAKE_EXPORT_OUT")]
    out: PathBuf,
    /// Survey; the featured one when left out
    #[arg(long, env = "PARTAKE_SURVEY")]
    survey: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Single answers as codes (RFC 4180, UTF-8): the published responses.csv
    Csv,
    /// Single answers, one JSON object a line
    Jsonl,
    /// Single answers as codes and their codebook, as an Excel workbook
    Xlsx,
    /// Single answers as an Apache Parquet file of texts
    Parquet,
    /// Single answers as an SPSS system file, with labels and user-missing values
    Sav,
    /// The columns and codes as DDI-Codebook 2.6 (XML): the published codebook.xml
    Ddi,
    /// Every file of the release in one zip
    Package,
}

impl Format {
    /// The published file that is this format.
    fn is(self, name: &str) -> bool {
        name == match self {
            Self::Csv => RESPONSES,
            Self::Jsonl => RESPONSES_LINES,
            Self::Xlsx => RESPONSES_XLSX,
            Self::Parquet => RESPONSES_PARQUET,
            Self::Sav => RESPONSES_SAV,
            Self::Ddi => CODEBOOK_XML,
            Self::Package => return name.ends_with(ARCHIVE),
        }
    }

    /// How to make it from the codes where an old release lacks it.
    fn form(self) -> Option<Form> {
        match self {
            Self::Jsonl => Some(Form::JsonLines),
            Self::Xlsx => Some(Form::Xlsx),
            Self::Parquet => Some(Form::Parquet),
            Self::Sav => Some(Form::Sav),
            Self::Csv | Self::Ddi | Self::Package => None,
        }
    }
}

impl ExportCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        let survey = context.survey(self.survey.as_deref())?;
        let number = i64::from(self.release);
        let Some(release) = context.store.release(&survey, number).await? else {
            bail!("there is no release {number}; `partake release list` names those that exist");
        };
        let files = context.store.release_files(&survey, number).await?;
        let published = files.iter().find(|file| self.format.is(&file.name));
        let complete = complete::begin(&self.out)?;
        let mut out = complete.writer()?;
        let written = match (published, self.format.form()) {
            (Some(file), _) => body(context, &survey, number, file, &mut out).await,
            (None, Some(form)) => {
                let codes = files.iter().find(|file| file.name == RESPONSES);
                let codes = codes.with_context(|| missing(number))?;
                let table = self.table(context, &survey, number, codes).await?;
                let made = form.write(&mut out, &table.1, &release.day);
                made.map_err(anyhow::Error::from)
            }
            (None, None) if self.format == Format::Package => {
                package::write(context, &survey, number, &files, &mut out).await
            }
            (None, None) => Err(anyhow::anyhow!(missing(number))),
        };
        written.with_context(|| format!("cannot write {}", self.out.display()))?;
        complete.finish(out)?;
        complete.publish()?;
        print_line(&format!("written to {}", self.out.display()))
    }

    /// The codes as a file beside the one to be written, with their columns.
    async fn table(
        &self,
        context: &Context,
        survey: &str,
        release: i64,
        codes: &FileInfo,
    ) -> anyhow::Result<(complete::Complete, Table)> {
        let file = context
            .store
            .release_file(survey, release, INSTRUMENT)
            .await?;
        let file = file.context("the release lacks its instrument")?;
        let instrument: Instrument = serde_json::from_slice(&file.body)
            .context("the release's instrument cannot be read")?;
        let public = instrument.public_file.as_ref();
        let public = public.context("the release's instrument declares no public file")?;
        let mut name = self.out.file_name().unwrap_or_default().to_owned();
        name.push(".codes");
        let beside = complete::begin(&self.out.with_file_name(name))?;
        let mut out = beside.writer()?;
        body(context, survey, release, codes, &mut out).await?;
        out.flush()?;
        let mut rows = 0;
        let table = Table::new(variables(&instrument, public), beside.path(), 0);
        table.each_row(|_| {
            rows += 1;
            Ok(())
        })?;
        let table = Table::new(table.variables().to_vec(), beside.path(), rows);
        Ok((beside, table))
    }
}

/// Writes a published file, wherever it lies.
async fn body(
    context: &Context,
    survey: &str,
    release: i64,
    file: &FileInfo,
    out: &mut complete::Writer,
) -> anyhow::Result<()> {
    match &file.place {
        Some(place) => {
            let size = u64::try_from(file.size)?;
            context.files.copy_out(place, size, out).await?;
        }
        None => {
            let file = context
                .store
                .release_file(survey, release, &file.name)
                .await?;
            out.write_all(&file.context("the release lost a file")?.body)?;
        }
    }
    Ok(())
}

/// What to tell who asks for single answers that were not published.
fn missing(release: i64) -> String {
    format!(
        "release {release} holds no single answers: too few people had agreed to it; \
         `--format package` writes its tables"
    )
}

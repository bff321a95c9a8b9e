//! `partake export`.

mod package;
mod parquet;
mod sav;
mod table;
mod xlsx;

use std::{io::Write as _, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use partake_core::open_data::Format as Lines;

use super::{Context, complete, print_line};
use crate::release::{CODEBOOK_XML, RESPONSES};
use table::Table;

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

impl ExportCommand {
    pub async fn run(self, context: &Context) -> anyhow::Result<()> {
        let survey = context.survey(self.survey.as_deref())?;
        let number = i64::from(self.release);
        if context.store.release(&survey, number).await?.is_none() {
            bail!("there is no release {number}; `partake release list` names those that exist");
        }
        let written = match self.format {
            Format::Package => {
                let files = package::files(&context.store, &survey, number).await?;
                complete::write(&self.out, |out| package::write(out, &files))?
            }
            Format::Csv | Format::Ddi => {
                let name = if self.format == Format::Csv {
                    RESPONSES
                } else {
                    CODEBOOK_XML
                };
                let file = context.store.release_file(&survey, number, name).await?;
                let body = file.with_context(|| table::missing(number))?.body;
                complete::write(&self.out, |out| Ok(out.write_all(&body)?))?
            }
            Format::Jsonl | Format::Xlsx | Format::Parquet | Format::Sav => {
                let table = Table::read(&context.store, &survey, number).await?;
                complete::write(&self.out, |out| match self.format {
                    Format::Xlsx => xlsx::write(out, &table),
                    Format::Parquet => parquet::write(out, &table),
                    Format::Sav => sav::write(out, &table),
                    _ => {
                        for row in table.rows() {
                            let line = Lines::JsonLines.line(&table.variables, &row?);
                            out.write_all(line.as_bytes())?;
                        }
                        Ok(())
                    }
                })?
            }
        };
        written.publish()?;
        print_line(&format!("written to {}", self.out.display()))
    }
}

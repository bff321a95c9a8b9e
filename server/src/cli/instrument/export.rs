//! `partake instrument export`.

use std::{
    io::{IsTerminal as _, Write as _},
    path::PathBuf,
};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use partake_core::instrument::{
    Instrument, canonical_json,
    export::{Sheet, Target, lost, surveyjs_json, xlsform},
};
use rust_xlsxwriter::Workbook;

use super::read;
use crate::cli::complete;

/// Options of `instrument export`.
#[derive(Args, Debug)]
pub(super) struct ExportCommand {
    /// Instrument file
    file: PathBuf,
    /// Form to write
    #[arg(long, value_enum)]
    to: Form,
    /// Leave out what the form cannot say, and list it on standard error
    #[arg(long)]
    partial: bool,
    /// File to write; standard output when left out
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The JSON of SurveyJS
    Surveyjs,
    /// An XLSForm workbook (.xlsx) for ODK and its relatives
    Xlsform,
    /// The canonical JSON that the API serves
    Json,
}

impl Form {
    const fn target(self) -> Option<Target> {
        match self {
            Self::Surveyjs => Some(Target::SurveyJs),
            Self::Xlsform => Some(Target::XlsForm),
            Self::Json => None,
        }
    }
}

impl ExportCommand {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let instrument = read(&self.file)?;
        if let Some(target) = self.to.target() {
            self.say_what_is_lost(&instrument, target)?;
        }
        let bytes = match self.to {
            Form::Json => format!("{}\n", canonical_json(&instrument)).into_bytes(),
            Form::Surveyjs => format!("{}\n", surveyjs_json(&instrument)?).into_bytes(),
            Form::Xlsform => workbook(&xlsform(&instrument))?,
        };
        match &self.out {
            Some(place) => complete::write(place, |out| Ok(out.write_all(&bytes)?))?.publish(),
            None if self.to == Form::Xlsform && std::io::stdout().is_terminal() => {
                bail!("an XLSForm is a workbook; name a file with --out FORM.xlsx")
            }
            None => std::io::stdout()
                .write_all(&bytes)
                .context("cannot write to standard output"),
        }
    }

    fn say_what_is_lost(&self, instrument: &Instrument, target: Target) -> anyhow::Result<()> {
        let lost: Vec<String> = lost(instrument, target)
            .iter()
            .map(ToString::to_string)
            .collect();
        if lost.is_empty() {
            return Ok(());
        }
        let list = lost.join("\n  ");
        if !self.partial {
            bail!(
                "{}: the form cannot say all of it; --partial leaves this out:\n  {list}",
                self.file.display()
            );
        }
        writeln!(std::io::stderr(), "left out:\n  {list}").context("cannot write to standard error")
    }
}

fn workbook(sheets: &[Sheet]) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    for sheet in sheets {
        let written = book.add_worksheet();
        written.set_name(sheet.name)?;
        for (row, cells) in (0..).zip(&sheet.rows) {
            for (column, cell) in (0..).zip(cells) {
                if !cell.is_empty() {
                    written.write_string(row, column, cell)?;
                }
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

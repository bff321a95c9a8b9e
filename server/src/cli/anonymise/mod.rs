//! `partake anonymise`.

mod hierarchy_file;
mod input;
mod output;
mod report;
mod source;

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context as _, bail};
use clap::Args;
use partake_core::microdata::{
    AnonymiseError, Microdata, QuasiIdentifier, Rules, Sensitive, Spec, anonymise, measure,
};

use super::progress::Progress;
use input::{Content, Input};

/// Options of `anonymise`.
#[derive(Args, Debug)]
pub struct AnonymiseCommand {
    /// Table to anonymise: CSV with a header, in UTF-8
    #[arg(long, env = "PARTAKE_ANONYMISE_INPUT")]
    input: PathBuf,
    /// What each column is, in YAML; docs/ANONYMISE.md describes it
    #[arg(long, env = "PARTAKE_ANONYMISE_SPEC")]
    spec: PathBuf,
    /// Least rows that share a combination of quasi-identifiers; the specification's unless given
    #[arg(long, env = "PARTAKE_ANONYMISE_K")]
    k: Option<usize>,
    /// Least different values of each sensitive column among them; the specification's unless given
    #[arg(long, env = "PARTAKE_ANONYMISE_L")]
    l: Option<usize>,
    /// File for the anonymised table; replaced if it exists
    #[arg(long, env = "PARTAKE_ANONYMISE_OUT")]
    out: PathBuf,
    /// File for the figures of what it protects and what it lost, as JSON; replaced if it exists
    #[arg(long, env = "PARTAKE_ANONYMISE_REPORT")]
    report: PathBuf,
    /// Write the rows in an order drawn from this seed instead of the input's; keep it secret
    #[arg(long, env = "PARTAKE_ANONYMISE_SHUFFLE_SEED")]
    shuffle_seed: Option<u64>,
}

impl AnonymiseCommand {
    pub fn run(self) -> anyhow::Result<()> {
        let started = Instant::now();
        self.check_paths()?;
        let spec = read_spec(&self.spec)?;
        let rules = self.rules(&spec)?;
        let mut progress = Progress::default();
        let mut input = input::read(&self.input, &self.spec, &spec, &mut progress)?;
        let data = microdata(&mut input)?;
        progress.say("generalising");
        let published =
            anonymise(&data, &rules, spec.method).map_err(|error| self.explain(&input, &error))?;
        progress.say("measuring");
        let measures = measure(&data, &published, rules.k);
        progress.say("writing");
        let rows = output::order(data.rows(), self.shuffle_seed);
        let table = output::write_table(&self.out, &input, &data, &published, &rows)?;
        let report = report::json(
            &input,
            &data,
            &published,
            &measures,
            started.elapsed().as_secs_f64(),
        );
        let report = output::write_text(&self.report, &report)?;
        // The table last: where it is, the report is too.
        report.publish()?;
        table.publish()?;
        progress.end();
        Ok(())
    }

    /// A result may not replace what it was made from, nor the other result.
    fn check_paths(&self) -> anyhow::Result<()> {
        let place = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.into());
        let (input, spec) = (place(&self.input), place(&self.spec));
        let (out, report) = (place(&self.out), place(&self.report));
        for (option, path) in [("--out", &out), ("--report", &report)] {
            if *path == input || *path == spec {
                bail!(
                    "{option} {} would replace a file that is read; name another",
                    path.display()
                );
            }
        }
        if out == report {
            bail!("--out and --report are the same file; name two");
        }
        Ok(())
    }

    fn rules(&self, spec: &Spec) -> anyhow::Result<Rules> {
        let k = self.k.or(spec.k).with_context(|| {
            format!(
                "{}: no k; give --k or write `k:` in it",
                self.spec.display()
            )
        })?;
        Ok(Rules {
            k,
            l: self.l.or(spec.l),
            suppression_limit: spec.suppression_limit,
        })
    }

    /// The refusal with the names of file and column, which core does not know.
    fn explain(&self, input: &Input, error: &AnonymiseError) -> anyhow::Error {
        let column = match error {
            AnonymiseError::LAboveValues { column, .. } => input.sensitive().nth(*column),
            AnonymiseError::Ambiguous { column, .. } => input.quasi().nth(*column),
            _ => None,
        };
        let file = match error {
            AnonymiseError::KAboveRows { .. } | AnonymiseError::LAboveValues { .. } => &self.input,
            _ => &self.spec,
        };
        column.map_or_else(
            || anyhow::anyhow!("{}: {error}", file.display()),
            |column| anyhow::anyhow!("{}: column `{}`: {error}", file.display(), column.name),
        )
    }
}

fn read_spec(file: &Path) -> anyhow::Result<Spec> {
    let text = source::text(file)?;
    Spec::read(&text).map_err(|fault| anyhow::anyhow!("{}:{fault}", file.display()))
}

/// Moves the coded columns out of the input; the dictionaries stay.
fn microdata(input: &mut Input) -> anyhow::Result<Microdata> {
    let mut quasi = Vec::new();
    let mut sensitive = Vec::new();
    for column in &mut input.columns {
        match &mut column.content {
            Content::Quasi { hierarchy, leaves } => quasi.push(QuasiIdentifier {
                hierarchy: hierarchy.clone(),
                leaves: std::mem::take(leaves),
            }),
            Content::Sensitive(coded) => sensitive.push(Sensitive {
                codes: coded.codes.clone(),
                values: coded.values(),
            }),
            Content::Insensitive(_) => {}
        }
    }
    Microdata::new(quasi, sensitive).context("the table cannot be anonymised")
}

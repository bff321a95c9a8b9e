//! The anonymiser on the Adult data, beside the figures that ARX 3.9.2 reaches there.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::running::{EmptyFolder, partake};
use crate::{process, say};

const COLUMNS: &[&str] = &[
    "sex",
    "age",
    "race",
    "marital-status",
    "education",
    "native-country",
    "workclass",
    "salary-class",
];

struct Bar {
    method: &'static str,
    k: &'static str,
    limit: &'static str,
    /// Global certainty penalty that ARX reaches; local recoding has to beat it.
    gcp: f64,
    /// Seconds on two cores.
    seconds: f64,
}

const BARS: &[Bar] = &[
    Bar {
        method: "full_domain",
        k: "5",
        limit: "0.05",
        gcp: 0.178_34,
        seconds: 1.0,
    },
    Bar {
        method: "full_domain",
        k: "10",
        limit: "0.05",
        gcp: 0.232_6,
        seconds: 1.0,
    },
    Bar {
        method: "local_recoding",
        k: "5",
        limit: "0",
        gcp: 0.033_2,
        seconds: 5.0,
    },
    Bar {
        method: "local_recoding",
        k: "10",
        limit: "0",
        gcp: 0.047_9,
        seconds: 5.0,
    },
];

/// The folder with adult.csv and hierarchies/, if `PARTAKE_ADULT` names one: the data set is not
/// part of the project.
pub(crate) fn folder() -> Option<PathBuf> {
    std::env::var_os("PARTAKE_ADULT").map(PathBuf::from)
}

pub(crate) fn measure(adult: &Path) -> Result<()> {
    let adult = adult.canonicalize()?;
    let folder = EmptyFolder::new("adult")?;
    for bar in BARS {
        std::fs::write(folder.path().join("spec.yaml"), spec(&adult, bar)?)?;
        process::run(
            partake(folder.path(), &folder.sqlite())
                .args(["anonymise", "--spec", "spec.yaml", "--k", bar.k])
                .arg("--input")
                .arg(adult.join("adult.csv"))
                .args(["--out", "out.csv", "--report", "report.json"]),
        )?;
        let report = std::fs::read_to_string(folder.path().join("report.json"))?;
        let (gcp, seconds) = (number(&report, "gcp")?, number(&report, "seconds")?);
        say::note(format_args!(
            "{}, k = {}: penalty {gcp:.4}, at most {:.4} (ratio {:.3}); {seconds:.2} s, at most {} s",
            bar.method,
            bar.k,
            bar.gcp,
            gcp / bar.gcp,
            bar.seconds
        ));
        if gcp > bar.gcp || seconds > bar.seconds {
            bail!("{} at k = {} misses its bar", bar.method, bar.k);
        }
    }
    Ok(())
}

fn spec(adult: &Path, bar: &Bar) -> Result<String> {
    let mut spec = "columns:\n".to_owned();
    for column in COLUMNS {
        let file = adult.join(format!("hierarchies/adult_hierarchy_{column}.csv"));
        writeln!(
            spec,
            "  {column}: {{role: quasi_identifier, hierarchy: \"{}\"}}",
            file.display()
        )?;
    }
    writeln!(
        spec,
        "  occupation: {{role: sensitive}}\nsuppression_limit: {}\nmethod: {}",
        bar.limit, bar.method
    )?;
    Ok(spec)
}

/// The number of a field that stands once in the report.
fn number(report: &str, field: &str) -> Result<f64> {
    let value = report
        .split_once(&format!("\"{field}\":"))
        .context("the report lacks a figure")?
        .1;
    let digits: String = value
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_digit() || ".e-+".contains(*c))
        .collect();
    Ok(digits.parse()?)
}

//! What the site may weigh and how long it may take.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Report;
use super::adult;
use super::running::{EmptyFolder, Server, partake};
use crate::{build, files, process, say, wasm};

/// Brotli bytes.
const STYLES: u64 = 20_000;
const IDLE_MEMORY: u64 = 60_000_000;
const RESPONSES: &str = "10000";
const SIMULATION: Duration = Duration::from_secs(60);

const PAGES: &[&str] = &[
    "/zh",
    "/en",
    "/zh/survey",
    "/en/survey",
    "/en/results",
    "/zh/discuss",
    "/en/data",
];

pub(crate) fn check(report: &mut Report) -> Result<()> {
    if !report.check(
        "release build",
        Some("up to 12 min the first time"),
        build::binary,
    ) {
        bail!("there is no release binary to measure");
    }
    report.check("size of scripts and styles", None, sizes);
    report.check(
        "one response beside a bare JSON parse; checking an instrument",
        Some("a minute the first time"),
        speed,
    );
    let folder = EmptyFolder::new("bars")?;
    let database = folder.sqlite();
    report.check("memory of the idle server", None, || {
        let server = Server::start(folder.path(), &database)?;
        let fresh = server.resident_at_rest()?;
        for page in PAGES.iter().cycle().take(3 * PAGES.len()) {
            server.visit(page)?;
        }
        let used = server.resident_at_rest()?;
        say::note(format_args!(
            "{} after the start, {} after {} requests; at most {}",
            megabytes(fresh),
            megabytes(used),
            3 * PAGES.len(),
            megabytes(IDLE_MEMORY)
        ));
        under("resident memory", fresh.max(used), IDLE_MEMORY)
    });
    report.check(
        "10 000 simulated responses on SQLite",
        Some("at most 60 s"),
        || {
            let start = Instant::now();
            process::run(partake(folder.path(), &database).args([
                "simulate",
                "--responses",
                RESPONSES,
                "--seed",
                "1",
            ]))?;
            let time = start.elapsed();
            say::note(format_args!(
                "{}; at most {} s",
                say::seconds(time),
                SIMULATION.as_secs()
            ));
            if time > SIMULATION {
                bail!("the simulation took {}", say::seconds(time));
            }
            Ok(())
        },
    );
    match adult::folder() {
        Some(folder) => {
            report.check("the anonymiser on the Adult data", None, || {
                adult::measure(&folder)
            });
        }
        None => say::note(format_args!(
            "NOT measured: the anonymiser on the Adult data; PARTAKE_ADULT names its folder"
        )),
    }
    Ok(())
}

/// The example prints the figures and fails over its bars.
fn speed() -> Result<()> {
    process::run(
        process::cargo()
            .args(["run", "--quiet", "--release", "--package", "partake-core"])
            .args(["--example", "speed", "--features", "yaml"]),
    )
}

fn sizes() -> Result<()> {
    let manifest = std::fs::read_to_string(files::site().join("manifest.json"))?;
    let boot = compressed(&manifest, "boot.js")?;
    for module in &wasm::MODULES {
        let script = compressed(&manifest, &format!("{}.js", module.name))?;
        let code = compressed(&manifest, &format!("{}_bg.wasm", module.name))?;
        let all = boot + script + code;
        say::note(format_args!(
            "{}: WebAssembly and JavaScript {all} bytes as brotli, at most {}",
            module.name, module.most
        ));
        under("WebAssembly and JavaScript", all, module.most)?;
    }
    let styles = compressed(&manifest, "style.css")?;
    say::note(format_args!(
        "CSS {styles} bytes as brotli, at most {STYLES}"
    ));
    under("CSS", styles, STYLES)
}

/// The packer writes one file a line.
pub(crate) fn compressed(manifest: &str, plain: &str) -> Result<u64> {
    let line = manifest
        .lines()
        .find(|line| line.trim_start().starts_with(&format!("\"{plain}\"")))
        .with_context(|| format!("the manifest has no {plain}"))?;
    let size = line
        .split("\"brotli\": ")
        .nth(1)
        .context("the manifest names no size")?;
    let digits: String = size.chars().take_while(char::is_ascii_digit).collect();
    Ok(digits.parse()?)
}

fn under(what: &str, value: u64, most: u64) -> Result<()> {
    if value > most {
        bail!("{what}: {value} bytes, at most {most}");
    }
    Ok(())
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
}

#[cfg(test)]
mod tests {
    use super::compressed;

    #[test]
    fn the_size_of_each_file_is_read_from_the_manifest() -> anyhow::Result<()> {
        let manifest = "{\n  \"app.js\": {\"file\": \"app.0a.js\", \"size\": 9, \"brotli\": 7},\n  \
                        \"style.css\": {\"file\": \"style.0b.css\", \"size\": 20, \"brotli\": 12}\n}";
        assert_eq!(compressed(manifest, "app.js")?, 7);
        assert_eq!(compressed(manifest, "style.css")?, 12);
        assert!(compressed(manifest, "boot.js").is_err());
        Ok(())
    }
}

//! Our exports in the hands of the programs that they are for, our schema in those of editors, our
//! engine in its two builds, and our comments beside their specification.

use anyhow::{Context, Result, bail};

use super::running::EmptyFolder;
use super::{Report, browser, python_tools};
use crate::{files, process, stamp};

/// Generated instruments, and people for each: 12,000 triples.
const INSTRUMENTS: &str = "250";
const PEOPLE: &str = "48";

pub(crate) fn check(report: &mut Report) -> Result<()> {
    report.check(
        "native and WebAssembly builds decide alike, 12,000 times",
        Some("a minute"),
        builds_agree,
    );
    report.check("the schema of instruments against the loader", None, schema);
    report.check(
        "400 people's ways through the survey, asked of another engine",
        Some("a minute"),
        surveyjs,
    );
    report.check(
        "1,000 generated cases, asked of that engine",
        Some("a minute"),
        generated,
    );
    report.check(
        "1,100 people's answers on 41 forms, asked of ODK's engine",
        Some("a minute"),
        odk,
    );
    report.check(
        "CommonMark's 652 examples through the renderer of comments",
        None,
        commonmark,
    );
    Ok(())
}

fn commonmark() -> Result<()> {
    browser::install_packages()?;
    process::run(
        process::cargo()
            .args(["build", "--quiet", "--package", "partake-core"])
            .args(["--example", "render_comments", "--features", "markdown"]),
    )?;
    let renderer = files::root().join("target/debug/examples/render_comments");
    process::run(
        browser::node("node")?
            .arg("oracle/commonmark.mjs")
            .arg(renderer),
    )
}

/// The packages of the judges that have nothing to do with a browser.
fn install() -> Result<()> {
    let folder = files::root().join("end2end/oracle");
    let stamp_file = folder.join("node_modules/.partake-stamp");
    let stamp = stamp::of(&[folder.join("package-lock.json")], &[])?;
    if stamp::matches(&stamp_file, &stamp) {
        return Ok(());
    }
    let mut npm = browser::node("npm")?;
    npm.current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    process::run(&mut npm)?;
    stamp::keep(&stamp_file, &stamp)
}

fn example(name: &str) -> Result<String> {
    process::output(
        process::cargo()
            .args(["run", "--quiet", "--package", "partake-core"])
            .args(["--example", name, "--features", "yaml"]),
    )
}

fn judged(example_name: &str, script: &str, least: &str) -> Result<()> {
    let folder = EmptyFolder::new("oracle")?;
    let cases = example(example_name)?;
    let file = folder.path().join("cases.jsonl");
    std::fs::write(&file, cases)?;
    process::run(browser::node("node")?.arg(script).arg(&file).arg(least))
}

fn surveyjs() -> Result<()> {
    browser::install_packages()?;
    judged("export_cases", "oracle/surveyjs.mjs", "400")
}

fn generated() -> Result<()> {
    browser::install_packages()?;
    judged("generated_cases", "oracle/surveyjs.mjs", "1000")
}

/// Our worksheets through ODK's converter, and what it makes of them through ODK's engine.
fn odk() -> Result<()> {
    install()?;
    let folder = EmptyFolder::new("odk")?;
    let cases = folder.path().join("cases.jsonl");
    std::fs::write(&cases, example("odk_cases")?)?;
    let forms = folder.path().join("forms.jsonl");
    let converted = process::output(
        python_tools::interpreter("pyxform", "pyxform.txt")?
            .arg(files::root().join("end2end/oracle/xforms.py"))
            .arg(&cases),
    )?;
    std::fs::write(&forms, converted)?;
    // Its instances live long; a small nursery would be cleared all the time.
    process::run(
        browser::node("node")?
            .args(["--max-semi-space-size=128", "oracle/odk.mjs"])
            .arg(&forms),
    )
}

fn schema() -> Result<()> {
    install()?;
    judged("schema_cases", "oracle/schema.mjs", "500")
}

fn builds_agree() -> Result<()> {
    let wasm = "wasm32-unknown-unknown";
    process::run(
        process::cargo()
            .args(["build", "--quiet", "--target", wasm, "--target-dir"])
            .arg(files::target())
            .arg("--manifest-path")
            .arg(files::root().join("end2end/oracle/agree/Cargo.toml")),
    )?;
    let module = files::target().join(wasm).join("debug/agree.wasm");
    let there = process::output(
        browser::node("node")?
            .arg("oracle/agree.mjs")
            .arg(module)
            .args([INSTRUMENTS, PEOPLE]),
    )?;
    let here = process::output(
        process::cargo()
            .args([
                "test",
                "--quiet",
                "--package",
                "partake-core",
                "--features",
                "yaml",
            ])
            .args(["--test", "agree", "ten_thousand", "--", "--nocapture"])
            .env("PARTAKE_AGREE", "1"),
    )?;
    let (here, there) = (digest(&here)?, digest(&there)?);
    if here != there {
        bail!("the native build gives {here}, the other {there}");
    }
    Ok(())
}

fn digest(output: &str) -> Result<&str> {
    let line = output.lines().find_map(|line| line.split("digest ").nth(1));
    line.map(str::trim).context("no digest was printed")
}

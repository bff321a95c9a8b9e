//! What a million rows and a million responses take. Ten minutes and 20 GB of disk: not part of
//! the daily run: `cargo xtask test --only million`.

use std::fmt::Write as _;
use std::io::{BufWriter, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Report;
use super::running::{EmptyFolder, Server, partake, peak};
use crate::{build, process, say};

const ROWS: u32 = 1_000_000;
/// Each column: distinct leaves, and how many of them one step up joins.
const COLUMNS: [(&str, u32, u32); 5] = [
    ("age", 70, 10),
    ("place", 200, 20),
    ("work", 40, 8),
    ("school", 12, 4),
    ("sex", 3, 3),
];
const ANONYMISE: Bar = Bar {
    seconds: 60,
    bytes: None,
};
const GIGABYTE: Bar = Bar {
    seconds: 120,
    bytes: Some(300_000_000),
};
const RELEASE: Bar = Bar {
    seconds: 180,
    bytes: None,
};
/// By how much the server may grow while the largest file is downloaded.
const DOWNLOAD: u64 = 50_000_000;

struct Bar {
    seconds: u64,
    bytes: Option<u64>,
}

pub(super) fn check(report: &mut Report) -> Result<()> {
    if !report.check(
        "release build",
        Some("up to 12 min the first time"),
        build::binary,
    ) {
        bail!("there is no release binary to measure");
    }
    let folder = EmptyFolder::new("million")?;
    report.check(
        "1 000 000 rows with 5 quasi-identifiers, anonymised",
        None,
        || anonymise(folder.path(), &folder.sqlite(), 0, &ANONYMISE),
    );
    report.check("a table of 1 GB, anonymised", None, || {
        anonymise(folder.path(), &folder.sqlite(), 970, &GIGABYTE)
    });
    report.check(
        "all files of a release of 1 000 000 responses, and the largest downloaded",
        Some("some minutes to simulate them"),
        || release(folder.path(), &folder.sqlite()),
    );
    Ok(())
}

/// Writes a table with `padding` bytes in each row that are dropped, and anonymises it.
fn anonymise(folder: &Path, database: &str, padding: usize, bar: &Bar) -> Result<()> {
    let mut spec = "columns:\n  note: {role: drop}\n  ill: {role: sensitive}\n".to_owned();
    for (name, leaves, step) in COLUMNS {
        let mut ladder = String::new();
        for leaf in 0..leaves {
            writeln!(ladder, "{leaf};{};*", format_args!("g{}", leaf / step))?;
        }
        std::fs::write(folder.join(format!("{name}.csv")), ladder)?;
        writeln!(
            spec,
            "  {name}: {{role: quasi_identifier, hierarchy: {name}.csv}}"
        )?;
    }
    spec.push_str("k: 10\nl: 2\nsuppression_limit: 0.05\n");
    std::fs::write(folder.join("spec.yaml"), spec)?;
    let mut table = BufWriter::new(std::fs::File::create(folder.join("table.csv"))?);
    writeln!(table, "note,ill,age,place,work,school,sex")?;
    let padding = "x".repeat(padding);
    let mut state = 1_u64;
    let mut below = |n: u32| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        u32::try_from(state >> 33).unwrap_or_default() % n
    };
    for _ in 0..ROWS {
        write!(table, "{padding},{}", below(9))?;
        for (_, leaves, _) in COLUMNS {
            // Few values are frequent and many are rare, as with people.
            let most = below(leaves) + 1;
            write!(table, ",{}", below(most))?;
        }
        writeln!(table)?;
    }
    table.flush()?;
    let mut command = partake(folder, database);
    command.args(["anonymise", "--input", "table.csv", "--spec", "spec.yaml"]);
    command.args(["--out", "out.csv", "--report", "report.json"]);
    measured("the anonymiser", &mut command, bar)?;
    std::fs::remove_file(folder.join("table.csv"))?;
    Ok(())
}

fn release(folder: &Path, database: &str) -> Result<()> {
    let count = ROWS.to_string();
    let mut simulate = partake(folder, database);
    process::run(simulate.args(["simulate", "--responses", &count, "--seed", "1"]))?;
    let mut cut = partake(folder, database);
    measured("the release", cut.args(["release", "cut"]), &RELEASE)?;
    let listing = process::output(partake(folder, database).args(["release", "show", "1"]))?;
    let (name, size) = listing
        .lines()
        .filter_map(|line| {
            let (_, rest) = line.split_once("  ")?;
            let (name, size) = rest.split_once(" (")?;
            Some((name, size.strip_suffix(" bytes)")?.parse::<u64>().ok()?))
        })
        .max_by_key(|(_, size)| *size)
        .context("the release has no files")?;
    let server = Server::start(folder, database)?;
    server.visit("/en/data")?;
    let before = server.resident()?;
    let (read, most) = download(&server, name)?;
    let grown = most.saturating_sub(before);
    say::note(format_args!(
        "{name}: {} MB; the server grew by {} MB, at most {} MB (ratio {:.3})",
        size / 1_000_000,
        grown / 1_000_000,
        DOWNLOAD / 1_000_000,
        grown as f64 / DOWNLOAD as f64
    ));
    if read < size {
        bail!("the download ended after {read} of {size} bytes");
    }
    if grown > DOWNLOAD {
        bail!("the server holds the file in memory");
    }
    Ok(())
}

/// Downloads a file and throws it away; gives its bytes with the head, and the most memory that
/// the server held meanwhile.
fn download(server: &Server, name: &str) -> Result<(u64, u64)> {
    let host = server.origin().replace("http://", "");
    let mut stream = TcpStream::connect(&host)?;
    write!(
        stream,
        "GET /api/v1/releases/1/files/{name} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )?;
    let mut buffer = vec![0; 1 << 20];
    let (mut all, mut most) = (0, 0);
    loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Ok((all, most));
        }
        all += read as u64;
        most = most.max(server.resident()?);
    }
}

/// Runs a program and says how long it took and how much memory it held at most.
fn measured(name: &str, command: &mut Command, bar: &Bar) -> Result<()> {
    say::note(format_args!("$ {}", process::shown(command)));
    let start = Instant::now();
    let mut child: Child = command.stdin(Stdio::null()).spawn()?;
    let mut most = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        most = most.max(peak(child.id()).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(50));
    };
    let time = start.elapsed();
    say::note(format_args!(
        "{name}: {}, at most {} s (ratio {:.3}); {} MB of memory{}",
        say::seconds(time),
        bar.seconds,
        time.as_secs_f64() / bar.seconds as f64,
        most / 1_000_000,
        bar.bytes.map_or_else(String::new, |bytes| format!(
            ", at most {} MB",
            bytes / 1_000_000
        )),
    ));
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    if time > Duration::from_secs(bar.seconds) || bar.bytes.is_some_and(|bytes| most > bytes) {
        bail!("{name} misses its bar");
    }
    Ok(())
}

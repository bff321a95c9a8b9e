//! Reading files, with messages that name the place.

use std::{
    cell::Cell,
    fs::File,
    io::{self, Read},
    path::Path,
    rc::Rc,
};

use anyhow::{Context as _, bail};

/// Longest piece of a value that a message repeats.
const SHOWN: usize = 60;

/// A whole file as text.
pub(super) fn text(file: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let Ok(text) = String::from_utf8(bytes) else {
        bail!("{}: not UTF-8 text; save the file as UTF-8", file.display());
    };
    Ok(text)
}

/// What has gone through a reader.
#[derive(Default)]
pub(super) struct Passed {
    pub(super) bytes: Cell<u64>,
    quotes: Cell<u64>,
}

impl Passed {
    /// Refuses a file in which a quotation mark opens and none closes: the rest of the file would
    /// be read as one value, and its rows lost in silence.
    pub(super) fn check(&self, file: &Path) -> anyhow::Result<()> {
        if self.quotes.get() % 2 == 1 {
            bail!(
                "{}: an odd number of quotation marks, so one is never closed; close it, and write \
                 a mark inside a value as two",
                file.display()
            );
        }
        Ok(())
    }
}

/// Counts what is read.
pub(super) struct Counted {
    inner: File,
    passed: Rc<Passed>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let read = buffer.get(..length).unwrap_or_default();
        let quotes = read.iter().filter(|byte| **byte == b'"').count() as u64;
        self.passed
            .bytes
            .set(self.passed.bytes.get() + length as u64);
        self.passed.quotes.set(self.passed.quotes.get() + quotes);
        Ok(length)
    }
}

/// Opens a file for counted reading; gives its length too.
pub(super) fn open(file: &Path) -> anyhow::Result<(Counted, Rc<Passed>, u64)> {
    let inner = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let length = inner.metadata().map_or(0, |meta| meta.len());
    let passed = Rc::new(Passed::default());
    let counted = Counted {
        inner,
        passed: Rc::clone(&passed),
    };
    Ok((counted, passed, length))
}

/// A fault of the CSV reader, with its place.
pub(super) fn fault(file: &Path, error: &csv::Error) -> anyhow::Error {
    let line = error.position().map_or(0, csv::Position::line);
    let file = file.display();
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => anyhow::anyhow!(
            "{file}:{line}: {len} columns where the header has {expected_len}; quote values that \
             contain a comma, or add what is missing"
        ),
        csv::ErrorKind::Utf8 { err, .. } => anyhow::anyhow!(
            "{file}:{line}: column {} is not UTF-8 text; save the file as UTF-8",
            err.field() + 1
        ),
        _ => anyhow::anyhow!("cannot read {file}: {}", one_line(&error.to_string())),
    }
}

/// A value as it is put into a message: on one line, and not too long.
pub(super) fn shown(value: &str) -> String {
    let short: String = value.chars().take(SHOWN).collect();
    let more = if short.len() < value.len() { "…" } else { "" };
    format!("{}{more}", one_line(&short))
}

fn one_line(text: &str) -> String {
    text.escape_debug()
        .to_string()
        .replace("\\\"", "\"")
        .replace("\\'", "'")
}

//! Reading the table. Each value is coded while it is read, so that memory holds four bytes for a
//! cell and every different value once.

use std::{collections::HashMap, path::Path, rc::Rc};

use anyhow::{Context as _, bail};
use partake_core::microdata::{Hierarchy, Role, Spec};

use super::{hierarchy_file, source};
use crate::cli::progress::Progress;

/// A table, as much of it as will be published, columns in the order of the file.
pub(super) struct Input {
    pub(super) columns: Vec<Column>,
}

/// A column that is published.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) content: Content,
}

/// The values of a column.
pub(super) enum Content {
    Quasi {
        hierarchy: Hierarchy,
        leaves: Vec<u32>,
    },
    Sensitive(Coded),
    Insensitive(Coded),
}

/// Values and the number that stands for each in the rows.
#[derive(Default)]
pub(super) struct Coded {
    pub(super) codes: Vec<u32>,
    values: Vec<Rc<str>>,
    numbers: HashMap<Rc<str>, u32>,
}

impl Coded {
    /// Number of different values.
    pub(super) fn values(&self) -> usize {
        self.values.len()
    }

    /// The value of a row.
    pub(super) fn value(&self, row: usize) -> &str {
        let code = self.codes.get(row).copied().unwrap_or_default();
        self.values.get(code as usize).map_or("", |value| value)
    }

    fn push(&mut self, value: &str) -> anyhow::Result<()> {
        let code = match self.numbers.get(value) {
            Some(&code) => code,
            None => {
                let code = u32::try_from(self.values.len()).context("too many rows")?;
                let value: Rc<str> = value.into();
                self.values.push(Rc::clone(&value));
                self.numbers.insert(value, code);
                code
            }
        };
        self.codes.push(code);
        Ok(())
    }
}

impl Input {
    pub(super) fn sensitive(&self) -> impl Iterator<Item = &Column> {
        self.columns
            .iter()
            .filter(|column| matches!(column.content, Content::Sensitive(_)))
    }

    pub(super) fn quasi(&self) -> impl Iterator<Item = &Column> {
        self.columns
            .iter()
            .filter(|column| matches!(column.content, Content::Quasi { .. }))
    }
}

/// Where a column of the file goes, and the file of its hierarchy for messages.
struct Place {
    at: usize,
    column: Column,
    hierarchy_file: String,
}

/// Reads the table in `file` as `spec` describes it.
pub(super) fn read(
    file: &Path,
    spec_file: &Path,
    spec: &Spec,
    progress: &mut Progress,
) -> anyhow::Result<Input> {
    let (counted, passed, length) = source::open(file)?;
    let mut reader = csv::Reader::from_reader(counted);
    let header = reader
        .headers()
        .map_err(|error| source::fault(file, &error))?
        .clone();
    let mut places = places(file, spec_file, spec, &header)?;
    let mut record = csv::StringRecord::new();
    let mut rows = 0_usize;
    while reader
        .read_record(&mut record)
        .map_err(|error| source::fault(file, &error))?
    {
        for place in &mut places {
            let value = record.get(place.at).unwrap_or_default();
            match &mut place.column.content {
                Content::Quasi { hierarchy, leaves } => match hierarchy.leaf(value) {
                    Some(leaf) => leaves.push(leaf),
                    None => bail!(
                        "{}:{}: column `{}`: `{}` is not among the values of {}; correct it, or \
                         give it a row there",
                        file.display(),
                        record.position().map_or(0, csv::Position::line),
                        place.column.name,
                        source::shown(value),
                        place.hierarchy_file,
                    ),
                },
                Content::Sensitive(coded) | Content::Insensitive(coded) => coded.push(value)?,
            }
        }
        rows += 1;
        if rows.is_multiple_of(10_000) {
            progress.part("reading", passed.bytes.get(), length);
        }
    }
    passed.check(file)?;
    if rows == 0 {
        bail!(
            "{}: no row below the header; there is nothing to anonymise",
            file.display()
        );
    }
    Ok(Input {
        columns: places.into_iter().map(|place| place.column).collect(),
    })
}

/// The columns to be published. Header and specification must name the same ones: a column that
/// nobody thought of must not leave with the others.
fn places(
    file: &Path,
    spec_file: &Path,
    spec: &Spec,
    header: &csv::StringRecord,
) -> anyhow::Result<Vec<Place>> {
    if header.is_empty() {
        bail!(
            "{}: the file is empty; it needs a header with the names of its columns",
            file.display()
        );
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (at, name) in header.iter().enumerate() {
        if let Some(first) = seen.insert(name, at) {
            bail!(
                "{}:1: column `{}` stands twice, as number {} and number {}; rename one",
                file.display(),
                source::shown(name),
                first + 1,
                at + 1,
            );
        }
    }
    if let Some(missing) = spec
        .columns
        .iter()
        .find(|c| !seen.contains_key(c.name.as_str()))
    {
        bail!(
            "{}:1: column `{}` is missing, which {}:{} names; add it, or remove it there",
            file.display(),
            source::shown(&missing.name),
            spec_file.display(),
            missing.line,
        );
    }
    let folder = spec_file.parent().unwrap_or(Path::new(""));
    let mut places = Vec::new();
    for (at, name) in header.iter().enumerate() {
        let Some(column) = spec.columns.iter().find(|column| column.name == name) else {
            bail!(
                "{}:1: column `{}` is not named in {}; give it a role there, `drop` to leave it out",
                file.display(),
                source::shown(name),
                spec_file.display(),
            );
        };
        let mut hierarchy_file = String::new();
        let content = match &column.role {
            Role::QuasiIdentifier { hierarchy } => {
                let path = folder.join(hierarchy);
                hierarchy_file = path.display().to_string();
                Content::Quasi {
                    hierarchy: hierarchy_file::read(&path).with_context(|| {
                        format!(
                            "{}:{}: column `{}`",
                            spec_file.display(),
                            column.line,
                            source::shown(name)
                        )
                    })?,
                    leaves: Vec::new(),
                }
            }
            Role::Sensitive => Content::Sensitive(Coded::default()),
            Role::Insensitive => Content::Insensitive(Coded::default()),
            Role::Drop => continue,
        };
        places.push(Place {
            at,
            column: Column {
                name: name.to_owned(),
                content,
            },
            hierarchy_file,
        });
    }
    Ok(places)
}

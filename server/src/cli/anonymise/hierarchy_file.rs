//! Reading a hierarchy: `;`-separated, a row for each leaf, `*` at the end of each.

use std::path::Path;

use anyhow::bail;
use partake_core::microdata::Hierarchy;

use super::source;

pub(super) fn read(file: &Path) -> anyhow::Result<Hierarchy> {
    let (counted, passed, _) = source::open(file)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(counted);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| source::fault(file, &error))?;
        lines.push(record.position().map_or(0, csv::Position::line));
        rows.push(record.iter().map(str::to_owned).collect());
    }
    passed.check(file)?;
    match Hierarchy::new(&rows) {
        Ok(hierarchy) => Ok(hierarchy),
        Err(error) => {
            let line = lines.get(error.row()).copied().unwrap_or(1);
            bail!(
                "{}:{line}: {}",
                file.display(),
                error.to_string().replace(['\n', '\r'], " ")
            )
        }
    }
}

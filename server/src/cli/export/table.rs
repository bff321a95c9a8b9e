//! The published single answers of a release, with their columns.

use anyhow::Context as _;
use partake_core::{
    instrument::Instrument,
    open_data::{Variable, variables},
};
use partake_store::Store;

use crate::release::{INSTRUMENT, RESPONSES};

pub(super) struct Table {
    pub(super) variables: Vec<Variable>,
    csv: Vec<u8>,
}

impl Table {
    pub(super) async fn read(store: &Store, survey: &str, release: i64) -> anyhow::Result<Self> {
        let responses = store.release_file(survey, release, RESPONSES).await?;
        let csv = responses.with_context(|| missing(release))?.body;
        let instrument = store.release_file(survey, release, INSTRUMENT).await?;
        let body = instrument.context("the release lacks its instrument")?.body;
        let instrument: Instrument =
            serde_json::from_slice(&body).context("the release's instrument cannot be read")?;
        let file = instrument
            .public_file
            .as_ref()
            .context("the release's instrument declares no public file")?;
        Ok(Self {
            variables: variables(&instrument, file),
            csv,
        })
    }

    /// Id, cohort, and a cell for each variable.
    pub(super) fn rows(&self) -> impl Iterator<Item = Result<Vec<String>, csv::Error>> {
        csv::Reader::from_reader(self.csv.as_slice())
            .into_records()
            .map(|row| Ok(row?.iter().map(str::to_owned).collect()))
    }
}

/// What to tell who asks for single answers that were not published.
pub(super) fn missing(release: i64) -> String {
    format!(
        "release {release} holds no single answers: too few people had agreed to it; \
         `--format package` writes its tables"
    )
}

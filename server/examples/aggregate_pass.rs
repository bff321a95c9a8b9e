//! How long counting takes beside a bare reading and parsing of the same rows. Prints both and, as
//! the last word, their ratio.
//!
//! `DATABASE_URL=sqlite://partake.db cargo run --release --example aggregate_pass`

use std::{
    hint::black_box,
    io::Write as _,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use partake_core::{
    disclosure::Tabulator,
    instrument::Instrument,
    response::{decode_sheet, decode_votes},
};
use partake_store::Store;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let store = Store::connect(&std::env::var("DATABASE_URL")?).await?;
    let surveys = store.surveys().await?;
    let survey = surveys
        .iter()
        .find(|survey| survey.featured)
        .context("no survey is featured")?;
    let wave = store
        .current_wave(&survey.slug)
        .await?
        .context("the survey has no wave")?;
    let instrument: Instrument = serde_json::from_str(&wave.instrument)?;
    // Once before, so that neither of the two reads a cold file.
    let rows = pass(&store, &survey.slug, &wave.version, &instrument, false)
        .await?
        .0;
    let (_, bare) = pass(&store, &survey.slug, &wave.version, &instrument, false).await?;
    let (_, counted) = pass(&store, &survey.slug, &wave.version, &instrument, true).await?;
    let ratio = counted.as_secs_f64() / bare.as_secs_f64();
    writeln!(
        std::io::stdout(),
        "{rows} rows: read and parsed in {bare:.2?}, read, parsed and counted in {counted:.2?}, \
         ratio {ratio:.3}"
    )?;
    Ok(())
}

async fn pass(
    store: &Store,
    survey: &str,
    wave: &str,
    instrument: &Instrument,
    count: bool,
) -> anyhow::Result<(usize, Duration)> {
    let start = Instant::now();
    let snapshot = store.snapshot(survey, wave).await?;
    let mut tabulator = Tabulator::new(instrument);
    for part in &snapshot.responses {
        let sheet = decode_sheet(instrument, &part.body)?;
        if count {
            tabulator.add(&sheet);
        } else {
            black_box(sheet);
        }
    }
    for part in &snapshot.votes {
        let votes = decode_votes(instrument, &part.body)?;
        if count {
            tabulator.add_votes(&votes);
        } else {
            black_box(votes);
        }
    }
    if count {
        black_box(tabulator.finish());
    }
    Ok((snapshot.responses.len(), start.elapsed()))
}

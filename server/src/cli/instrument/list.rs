//! `partake instrument list`.

use clap::Args;
use partake_store::instruments::Standing;
use serde_json::json;

use crate::{
    bootstrap,
    cli::{connect, print_line},
    config::DatabaseArgs,
};

/// Options of `instrument list`.
#[derive(Args, Debug)]
pub(super) struct ListCommand {
    /// One JSON document instead of lines
    #[arg(long)]
    json: bool,
}

impl ListCommand {
    pub(super) async fn run(self, database: &DatabaseArgs) -> anyhow::Result<()> {
        let store = connect(database).await?;
        bootstrap::migrate(&store).await?;
        let standings = store.standings().await?;
        if self.json {
            let list: Vec<_> = standings.iter().map(as_json).collect();
            return print_line(&json!({ "versions": list }).to_string());
        }
        for standing in &standings {
            print_line(&in_words(standing))?;
        }
        Ok(())
    }
}

fn as_json(standing: &Standing) -> serde_json::Value {
    json!({
        "survey": standing.survey,
        "version": standing.version,
        "featured": standing.featured,
        "current": standing.current,
        "open": standing.open,
    })
}

fn in_words(standing: &Standing) -> String {
    let state = match (standing.open, standing.current) {
        (true, true) => "open, people start here",
        (true, false) => "superseded, those who began can finish",
        (false, _) => "closed",
    };
    let featured = if standing.featured { ", featured" } else { "" };
    format!(
        "{} {}: {state}{featured}",
        standing.survey, standing.version
    )
}

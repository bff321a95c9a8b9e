//! Releases as pages need them, read once: a release never changes.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use partake_core::{
    disclosure::{Aggregates, Parameters},
    free_text::TextLists,
    instrument::Instrument,
    open_data::Relation,
};
use partake_store::{Store, StoreError, releases::Release};

use super::files::{AGGREGATES, INSTRUMENT, RELATIONS, TEXTS};

/// Releases kept; visitors look at the newest, and some at the one before.
const KEPT: usize = 3;

/// A release in full.
#[derive(Debug)]
pub struct Published {
    pub aggregates: Aggregates,
    pub instrument: Instrument,
    pub parameters: Parameters,
    /// The lists of free texts; releases made before there were any have none.
    pub texts: Option<TextLists>,
    /// What its public file says of hypotheses; nothing as long as it has none.
    pub relations: Vec<Relation>,
}

/// Why a recorded release cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PublishedError {
    #[error("release {number} lacks {name}")]
    Missing { number: i64, name: &'static str },
    #[error("a published document cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

type Entry = ((String, i64), Arc<Published>);

/// The releases looked at last.
#[derive(Clone, Debug, Default)]
pub struct PublishedReleases(Arc<Mutex<VecDeque<Entry>>>);

impl PublishedReleases {
    /// The release, from memory if it was looked at lately.
    pub async fn get(
        &self,
        store: &Store,
        release: &Release,
    ) -> Result<Arc<Published>, PublishedError> {
        let key = (release.survey.clone(), release.number);
        if let Some(found) = self.find(&key) {
            return Ok(found);
        }
        let published = Arc::new(Published {
            aggregates: stored(store, release, AGGREGATES).await?,
            instrument: stored(store, release, INSTRUMENT).await?,
            parameters: serde_json::from_str(&release.params)?,
            texts: found(store, release, TEXTS).await?,
            relations: found(store, release, RELATIONS).await?.unwrap_or_default(),
        });
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((key, published.clone()));
        kept.truncate(KEPT);
        Ok(published)
    }

    fn find(&self, key: &(String, i64)) -> Option<Arc<Published>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(k, _)| k == key)?;
        let entry = kept.remove(at)?;
        let found = entry.1.clone();
        kept.push_front(entry);
        Some(found)
    }
}

async fn stored<T: serde::de::DeserializeOwned>(
    store: &Store,
    release: &Release,
    name: &'static str,
) -> Result<T, PublishedError> {
    found(store, release, name)
        .await?
        .ok_or(PublishedError::Missing {
            number: release.number,
            name,
        })
}

pub(super) async fn found<T: serde::de::DeserializeOwned>(
    store: &Store,
    release: &Release,
    name: &str,
) -> Result<Option<T>, PublishedError> {
    let file = store
        .release_file(&release.survey, release.number, name)
        .await?;
    Ok(file
        .map(|file| serde_json::from_slice(&file.body))
        .transpose()?)
}

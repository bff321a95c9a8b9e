//! The published surveys, parsed once and shared by all requests.

use std::sync::{Arc, PoisonError, RwLock};

use partake_core::instrument::Instrument;
use partake_store::{Store, instruments::Standing};

/// One published version of a survey's instrument.
#[derive(Clone, Debug)]
pub struct Wave {
    pub survey: String,
    pub version: String,
    pub featured: bool,
    /// True while it is the version that new respondents get.
    pub current: bool,
    /// True while it takes responses.
    pub open: bool,
    pub instrument: Instrument,
    /// The canonical JSON that was published.
    pub json: String,
    /// SHA-256 of the JSON, in hex.
    pub sha256: String,
    /// [`Standing::length`] of what was read.
    length: i64,
}

impl Wave {
    fn stands(&self, now: &Standing) -> bool {
        (self.featured, self.current, self.open) == (now.featured, now.current, now.open)
    }

    fn standing(&self, now: &Standing) -> Self {
        Self {
            featured: now.featured,
            current: now.current,
            open: now.open,
            ..self.clone()
        }
    }
}

/// All waves of all surveys.
#[derive(Clone, Debug, Default)]
pub struct Surveys(Arc<RwLock<Arc<Vec<Arc<Wave>>>>>);

impl Surveys {
    /// Reads what is published; call again to see what was published, completed, closed or featured
    /// meanwhile. Only instruments not known yet, or completed since, are read and parsed.
    pub async fn reload(&self, store: &Store) -> anyhow::Result<()> {
        let known = self.waves();
        let mut waves = Vec::new();
        for standing in store.standings().await? {
            let before = known
                .iter()
                .find(|w| w.survey == standing.survey && w.version == standing.version)
                .filter(|wave| wave.length == standing.length);
            waves.push(match before {
                Some(wave) if wave.stands(&standing) => Arc::clone(wave),
                Some(wave) => Arc::new(wave.standing(&standing)),
                None => {
                    let stored = store.wave(&standing.survey, &standing.version).await?;
                    let Some(row) = stored else { continue };
                    Arc::new(Wave {
                        instrument: serde_json::from_str(&row.instrument)?,
                        sha256: crate::assets::sha256_hex(row.instrument.as_bytes()),
                        json: row.instrument,
                        survey: row.survey,
                        version: row.version,
                        featured: standing.featured,
                        current: standing.current,
                        open: standing.open,
                        length: standing.length,
                    })
                }
            });
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(waves);
        Ok(())
    }

    /// Every version of every survey.
    #[must_use]
    pub fn waves(&self) -> Arc<Vec<Arc<Wave>>> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The current wave of each survey, the featured one first.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Wave>> {
        let mut waves: Vec<_> = self.waves().iter().filter(|w| w.current).cloned().collect();
        waves.sort_by_key(|wave| (!wave.featured, wave.survey.clone()));
        waves
    }

    /// The current wave of the featured survey.
    #[must_use]
    pub fn featured(&self) -> Option<Arc<Wave>> {
        self.all().into_iter().next()
    }

    /// The current wave of `survey`.
    #[must_use]
    pub fn current(&self, survey: &str) -> Option<Arc<Wave>> {
        self.waves()
            .iter()
            .find(|w| w.current && w.survey == survey)
            .cloned()
    }

    /// A given wave, current or not: people finish on the version they started.
    #[must_use]
    pub fn wave(&self, survey: &str, version: &str) -> Option<Arc<Wave>> {
        self.waves()
            .iter()
            .find(|w| w.survey == survey && w.version == version)
            .cloned()
    }
}

//! What a chart over releases needs of each: the tables of everyone, without those of groups and
//! arms, which are most of a release.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use partake_core::disclosure::{Aggregates, Parameters, TableKind};
use partake_store::{Store, releases::Release};

use super::{
    files::AGGREGATES,
    published::{PublishedError, found},
};

/// Releases side by side at most; a year of weeks would not be told apart on a phone.
const MOST: usize = 26;
/// Releases kept in memory, of all surveys.
const KEPT: usize = 2 * MOST;

/// One release.
#[derive(Debug)]
pub struct Moment {
    pub number: i64,
    pub aggregates: Aggregates,
    pub parameters: Parameters,
}

type Entry = ((String, i64), Arc<Moment>);

/// The releases that charts were drawn over lately.
#[derive(Clone, Debug, Default)]
pub struct Series(Arc<Mutex<VecDeque<Entry>>>);

impl Series {
    /// The last releases of `wave` among `releases` (newest first) up to `number`, oldest first.
    pub async fn up_to(
        &self,
        store: &Store,
        releases: &[Release],
        number: i64,
        wave: &str,
    ) -> Result<Vec<Arc<Moment>>, PublishedError> {
        let wanted = releases
            .iter()
            .filter(|release| release.number <= number && release.wave == wave)
            .take(MOST);
        let mut moments = Vec::new();
        for release in wanted {
            let key = (release.survey.clone(), release.number);
            if let Some(moment) = self.find(&key) {
                moments.push(moment);
                continue;
            }
            // A release whose tables are gone is left out of the picture.
            let Some(mut aggregates) = found::<Aggregates>(store, release, AGGREGATES).await?
            else {
                continue;
            };
            let of_everyone = |kind| !matches!(kind, TableKind::Arm | TableKind::Index);
            aggregates
                .tables
                .retain(|table| table.by.is_none() && of_everyone(table.kind));
            aggregates.tables.shrink_to_fit();
            let moment = Arc::new(Moment {
                number: release.number,
                aggregates,
                parameters: serde_json::from_str(&release.params)?,
            });
            self.keep(key, moment.clone());
            moments.push(moment);
        }
        moments.reverse();
        Ok(moments)
    }

    fn find(&self, key: &(String, i64)) -> Option<Arc<Moment>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, moment) = kept.iter().find(|(k, _)| k == key)?;
        Some(moment.clone())
    }

    fn keep(&self, key: (String, i64), moment: Arc<Moment>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((key, moment));
        kept.truncate(KEPT);
    }
}

//! How much is said about each question, as the results show it beside each chart.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use partake_store::{Store, forum::ForumError};

use crate::clock::Clock;

/// Counts may be this old: a results page is asked for far more often than a comment is written.
const KEPT_MS: i64 = 10_000;

/// Counts of one survey.
#[derive(Debug, Default)]
pub struct Counts {
    /// Threads and comments, by question.
    pub of: HashMap<String, (i64, i64)>,
    /// Changes whenever one of them does.
    pub mark: String,
}

/// The counts asked for last, by survey, with the time at which they were read.
#[derive(Clone, Debug, Default)]
pub struct ThreadCounts(Arc<Mutex<HashMap<String, Read>>>);

/// When counts were read, and what they were.
type Read = (i64, Arc<Counts>);

impl ThreadCounts {
    /// The counts of a survey, at most ten seconds old.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn counts(
        &self,
        store: &Store,
        survey: &str,
        clock: &Clock,
    ) -> Result<Arc<Counts>, ForumError> {
        let now = clock.now_ms();
        let fresh = |(read, counts): &(i64, Arc<Counts>)| {
            (0..KEPT_MS).contains(&(now - read)).then(|| counts.clone())
        };
        let kept = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(survey)
            .and_then(fresh);
        if let Some(counts) = kept {
            return Ok(counts);
        }
        let mut counts = Counts::default();
        for (about, threads, comments) in store.thread_counts(survey).await? {
            if let Some(question) = about.question() {
                // The opening post is not counted as a comment on it.
                let replies = (comments - threads).max(0);
                let sum = counts.of.entry(question.to_owned()).or_default();
                *sum = (sum.0 + threads, sum.1 + replies);
            }
        }
        let mut marks: Vec<_> = counts.of.iter().collect();
        marks.sort();
        counts.mark = format!("{marks:?}");
        let counts = Arc::new(counts);
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(survey.to_owned(), (now, counts.clone()));
        Ok(counts)
    }
}

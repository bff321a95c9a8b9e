//! In which languages a thread is written. Counting a large thread takes as long as reading a page
//! of it, so what was counted is kept for a moment.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use partake_core::lang::Lang;
use partake_store::{
    Store,
    forum::{ForumError, Thread},
};

use crate::clock::Clock;

/// Smaller threads are counted each time.
const LARGE: i64 = 1_000;
/// Counts of large ones may be this old.
const KEPT_MS: i64 = 10_000;
/// Threads whose counts are kept.
const THREADS: usize = 500;

/// Readable comments by language.
type Languages = Vec<(Lang, i64)>;

/// The counts asked for last, by thread, with the time at which they were made.
#[derive(Clone, Debug, Default)]
pub struct ThreadLanguages(Arc<Mutex<HashMap<i64, (i64, Languages)>>>);

impl ThreadLanguages {
    /// Number of readable comments of a thread in each language that occurs.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(
        &self,
        store: &Store,
        thread: &Thread,
        clock: &Clock,
    ) -> Result<Languages, ForumError> {
        if thread.comment_count < LARGE {
            return store.languages(thread.id).await;
        }
        let now = clock.now_ms();
        let fresh = |counted: i64| (0..KEPT_MS).contains(&(now - counted));
        if let Some((counted, languages)) = self.kept().get(&thread.id)
            && fresh(*counted)
        {
            return Ok(languages.clone());
        }
        let languages = store.languages(thread.id).await?;
        let mut kept = self.kept();
        if kept.len() >= THREADS {
            kept.retain(|_, (counted, _)| fresh(*counted));
        }
        if kept.len() < THREADS {
            kept.insert(thread.id, (now, languages.clone()));
        }
        Ok(languages)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<i64, (i64, Languages)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

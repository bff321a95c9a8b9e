//! What handlers share.

use std::{ops::Deref, sync::Arc};

use partake_app::shell::AssetPaths;
use partake_store::Store;

use crate::{
    auth::Auth,
    clock::Clock,
    config::Config,
    live::LiveSeats,
    mail::Mailer,
    middleware::front::Front,
    pictures::Pictures,
    release::{PublishedReleases, Series},
    rendered::RenderedPages,
    sealed::SealKey,
    storage::FileStorage,
    surveys::Surveys,
    thread_counts::ThreadCounts,
    thread_languages::ThreadLanguages,
};

/// Everything a handler may use. It is cloned for every layer of every request, so it is one
/// pointer.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

impl AppState {
    #[must_use]
    pub fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What the state holds.
pub struct Shared {
    pub store: Store,
    pub files: FileStorage,
    pub config: Arc<Config>,
    pub surveys: Surveys,
    pub published: PublishedReleases,
    /// Releases side by side.
    pub series: Series,
    /// Charts as PNG.
    pub pictures: Pictures,
    pub rendered: RenderedPages,
    /// What every visitor was answered a moment ago.
    pub front: Front,
    /// How much is said about each question.
    pub threads: ThreadCounts,
    /// In which languages threads are written.
    pub languages: ThreadLanguages,
    pub clock: Clock,
    pub assets: Arc<AssetPaths>,
    /// Password hashing and the limits on guessing.
    pub auth: Auth,
    /// Who listens for new comments.
    pub live: LiveSeats,
    /// Hands notices to a server for mail, where there is one.
    pub mail: Option<Mailer>,
    /// Key that seals the answers a page without JavaScript carries along.
    pub seal: SealKey,
}

//! From an empty folder to a site that works.

use std::{path::Path, sync::Arc};

use anyhow::Context as _;
use partake_app::shell::AssetPaths;
use partake_core::{
    forum::rule::built_in,
    instrument::{Instrument, canonical_json, load},
};
use partake_store::Store;

use crate::{
    assets,
    auth::{Auth, FirstOwner},
    cli::instrument::read,
    clock::Clock,
    config::Config,
    entropy,
    live::LiveSeats,
    mail::Mailer,
    middleware::front::Front,
    pictures::Pictures,
    release::{PublishedReleases, Series},
    rendered::RenderedPages,
    sealed::SealKey,
    state::{AppState, Shared},
    storage::FileStorage,
    surveys::Surveys,
    thread_counts::ThreadCounts,
    thread_languages::ThreadLanguages,
};

/// The survey that a fresh server publishes.
const BUILTIN: &str = include_str!("../../instruments/partake_core/instrument.yaml");

/// Applies what is pending and says how many steps that were.
pub async fn migrate(store: &Store) -> anyhow::Result<usize> {
    let applied = partake_migrations::migrate(store.connection()).await;
    let applied = applied.context("the database could not be migrated")?.len();
    store
        .chain_earlier_acts()
        .await
        .context("the log of moderation could not be chained")?;
    store
        .index_earlier_comments()
        .await
        .context("the words of the discussion could not be indexed")?;
    store
        .shape_earlier_handles()
        .await
        .context("the handles could not be compared")?;
    Ok(applied)
}

/// Names of the steps not applied yet.
pub async fn pending_migrations(store: &Store) -> anyhow::Result<Vec<String>> {
    Ok(partake_migrations::pending(store.connection()).await?)
}

/// True for a list of pending steps that begins at the beginning: the database has nothing in it.
#[must_use]
pub fn is_empty(pending: &[String]) -> bool {
    pending
        .iter()
        .any(|step| step.ends_with("_000001_foundation"))
}

/// Publishes the built-in survey; does nothing when it is published already.
pub async fn publish_builtin(store: &Store, clock: &Clock) -> anyhow::Result<String> {
    let instrument = load(BUILTIN).map_err(|faults| {
        let first = faults
            .first()
            .map(|f| format!("{}:{}: {}", f.line, f.column, f.message));
        anyhow::anyhow!(
            "the built-in instrument is broken at {}",
            first.unwrap_or_default()
        )
    })?;
    publish(store, &instrument, clock).await
}

/// Publishes an instrument file; `survey version` is returned.
pub async fn publish_file(store: &Store, path: &Path, clock: &Clock) -> anyhow::Result<String> {
    publish(store, &read(path)?, clock).await
}

async fn publish(store: &Store, instrument: &Instrument, clock: &Clock) -> anyhow::Result<String> {
    let json = canonical_json(instrument);
    let Instrument { id, version, .. } = instrument;
    store
        .publish_instrument(id, version, &json, clock.now_ms())
        .await
        .with_context(|| format!("{id} {version} was not published"))?;
    Ok(format!("{id} {version}"))
}

/// The state of a server over a migrated store.
pub async fn state(
    store: Store,
    files: FileStorage,
    config: Arc<Config>,
    clock: Clock,
) -> anyhow::Result<AppState> {
    let surveys = Surveys::default();
    surveys.reload(&store).await?;
    let seal = store
        .setting_or_insert("seal_key", &entropy::bytes::<32>()?)
        .await?;
    let rules = built_in().context("the built-in rules are broken")?;
    store.publish_first_rules(&rules, clock.now_ms()).await?;
    Ok(AppState::new(Shared {
        auth: Auth::new()?,
        seal: SealKey::from_bytes(&seal)?,
        assets: Arc::new(AssetPaths {
            origin: config.base_url().to_owned(),
            ..assets::paths()
        }),
        mail: Mailer::of(&config.site.mail)?,
        store,
        files,
        config,
        published: PublishedReleases::default(),
        series: Series::default(),
        pictures: Pictures::default(),
        rendered: RenderedPages::default(),
        front: Front::default(),
        threads: ThreadCounts::default(),
        languages: ThreadLanguages::default(),
        surveys,
        clock,
        live: LiveSeats::default(),
    }))
}

/// Creates the first owner of a site that has none.
pub async fn ensure_first_owner(state: &AppState) -> anyhow::Result<Option<FirstOwner>> {
    if state.store.any_owner_exists().await? {
        return Ok(None);
    }
    FirstOwner::create(state).await.map(Some)
}

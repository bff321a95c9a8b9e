//! From an empty folder to a site that works.

use std::{path::Path, sync::Arc};

use anyhow::Context as _;
use partake_core::instrument::{Instrument, canonical_json, load};
use partake_migrations::{Migrator, MigratorTrait as _};
use partake_store::Store;

use crate::{
    assets,
    auth::{Auth, FirstOwner},
    cli::instrument::read,
    clock::Clock,
    config::Config,
    entropy,
    sealed::SealKey,
    state::AppState,
    surveys::Surveys,
};

/// The survey that a fresh server publishes.
const BUILTIN: &str = include_str!("../../instruments/partake_core/instrument.yaml");

/// Applies what is pending and says how many migrations that were.
pub async fn migrate(store: &Store) -> anyhow::Result<usize> {
    let pending = pending_migrations(store).await?;
    Migrator::up(store.connection(), None).await.context("the database could not be migrated")?;
    Ok(pending)
}

/// Number of migrations not applied yet.
pub async fn pending_migrations(store: &Store) -> anyhow::Result<usize> {
    if is_empty(store).await? {
        return Ok(Migrator::migrations().len());
    }
    Ok(Migrator::get_pending_migrations(store.connection()).await?.len())
}

/// True for a database in which nothing has been set up.
pub async fn is_empty(store: &Store) -> anyhow::Result<bool> {
    Ok(!store.has_table("seaql_migrations").await?)
}

/// Publishes the built-in survey; does nothing when it is published already.
pub async fn publish_builtin(store: &Store, clock: &Clock) -> anyhow::Result<String> {
    let instrument = load(BUILTIN).map_err(|faults| {
        let first = faults.first().map(|f| format!("{}:{}: {}", f.line, f.column, f.message));
        anyhow::anyhow!("the built-in instrument is broken at {}", first.unwrap_or_default())
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
pub async fn state(store: Store, config: Arc<Config>, clock: Clock) -> anyhow::Result<AppState> {
    let surveys = Surveys::default();
    surveys.reload(&store).await?;
    let seal = store.get_or_insert_setting("seal_key", &entropy::bytes::<32>()?).await?;
    Ok(AppState {
        auth: Auth::new()?,
        seal: SealKey::from_bytes(&seal)?,
        assets: Arc::new(assets::paths()),
        store,
        config,
        surveys,
        clock,
    })
}

/// Creates the first owner of a site that has none.
pub async fn ensure_first_owner(state: &AppState) -> anyhow::Result<Option<FirstOwner>> {
    if state.store.any_owner_exists().await? {
        return Ok(None);
    }
    FirstOwner::create(state).await.map(Some)
}

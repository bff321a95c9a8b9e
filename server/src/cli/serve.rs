//! `partake serve`.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use clap::Args;
use tokio::{net::TcpListener, time::MissedTickBehavior};

use super::{connect, print_line};
use crate::{
    bootstrap,
    clock::Clock,
    config::{Config, DatabaseArgs, SiteArgs},
    entropy, mail,
    release::{Outcome, Publisher, calendar, cut, unwatched},
    router::router,
    storage::FileStorage,
};

/// How often a running server drops dead sessions and looks whether a release is due.
const HOUSEKEEPING: Duration = Duration::from_secs(30);

/// How often a running server looks for notices that are to be mailed.
const MAIL: Duration = Duration::from_secs(5);

/// How often a running server looks for instruments that were published, closed or featured by
/// another process: two short queries.
const INSTRUMENTS: Duration = Duration::from_secs(1);

/// How often a running server looks for batches of decisions that are due.
const BATCHES: Duration = Duration::from_secs(1);

/// Options of `serve`.
#[derive(Args, Debug)]
pub struct ServeCommand {
    #[command(flatten)]
    site: SiteArgs,
}

impl ServeCommand {
    pub async fn run(self, database: &DatabaseArgs) -> anyhow::Result<()> {
        let clock = Clock::system();
        let store = connect(database).await?;
        bootstrap::migrate(&store).await?;
        let files = FileStorage::open(database)?;
        match &self.site.instrument {
            Some(path) => bootstrap::publish_file(&store, path, &clock).await?,
            None => bootstrap::publish_builtin(&store, &clock).await?,
        };
        let config = Arc::new(Config::new(self.site));
        let state = bootstrap::state(store, files, Arc::clone(&config), clock).await?;

        if let Some(owner) = bootstrap::ensure_first_owner(&state).await? {
            print_line(&format!(
                "\n  First owner: {}\n  One-time password (shown only now): {}\n  Sign in at {}/en/account and choose your own.\n",
                owner.handle,
                owner.password,
                config.base_url(),
            ))?;
        }

        let listener = TcpListener::bind(config.site.addr).await.with_context(|| {
            format!(
                "cannot listen on {}: is another server running there?",
                config.site.addr
            )
        })?;
        print_line(&format!("Partake is at http://{}", listener.local_addr()?))?;

        let store = state.store.clone();
        let batches = tokio::spawn(apply_batches(state.clone()));
        let housekeeping = tokio::spawn(keep_house(state.clone()));
        let instruments = tokio::spawn(watch_instruments(state.clone()));
        let listening = tokio::spawn(listen(state.clone()));
        let post = tokio::spawn(send_mail(state.clone()));
        let seats = state.live.clone();
        let app = router(state)?.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, app)
            .with_graceful_shutdown(async move {
                stopped().await;
                seats.close();
            })
            .await?;
        housekeeping.abort();
        batches.abort();
        instruments.abort();
        listening.abort();
        post.abort();
        store.close().await?;
        Ok(())
    }
}

/// Attempts the releases that the calendar asks for.
async fn release(state: &crate::state::AppState) -> anyhow::Result<()> {
    let today = state.clock.today();
    let rules = state.config.site.rules.parameters();
    let publisher = Publisher {
        store: state.store.clone(),
        files: state.files.clone(),
        name: state.config.site.operator_name.clone(),
        // The address listened on is nobody's to cite.
        url: state
            .config
            .site
            .base_url
            .as_ref()
            .map(|_| state.config.base_url().to_owned()),
    };
    let every = state.config.site.release_every;
    for known in state.surveys.waves().iter() {
        let (survey, version) = (known.survey.as_str(), known.version.as_str());
        let claim = calendar::claim(&state.store, survey, version, today, every).await?;
        let Some(claim) = claim else { continue };
        // Of a version that another has followed there may be nothing left.
        if !known.current && !state.store.has_unreleased(survey, version).await? {
            continue;
        }
        let Some(wave) = state.store.wave(survey, version).await? else {
            continue;
        };
        let mut rng = entropy::rng()?;
        match cut(
            &publisher,
            &wave,
            today,
            &rules,
            &mut rng,
            false,
            unwatched(),
        )
        .await
        {
            Ok(Outcome::Cut(made)) => {
                tracing::info!(survey, version, release = made.release, "released");
            }
            Ok(Outcome::TooFew) => {
                tracing::info!(survey, version, "no release: not enough new responses");
            }
            Err(error) => {
                claim.give_back(&state.store).await?;
                return Err(error.into());
            }
        }
    }
    Ok(())
}

/// Applies decisions about many comments once they can no longer be taken back.
async fn apply_batches(state: crate::state::AppState) {
    let mut ticks = tokio::time::interval(BATCHES);
    loop {
        ticks.tick().await;
        let now_ms = state.clock.now_ms();
        if let Err(error) = state.store.apply_due_batches(now_ms).await {
            tracing::warn!(%error, "a batch of decisions could not be applied and will be tried again");
        }
    }
}

/// Mails notices, where a server for mail is set up. What fails is tried again.
async fn send_mail(state: crate::state::AppState) {
    if state.mail.is_none() {
        return;
    }
    let mut ticks = tokio::time::interval(MAIL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = mail::deliver_due(&state).await {
            tracing::warn!(%error, "notices could not be mailed and will be tried again");
        }
    }
}

/// Follows what is published, so that nothing has to be restarted for it.
async fn watch_instruments(state: crate::state::AppState) {
    let mut ticks = tokio::time::interval(INSTRUMENTS);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = state.surveys.reload(&state.store).await {
            tracing::warn!(%error, "the published instruments could not be read again");
            tokio::time::sleep(HOUSEKEEPING).await;
        }
    }
}

async fn keep_house(state: crate::state::AppState) {
    let mut ticks = tokio::time::interval(HOUSEKEEPING);
    loop {
        ticks.tick().await;
        if let Err(error) = release(&state).await {
            tracing::error!(%error, "a release by the calendar failed and will be tried again");
        }
        // The log of the database holds the order in which answers came in; what has been folded
        // into the tables need not stay in it.
        if let Err(error) = state.store.truncate_log().await {
            tracing::warn!(%error, "the database's log could not be shortened");
        }
        if let Err(error) = state
            .store
            .delete_expired_sessions(state.clock.now_ms())
            .await
        {
            tracing::warn!(%error, "expired sessions could not be deleted");
        }
    }
}

/// Passes on what other instances write, for as long as the server runs.
async fn listen(state: crate::state::AppState) {
    loop {
        match state.store.listen().await {
            // Only one process writes to this database.
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "news of other instances are not heard for now"),
        }
        tokio::time::sleep(HOUSEKEEPING).await;
    }
}

/// Resolves at the first request to stop; requests under way are finished.
async fn stopped() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

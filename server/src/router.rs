//! Every route and every layer, in one place. Layers run from the last added to the first.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware::from_fn_with_state,
};
use partake_store::sessions::Sessions;
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate as _},
    csrf::CsrfLayer,
    timeout::TimeoutLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::{
    middleware::{failure, front, headers, typed},
    routes,
    state::AppState,
};

/// Largest body of any request, in bytes: a full survey with its sealed state takes about 30 kB.
pub(crate) const BODY_LIMIT: usize = 256 * 1024;
const SESSION_DAYS: i64 = 30;

/// The whole application.
pub fn router(state: AppState) -> anyhow::Result<Router> {
    // Around everything: what it knows needs no route.
    Ok(Router::new()
        .fallback_service(routed(state.clone())?)
        .layer(from_fn_with_state(state, front::answer)))
}

/// The routes, with every layer that needs to know of them.
pub fn routed(state: AppState) -> anyhow::Result<Router> {
    let sessions = SessionManagerLayer::new(Sessions::new(state.store.clone(), {
        let clock = state.clock.clone();
        Arc::new(move || clock.now_ms())
    }))
    .with_name(state.config.session_cookie())
    .with_secure(state.config.is_https())
    .with_same_site(SameSite::Lax)
    .with_expiry(Expiry::OnInactivity(time::Duration::days(SESSION_DAYS)));

    let csrf = CsrfLayer::new().add_trusted_origin(state.config.base_url())?;

    let written = Router::new()
        .merge(routes::discuss::router())
        .merge(routes::moderation::router())
        .layer(from_fn_with_state(state.clone(), typed::give_back));

    let personal = Router::new()
        .merge(routes::site::router(&state))
        .merge(routes::results::router())
        .merge(routes::data::router())
        .merge(routes::account::router())
        .merge(written)
        .layer(sessions);

    // The survey's routes are outside the session layer: they cannot learn who is signed in.
    let anonymous = Router::new()
        .merge(routes::survey::router(&state))
        .merge(routes::response::router())
        .merge(routes::api::router())
        .merge(routes::discuss::open_router())
        .merge(routes::health::router())
        .merge(crate::assets::router());

    // At this level a page is as small as in brotli's usual one, for two thirds of the work.
    let packed = CompressionLayer::new()
        .no_br()
        .quality(CompressionLevel::Precise(3))
        .compress_when(DefaultPredicate::new().and(whole));

    Ok(personal
        .merge(anonymous)
        .fallback(|| async { StatusCode::NOT_FOUND })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(state.clone(), headers::secure))
                .layer(packed)
                .layer(from_fn_with_state(state.clone(), failure::describe))
                .layer(CatchPanicLayer::new())
                .layer(TimeoutLayer::with_status_code(
                    StatusCode::SERVICE_UNAVAILABLE,
                    Duration::from_secs(30),
                ))
                .layer(csrf)
                .layer(DefaultBodyLimit::max(BODY_LIMIT)),
        )
        .with_state(state))
}

/// What can be had in parts is sent as it is: a part of compressed bytes is part of nothing, and
/// the length that was promised has to be true.
fn whole(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

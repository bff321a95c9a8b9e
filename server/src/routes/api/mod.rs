//! `/api/v1`: the read side of all that is public, as JSON.

pub mod moderation_log;
pub mod openapi;
pub mod releases;
pub mod threads;

use axum::Router;

use crate::state::AppState;

pub fn router() -> Router<AppState> {
    Router::new()
        .merge(openapi::router())
        .merge(releases::router())
        .merge(threads::router())
        .merge(moderation_log::router())
}

//! `/api/v1`: the read side of all that is public, as JSON.

pub mod releases;

use axum::Router;

use crate::state::AppState;

pub fn router() -> Router<AppState> {
    Router::new().merge(releases::router())
}

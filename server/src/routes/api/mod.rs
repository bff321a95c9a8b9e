//! `/api/v1`: the read side of all that is public, as JSON.

use axum::Router;

use crate::state::AppState;

pub fn router() -> Router<AppState> {
    Router::new()
}

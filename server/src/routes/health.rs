//! `/healthz` and `/readyz`.

use axum::{Router, extract::State, http::StatusCode, routing::get};

use crate::state::AppState;

pub fn router() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
}

async fn alive() -> &'static str {
    "ok"
}

/// Ready means that the database answers and is migrated.
async fn ready(State(state): State<AppState>) -> Result<&'static str, StatusCode> {
    match crate::bootstrap::pending_migrations(&state.store).await {
        Ok(pending) if pending.is_empty() => Ok("ok"),
        Ok(pending) => {
            tracing::warn!(
                pending = pending.len(),
                "not ready: the database is not migrated"
            );
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
        Err(error) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

//! The results.

mod show;

use axum::{Router, routing::get};

use crate::state::AppState;

/// The newest release, and each by its number.
pub fn router() -> Router<AppState> {
    let mut router = Router::new();
    for prefix in ["/{lang}", "/{lang}/s/{survey}"] {
        router = router
            .route(&format!("{prefix}/results"), get(show::newest))
            .route(
                &format!("{prefix}/results/{{release}}"),
                get(show::numbered),
            );
    }
    router
}

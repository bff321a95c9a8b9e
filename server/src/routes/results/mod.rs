//! The results.

mod chart;
mod method;
mod show;
mod texts;

use axum::{Router, routing::get};

use crate::state::AppState;

/// The newest release, each by its number, each of its charts, and how they are made.
pub fn router() -> Router<AppState> {
    let mut router = Router::new();
    for prefix in ["/{lang}", "/{lang}/s/{survey}"] {
        router = router
            .route(&format!("{prefix}/results"), get(show::newest))
            .route(&format!("{prefix}/results/method"), get(method::show))
            .route(
                &format!("{prefix}/results/{{release}}"),
                get(show::numbered),
            )
            .route(
                &format!("{prefix}/results/{{release}}/charts/{{chart}}"),
                get(chart::show),
            )
            .route(
                &format!("{prefix}/results/{{release}}/texts"),
                get(texts::show),
            );
    }
    router
}

//! `/api/v1`: instruments, surveys, and releases with their numbers and files.

mod aggregates;
mod cached;
mod file;
mod instrument;
mod list;
mod range;
mod schema;
mod surveys;

use axum::{Router, routing::get};

use crate::state::AppState;

pub(crate) use cached::{IMMUTABLE, SHORT, cached};

/// The routes for the featured survey, and for every survey by its name.
pub fn router() -> Router<AppState> {
    let mut router = Router::new()
        .route("/api/v1/surveys", get(surveys::list))
        .route("/api/v1/instrument/schema.json", get(schema::show));
    for prefix in ["/api/v1", "/api/v1/surveys/{survey}"] {
        router = router
            .route(&format!("{prefix}/instrument"), get(instrument::show))
            .route(&format!("{prefix}/releases"), get(list::list))
            .route(
                &format!("{prefix}/releases/{{release}}/aggregates"),
                get(aggregates::show),
            )
            .route(
                &format!("{prefix}/releases/{{release}}/files/{{*name}}"),
                get(file::download),
            );
    }
    router
}

/// A number in a path; anything else names no release.
pub(crate) fn release_number(path: &str) -> Option<i64> {
    path.parse().ok().filter(|&n| n > 0)
}

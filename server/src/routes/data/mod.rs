//! Downloads.

mod groups;
mod show;
mod single;

use axum::{Router, routing::get};

use crate::state::AppState;

pub fn router() -> Router<AppState> {
    let mut router = Router::new();
    for prefix in ["/{lang}", "/{lang}/s/{survey}"] {
        router = router.route(&format!("{prefix}/data"), get(show::show));
    }
    router
}

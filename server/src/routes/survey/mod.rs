//! Answering: consent, one page for each section, the receipt.

mod background;
mod consent;
mod instrument;
mod receipt;
mod section;
mod walk;

use axum::{Extension, Router, routing::get};

use crate::{brake::Brake, state::AppState};

pub(crate) use walk::{Shown, Walk, uncached};

/// The survey's routes, for the featured survey and for every survey by its name.
pub fn router(state: &AppState) -> Router<AppState> {
    let mut router = Router::new();
    for prefix in ["/{lang}", "/{lang}/s/{survey}"] {
        router = router
            .route(
                &format!("{prefix}/survey"),
                get(consent::show).post(consent::decide),
            )
            .route(
                &format!("{prefix}/survey/receipt"),
                get(receipt::show).post(receipt::submit),
            )
            .route(
                &format!("{prefix}/survey/background.csv"),
                get(background::show),
            )
            .route(
                &format!("{prefix}/survey/instrument/{{version}}"),
                get(instrument::show),
            )
            .route(
                &format!("{prefix}/survey/{{section}}"),
                get(section::show).post(section::advance),
            );
    }
    router.route_layer(Extension(Brake::new(
        state.config.site.submissions_per_minute,
    )))
}

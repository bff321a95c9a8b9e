//! What a receipt opens: see, change, withdraw.

mod change;
mod describe;
mod lookup;
mod withdraw;

use axum::{Extension, Router, routing::get};

use crate::{brake::Brake, state::AppState};

/// Codes that open nothing, from one address in a minute.
const GUESSES: u32 = 20;

/// The routes, for the featured survey and for every survey by its name.
pub fn router() -> Router<AppState> {
    let mut router = Router::new();
    for prefix in ["/{lang}", "/{lang}/s/{survey}"] {
        router = router
            .route(
                &format!("{prefix}/response"),
                get(lookup::show).post(lookup::open),
            )
            .route(
                &format!("{prefix}/response/change"),
                get(lookup::show).post(change::change),
            )
            .route(
                &format!("{prefix}/response/withdraw"),
                get(lookup::show).post(withdraw::withdraw),
            );
    }
    router.route_layer(Extension(Brake::new(GUESSES)))
}

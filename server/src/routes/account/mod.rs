//! Accounts: signing up, in and out, and what people may do with their own.

mod delete;
mod enter;
mod export;
mod faults;
mod home;
mod next;
mod password;
mod sign_in;
mod sign_out;
mod sign_up;

use axum::{Router, routing::get, routing::post};

pub(super) use enter::{Enter, with_draft};
pub(super) use next::safe_path;

use crate::state::AppState;

pub fn router() -> Router<AppState> {
    Router::new()
        .route("/{lang}/account", get(home::show))
        .route(
            "/{lang}/account/sign-in",
            get(home::back).post(sign_in::act),
        )
        .route(
            "/{lang}/account/sign-up",
            get(home::back).post(sign_up::act),
        )
        .route("/{lang}/account/sign-out", post(sign_out::act))
        .route(
            "/{lang}/account/password",
            get(password::show).post(password::act),
        )
        .route(
            "/{lang}/account/first-password",
            get(password::show_first).post(password::act_first),
        )
        .route("/{lang}/account/export", get(export::show))
        .route(
            "/{lang}/account/delete",
            get(delete::show).post(delete::act),
        )
}

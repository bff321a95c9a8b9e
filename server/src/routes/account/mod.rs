//! Accounts: signing up, in and out, and what people may do with their own.

mod delete;
mod enter;
mod export;
mod faults;
mod home;
mod mail;
mod next;
mod password;
mod recover;
mod recovery_codes;
mod reports;
mod second_step;
mod sessions;
mod sign_in;
mod sign_out;
mod sign_up;
mod two_step;
mod votes;

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
        .route(
            "/{lang}/account/second-step",
            get(second_step::show).post(second_step::act),
        )
        .route(
            "/{lang}/account/recover",
            get(recover::show).post(recover::act),
        )
        .route(
            "/{lang}/account/recovery-codes",
            get(recovery_codes::show).post(recovery_codes::act),
        )
        .route(
            "/{lang}/account/recovery-codes/file",
            post(recovery_codes::file),
        )
        .route(
            "/{lang}/account/sessions",
            get(sessions::show).post(sessions::act),
        )
        .route(
            "/{lang}/account/two-step",
            get(two_step::show).post(two_step::act),
        )
        .route("/{lang}/account/mail", get(mail::show).post(mail::act))
        .route("/{lang}/account/votes", get(votes::show))
        .route("/{lang}/account/reports", get(reports::show))
        .route("/{lang}/account/export", get(export::show))
        .route(
            "/{lang}/account/delete",
            get(delete::show).post(delete::act),
        )
}

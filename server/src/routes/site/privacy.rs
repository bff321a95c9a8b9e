//! `GET /{lang}/privacy`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::site::{Privacy, PrivacyProps},
    shell::Nav,
};

use super::operator;
use crate::{page::PageContext, state::AppState};

pub(super) async fn show(State(state): State<AppState>, context: PageContext) -> Response {
    let lang = context.lang;
    let operator = operator(&state.config);
    let mut shell = context.shell("/privacy", t(lang, "site-privacy-title"), Nav::None);
    shell.description = Some(t(lang, "site-privacy-lede"));
    context.respond(StatusCode::OK, shell, move || {
        Privacy(PrivacyProps { lang, operator })
    })
}

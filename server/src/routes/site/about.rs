//! `GET /{lang}/about`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::site::{About, AboutProps},
    shell::Nav,
};

use super::operator;
use crate::{page::PageContext, state::AppState};

pub(super) async fn show(State(state): State<AppState>, context: PageContext) -> Response {
    let lang = context.lang;
    let operator = operator(&state.config);
    let mut shell = context.shell("/about", t(lang, "site-about-title"), Nav::None);
    shell.description = Some(t(lang, "site-about-lede"));
    context.respond(StatusCode::OK, shell, move || {
        About(AboutProps { lang, operator })
    })
}

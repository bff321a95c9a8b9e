//! `GET /{lang}/accessibility`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::site::{Accessibility, AccessibilityProps},
    shell::Nav,
};

use super::operator;
use crate::{page::PageContext, state::AppState};

pub(super) async fn show(State(state): State<AppState>, context: PageContext) -> Response {
    let lang = context.lang;
    let operator = operator(&state.config);
    let mut shell = context.shell("/accessibility", t(lang, "accessibility-title"), Nav::None);
    shell.description = Some(t(lang, "accessibility-lede"));
    context.respond(StatusCode::OK, shell, move || {
        Accessibility(AccessibilityProps { lang, operator })
    })
}

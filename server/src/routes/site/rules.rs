//! `GET /{lang}/rules`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::site::{Rules, RulesProps},
    shell::Nav,
};

use super::operator;
use crate::{page::PageContext, state::AppState};

pub(super) async fn show(State(state): State<AppState>, context: PageContext) -> Response {
    let lang = context.lang;
    let operator = operator(&state.config);
    let mut shell = context.shell("/rules", t(lang, "site-rules-title"), Nav::None);
    shell.description = Some(t(lang, "site-rules-lede"));
    context.respond(StatusCode::OK, shell, move || {
        Rules(RulesProps { lang, operator })
    })
}

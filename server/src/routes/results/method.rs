//! `GET /{lang}/results/method`.

use axum::{http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::results::{Method, MethodProps},
    shell::Nav,
};

use crate::{extract::CurrentSurvey, page::PageContext};

pub(super) async fn show(page: PageContext, survey: CurrentSurvey) -> Response {
    let lang = page.lang;
    let mut shell = page.shell(
        format!("{}/results/method", survey.prefix),
        t(lang, "charts-method-title"),
        Nav::Results,
    );
    shell.description = Some(t(lang, "charts-method-lede"));
    let survey_base = survey.base(lang);
    page.respond(StatusCode::OK, shell, move || {
        Method(MethodProps { lang, survey_base })
    })
}

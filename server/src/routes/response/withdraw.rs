//! `POST /{lang}/response/withdraw`.

use axum::{Extension, Form, extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::{t, t_with},
    pages::survey::{SurveyMessage, SurveyMessageProps},
};

use super::lookup::{Asking, Code, page};
use crate::{
    brake::Brake,
    error::PageError,
    extract::{ClientAddress, CurrentSurvey, PageLang},
    state::AppState,
    submission,
};

pub(super) async fn withdraw(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    Extension(guesses): Extension<Brake>,
    address: ClientAddress,
    Form(typed): Form<Code>,
) -> Result<Response, PageError> {
    let asking = Asking {
        state: &state,
        lang,
        survey: &survey,
        guesses: &guesses,
        address,
    };
    let found = match asking.find(&typed.code).await? {
        Ok(found) => found,
        Err(page) => return Ok(*page),
    };
    if typed.sure.is_none() {
        return Ok(asking.stored(&found, StatusCode::UNPROCESSABLE_ENTITY, true));
    }
    submission::withdraw(&state.store, &found.wave.instrument, &found.receipt).await?;
    let text = match found.opened.stored.release {
        None => t(lang, "survey-response-withdrawn-open"),
        Some(n) => t_with(
            lang,
            "survey-response-withdrawn-frozen",
            &[("release", n.into())],
        ),
    };
    let heading = t(lang, "survey-response-withdrawn-title");
    let base = found.survey.base(lang);
    let props = SurveyMessageProps {
        heading: heading.clone(),
        paragraphs: vec![text],
        ways: vec![
            (
                format!("{base}/results"),
                t(lang, "survey-w-receipt-results"),
            ),
            (
                format!("{base}/survey"),
                t(lang, "survey-receipt-none-start"),
            ),
        ],
    };
    Ok(page(
        &state,
        lang,
        &found.survey,
        StatusCode::OK,
        heading,
        move || SurveyMessage(props),
    ))
}

//! `POST /{lang}/response/change`: the survey again, with the stored answers in it.

use axum::{Extension, Form, extract::State, http::StatusCode, response::Response};

use partake_app::pages::response::Standing;
use partake_survey::Confirmed;

use super::lookup::{Asking, Code};
use crate::{
    brake::Brake,
    entropy,
    error::PageError,
    extract::{ClientAddress, CurrentSurvey, PageLang},
    routes::survey::{Shown, Walk},
    sealed::Progress,
    state::AppState,
};

pub(super) async fn change(
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
    if found.standing() != Standing::Open {
        // The page says why, and what remains possible.
        return Ok(asking.stored(&found, StatusCode::CONFLICT, false));
    }
    let progress = Progress {
        survey: found.wave.survey.clone(),
        version: found.wave.version.clone(),
        // The order that was shown then is not stored; any order will do now.
        seed: u32::from_le_bytes(entropy::bytes().map_err(PageError::internal)?),
        receipt: found.receipt.to_string(),
        assignment: found.opened.sheet.assignment,
        answers: found.opened.answers,
        confirmed: Confirmed::new(),
        shared: false,
        change: true,
        // Whoever comes with a receipt has seen every section: all of them are open.
        reviewed: true,
        begun_ms: None,
        pace: found.opened.sheet.flags.pace,
    };
    let walk = Walk {
        lang,
        survey: found.survey,
        wave: found.wave,
        progress,
    };
    let section = walk.after("").ok_or(PageError::NotFound)?;
    walk.page(&state, Shown::plainly(&section))
}

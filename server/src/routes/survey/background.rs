//! `GET /{lang}/survey/background.csv`: how common background answers were in the newest release.
//! It is that release's public file under an address that stays; before the first release there is
//! nothing to say.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};

use crate::{
    error::PageError,
    extract::CurrentSurvey,
    release::BACKGROUND,
    routes::api::releases::{SHORT, cached},
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    survey: CurrentSurvey,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let name = &survey.wave.survey;
    let newest = state.store.newest_release(name).await?;
    // Another version may ask for the background in other words.
    let of_this = newest.filter(|release| release.wave == survey.wave.version);
    let Some(release) = of_this else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let file = state
        .store
        .release_file(name, release.number, BACKGROUND)
        .await?;
    Ok(file.map_or_else(
        || StatusCode::NO_CONTENT.into_response(),
        |file| {
            cached(
                &headers,
                &file.info.sha256,
                SHORT,
                &file.info.media_type,
                file.body,
            )
        },
    ))
}

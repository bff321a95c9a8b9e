//! `GET /api/v1/instrument`.

use axum::{http::HeaderMap, response::Response};

use super::{SHORT, cached};
use crate::extract::CurrentSurvey;

/// The current instrument as canonical JSON.
pub(super) async fn show(survey: CurrentSurvey, headers: HeaderMap) -> Response {
    let wave = &survey.wave;
    cached(
        &headers,
        &wave.sha256,
        SHORT,
        "application/json",
        wave.json.clone().into_bytes(),
    )
}

//! `GET /api/v1/surveys`.

use axum::{extract::State, http::HeaderMap, response::Response};
use partake_core::lang::Text;
use serde::Serialize;

use super::{SHORT, cached};
use crate::{assets::sha256_hex, error::ApiError, state::AppState};

#[derive(Serialize)]
struct SurveyList {
    surveys: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    survey: String,
    title: Text,
    version: String,
    featured: bool,
    open: bool,
    sha256: String,
}

/// The current version of every survey, the featured one first.
pub(super) async fn list(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let surveys = state
        .surveys
        .all()
        .iter()
        .map(|wave| Listed {
            survey: wave.survey.clone(),
            title: wave.instrument.title.clone(),
            version: wave.version.clone(),
            featured: wave.featured,
            open: wave.open,
            sha256: wave.sha256.clone(),
        })
        .collect();
    let body = serde_json::to_vec(&SurveyList { surveys }).map_err(ApiError::internal)?;
    Ok(cached(
        &headers,
        &sha256_hex(&body),
        SHORT,
        "application/json",
        body,
    ))
}

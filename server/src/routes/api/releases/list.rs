//! `GET /api/v1/releases`.

use axum::{extract::State, http::HeaderMap, response::Response};
use serde::Serialize;

use super::{SHORT, cached};
use crate::{assets::sha256_hex, error::ApiError, extract::CurrentSurvey, state::AppState};

#[derive(Serialize)]
struct Releases {
    releases: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    release: i64,
    date: String,
    n: i64,
    wave: String,
    sha256: String,
}

/// All releases, oldest first.
pub(super) async fn list(
    State(state): State<AppState>,
    survey: CurrentSurvey,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut releases: Vec<_> = state
        .store
        .releases(&survey.wave.survey)
        .await?
        .into_iter()
        .map(|r| Listed {
            release: r.number,
            date: r.day,
            n: r.n,
            wave: r.wave,
            sha256: r.sha256,
        })
        .collect();
    releases.sort_by_key(|listed| listed.release);
    #[cfg(feature = "unprotected")]
    if crate::unprotected::Protection::Batches.is_off() {
        let wave = &survey.wave;
        let seen = state.store.snapshot(&wave.survey, &wave.version).await?;
        for release in &mut releases {
            release.n = i64::try_from(seen.responses.len()).unwrap_or_default();
        }
    }
    let body = serde_json::to_vec(&Releases { releases }).map_err(ApiError::internal)?;
    Ok(cached(
        &headers,
        &sha256_hex(&body),
        SHORT,
        "application/json",
        body,
    ))
}

//! `POST /{lang}/discuss/{thread}/{comment}/vote`.

use std::collections::HashMap;

use axum::{
    Form, Json,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse as _, Redirect, Response},
};
use partake_store::forum::Vote;
use serde_json::json;

use super::InThread;
use crate::{
    auth::actor, error::PageError, extract::CurrentSurvey, page::PageContext,
    routes::account::safe_path, state::AppState,
};

fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

/// Votes, and goes back to the comment on the page it was seen on.
pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    let thread = here.href();
    let viewer = context.signed_in(&format!("{thread}/{}", comment.id))?;
    let vote = match form.get("vote").map(String::as_str) {
        Some("up") => Some(Vote::Up),
        Some("down") => Some(Vote::Down),
        Some("none") => None,
        _ => return Err(PageError::BadRequest),
    };
    state
        .store
        .vote(actor(Some(viewer)), comment.id, vote)
        .await?;
    // A page that runs a script stays where it is.
    if wants_json(&headers) {
        let voted = here.comment(&state, &context, &path).await?;
        let own = match vote {
            Some(Vote::Up) => 1,
            Some(Vote::Down) => -1,
            None => 0,
        };
        return Ok(Json(json!({ "score": voted.score, "vote": own })).into_response());
    }
    let asked = form.get("next").map(String::as_str).unwrap_or_default();
    let next = safe_path(context.lang, asked);
    let next = if next.starts_with(&thread) {
        next
    } else {
        thread
    };
    Ok(Redirect::to(&format!("{next}#c{}", comment.id)).into_response())
}

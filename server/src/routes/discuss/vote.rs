//! `POST /{lang}/discuss/{thread}/{comment}/vote`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use partake_store::forum::Vote;

use super::InThread;
use crate::{
    auth::actor, error::PageError, extract::CurrentSurvey, page::PageContext,
    routes::account::safe_path, state::AppState,
};

/// Votes, and goes back to the comment on the page it was seen on.
pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
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
    let asked = form.get("next").map(String::as_str).unwrap_or_default();
    let next = safe_path(context.lang, asked);
    let next = if next.starts_with(&thread) {
        next
    } else {
        thread
    };
    Ok(Redirect::to(&format!("{next}#c{}", comment.id)).into_response())
}

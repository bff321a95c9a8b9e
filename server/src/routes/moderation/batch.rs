//! `POST /{lang}/moderation/batch`: one decision about many comments, which can be taken back for
//! some seconds.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use partake_core::forum::{Target, may};
use partake_store::forum::{Act, BatchItem, Decision, ForumError};

use super::decision::{Typed, check, queue, with_snippet};
use crate::{auth::actor, error::PageError, page::PageContext, state::AppState};

pub(super) async fn put(
    State(state): State<AppState>,
    context: PageContext,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation"))?;
    let actor = actor(Some(viewer));
    let mut typed = Typed::default();
    let mut items: Vec<BatchItem> = Vec::new();
    for (name, value) in pairs {
        match name.as_str() {
            "act" => typed.act = value,
            "reason" => typed.reason = value,
            "note" => typed.note = value,
            "snippet" => typed.snippet = value,
            "back" => typed.back = value,
            "item" => {
                let (id, seen) = value.split_once(':').ok_or(PageError::BadRequest)?;
                let id = id.parse().map_err(|_| PageError::BadRequest)?;
                items.push((id, seen.to_owned()));
            }
            _ => {}
        }
    }
    let act: Act = typed.act.parse().map_err(|()| PageError::BadRequest)?;
    may(actor, act.action(), Target::Site).map_err(ForumError::from)?;
    with_snippet(&state, &context, &mut typed).await?;
    let back = |said: &str| Ok(Redirect::to(&queue(lang, &typed.back, said)).into_response());
    if items.is_empty() {
        return back("refused=nothing");
    }
    let (reason, note, faults) = check(lang, act, &typed);
    if faults.reason.is_some() {
        return back("refused=rule");
    }
    if faults.note.is_some() {
        return back("refused=words");
    }
    let decision = Decision {
        act,
        reason,
        note: &note,
        seen: None,
        now_ms: state.clock.now_ms(),
    };
    let id = state.store.put_batch(actor, &items, &decision).await?;
    back(&format!("batch={id}"))
}

pub(super) async fn undo(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation"))?;
    let id = path
        .get("batch")
        .and_then(|id| id.parse().ok())
        .ok_or(PageError::NotFound)?;
    let said = match state.store.undo_batch(actor(Some(viewer)), id).await {
        Ok(()) => "done=undone",
        Err(ForumError::DecidedBefore) => "refused=decided",
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&queue(lang, "", said)).into_response())
}

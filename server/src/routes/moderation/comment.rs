//! `/{lang}/moderation/comment/{comment}`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::i18n::t;
use partake_core::forum::{Target, may};
use partake_store::forum::{Act, Comment, Decision, ForumError, Reader};

use super::{
    decision::{About, Faults, Typed, check, page, queue, refusal, with_snippet},
    words::words,
};
use crate::{auth::actor, error::PageError, page::PageContext, state::AppState};

fn act_of(code: Option<&String>) -> Result<Act, PageError> {
    match code.map(|code| code.parse()) {
        Some(Ok(
            act @ (Act::Remove
            | Act::Restore
            | Act::Dismiss
            | Act::Approve
            | Act::Withhold
            | Act::LockBranch
            | Act::UnlockBranch),
        )) => Ok(act),
        _ => Err(PageError::BadRequest),
    }
}

async fn load(
    state: &AppState,
    context: &PageContext,
    path: &HashMap<String, String>,
    act: Act,
) -> Result<Comment, PageError> {
    let id: i64 = path
        .get("comment")
        .and_then(|id| id.parse().ok())
        .ok_or(PageError::NotFound)?;
    let viewer = context.signed_in(&format!("/{}/moderation", context.lang))?;
    let actor = actor(Some(viewer));
    may(actor, act.action(), Target::Site).map_err(ForumError::from)?;
    state
        .store
        .comment(id, Reader::of(actor))
        .await?
        .ok_or(PageError::NotFound)
}

fn about(context: &PageContext, comment: &Comment, seen: String) -> About {
    let lang = context.lang;
    About {
        action: format!("/{lang}/moderation/comment/{}", comment.id),
        back: format!("/{lang}/discuss/{}/{}", comment.thread_id, comment.id),
        title: comment
            .author
            .clone()
            .unwrap_or_else(|| t(lang, "forum-by-nobody")),
        words: Some(words(comment)),
        seen,
        value: None,
    }
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let act = act_of(query.get("act"))?;
    let comment = load(&state, &context, &path, act).await?;
    let seen = state
        .store
        .seen(actor(context.viewer.as_ref()), comment.id)
        .await?;
    page(
        &state,
        &context,
        act,
        about(&context, &comment, seen),
        Typed::default(),
        Faults::default(),
        StatusCode::OK,
    )
    .await
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Form(mut typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let act = act_of(Some(&typed.act))?;
    let comment = load(&state, &context, &path, act).await?;
    let actor = actor(context.viewer.as_ref());
    with_snippet(&state, &context, &mut typed).await?;
    let (reason, note, mut faults) = check(lang, act, &typed);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if !faults.any() {
        let decision = Decision {
            act,
            reason,
            note: &note,
            seen: Some(typed.seen.as_str()).filter(|seen| !seen.is_empty()),
            now_ms: state.clock.now_ms(),
        };
        let decided = state
            .store
            .decide_comment(actor, comment.id, decision)
            .await;
        match decided {
            Ok(_) => {
                let said = format!("done={act}&comment={}", comment.id);
                return Ok(Redirect::to(&queue(lang, &typed.back, &said)).into_response());
            }
            Err(error) => {
                let (code, text) = refusal(lang, error)?;
                status = code;
                faults.note = Some(text);
            }
        }
    }
    // What is shown now is what the next try is about.
    let seen = state.store.seen(actor, comment.id).await?;
    page(
        &state,
        &context,
        act,
        about(&context, &comment, seen),
        typed,
        faults,
        status,
    )
    .await
}

//! `/{lang}/moderation/thread/{thread}`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::i18n::t;
use partake_core::forum::{Target, may};
use partake_store::forum::{Act, Decision, ForumError, Reader, Thread};

use super::{About, Typed, check, page};
use crate::{auth::actor, error::PageError, page::PageContext, state::AppState};

fn act_of(code: Option<&String>) -> Result<Act, PageError> {
    match code.map(|code| code.parse()) {
        Some(Ok(act @ (Act::Lock | Act::Unlock))) => Ok(act),
        _ => Err(PageError::BadRequest),
    }
}

async fn load(
    state: &AppState,
    context: &PageContext,
    path: &HashMap<String, String>,
    act: Act,
) -> Result<Thread, PageError> {
    let id: i64 = path
        .get("thread")
        .and_then(|id| id.parse().ok())
        .ok_or(PageError::NotFound)?;
    let viewer = context.signed_in(&format!("/{}/moderation", context.lang))?;
    let actor = actor(Some(viewer));
    may(actor, act.action(), Target::Site).map_err(ForumError::from)?;
    state
        .store
        .thread(id, Reader::of(actor))
        .await?
        .ok_or(PageError::NotFound)
}

fn about(context: &PageContext, thread: &Thread) -> About {
    let lang = context.lang;
    About {
        action: format!("/{lang}/moderation/thread/{}", thread.id),
        back: format!("/{lang}/discuss/{}", thread.id),
        title: thread
            .title
            .clone()
            .unwrap_or_else(|| t(lang, "forum-title-removed")),
        html: String::new(),
    }
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let act = act_of(query.get("act"))?;
    let thread = load(&state, &context, &path, act).await?;
    let about = about(&context, &thread);
    Ok(page(
        &context,
        act,
        about,
        Typed::default(),
        super::Faults::default(),
        StatusCode::OK,
    ))
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let act = act_of(Some(&typed.act))?;
    let thread = load(&state, &context, &path, act).await?;
    let (reason, note, faults) = check(lang, act, &typed);
    if faults.any() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(
            &context,
            act,
            about(&context, &thread),
            typed,
            faults,
            status,
        ));
    }
    let decision = Decision {
        act,
        reason,
        note: &note,
        now_ms: state.clock.now_ms(),
    };
    state
        .store
        .decide_thread(actor(context.viewer.as_ref()), thread.id, decision)
        .await?;
    let to = format!("/{lang}/moderation?done={act}&thread={}", thread.id);
    Ok(Redirect::to(&to).into_response())
}

//! `/{lang}/discuss/{thread}/{comment}/report`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::discuss::{ReportPage, ReportPageProps},
    shell::Nav,
};
use partake_core::forum::{Action, Reason, Sort, may, text};
use partake_store::forum::{Comment, ForumError};
use serde::Deserialize;

use super::{
    InThread, gate,
    refusal::{Refusal, text_fault},
    reply::retry_after,
    view::{People, Shown},
};
use crate::{
    auth::actor,
    error::PageError,
    extract::{CurrentSurvey, ViewerAccount},
    page::PageContext,
    state::AppState,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    reason: String,
    note: String,
}

#[derive(Default)]
struct Faults {
    reason: Option<String>,
    note: Option<String>,
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    let viewer = context.signed_in(&format!("{}/{}/report", here.href(), comment.id))?;
    may(
        actor(Some(viewer)),
        Action::Report,
        comment.target(&viewer.id, here.thread.locked),
    )
    .map_err(ForumError::from)?;
    let typed = Typed::default();
    Ok(page(
        &context,
        viewer,
        &here,
        comment,
        typed,
        Faults::default(),
        StatusCode::OK,
    ))
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    let thread = here.href();
    let viewer = context.signed_in(&format!("{thread}/{}/report", comment.id))?;
    let mut faults = Faults::default();
    let reason: Option<Reason> = typed.reason.parse().ok();
    if reason.is_none() {
        faults.reason = Some(t(lang, "forum-fault-reason"));
    }
    let note = text::note(&typed.note)
        .map_err(|fault| faults.note = Some(text_fault(lang, fault, "forum-fault-body-empty")))
        .ok();
    let (Some(reason), Some(note)) = (reason, note) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(
            &context, viewer, &here, comment, typed, faults, status,
        ));
    };
    if let Err(refusal) = Refusal::turn(&state, lang, viewer) {
        faults.note = Some(refusal.text);
        let page = page(
            &context,
            viewer,
            &here,
            comment,
            typed,
            faults,
            refusal.status,
        );
        return Ok(retry_after(page, refusal.wait));
    }
    if let Err(refusal) = gate::may_report(&state, lang, viewer).await? {
        faults.note = Some(refusal.text);
        let status = refusal.status;
        return Ok(page(
            &context, viewer, &here, comment, typed, faults, status,
        ));
    }
    let now = state.clock.now_ms();
    let sent = state
        .store
        .report_comment(actor(Some(viewer)), comment.id, reason, &note, now);
    let done = match sent.await {
        Ok(()) => "reported",
        Err(ForumError::AlreadyReported) => "reported-before",
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("{thread}/{}?done={done}", comment.id)).into_response())
}

fn page(
    context: &PageContext,
    viewer: &ViewerAccount,
    here: &InThread,
    comment: Comment,
    typed: Typed,
    faults: Faults,
    status: StatusCode,
) -> Response {
    let lang = context.lang;
    let tail = format!("{}/{}/report", here.tail, comment.id);
    let mut shell = context.shell(tail, t(lang, "forum-report-heading"), Nav::Discuss);
    shell.private = true;
    let thread = here.href();
    let no_votes = HashMap::new();
    let shown = Shown {
        lang,
        actor: actor(Some(viewer)),
        locked: here.thread.locked,
        thread: &thread,
        sort: Sort::Best,
        votes: &no_votes,
        people: &People::default(),
        only: None,
        since: None,
        here: &thread,
    };
    let props = ReportPageProps {
        lang,
        comment: shown.comment(comment),
        reason: typed.reason,
        reason_fault: faults.reason,
        note: typed.note,
        note_fault: faults.note,
    };
    context.respond(status, shell, move || ReportPage(props))
}

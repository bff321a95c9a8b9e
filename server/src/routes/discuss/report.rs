//! `/{lang}/discuss/{thread}/{comment}/report`.

use std::collections::HashMap;

use axum::{
    Form as Posted,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::discuss::{ReportPage, ReportPageProps},
    shell::Nav,
};
use partake_core::{
    forum::{Action, Denied, Reason, Sort, may, text},
    lang::Lang,
};
use partake_store::forum::{Comment, ForumError};
use serde::Deserialize;

use super::{
    InThread, RuleBook, gate,
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

/// The form as it is shown.
struct Form {
    typed: Typed,
    faults: Faults,
    rules: RuleBook,
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
    let allowed = may(
        actor(Some(viewer)),
        Action::Report,
        comment.target(&viewer.id, here.thread.locked),
    );
    let rules = RuleBook::load(&state, context.lang).await?;
    let mut form = Form {
        typed: Typed::default(),
        faults: Faults::default(),
        rules,
    };
    if allowed == Err(Denied::Yours) {
        form.faults.reason = Some(t(context.lang, "forum-fault-report-yours"));
        let status = StatusCode::FORBIDDEN;
        return Ok(page(&context, viewer, &here, comment, form, status));
    }
    allowed.map_err(ForumError::from)?;
    Ok(page(&context, viewer, &here, comment, form, StatusCode::OK))
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    Posted(typed): Posted<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    let thread = here.href();
    let viewer = context.signed_in(&format!("{thread}/{}/report", comment.id))?;
    let mut faults = Faults::default();
    let rules = RuleBook::load(&state, lang).await?;
    let reason: Option<Reason> = typed.reason.parse().ok();
    if reason.is_none() {
        faults.reason = Some(t(lang, "forum-fault-reason"));
    }
    let note = text::note(&typed.note)
        .map_err(|fault| faults.note = Some(text_fault(lang, fault, "forum-fault-body-empty")))
        .ok();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut wait = None;
    if let Some((reason, note)) = reason.zip(note) {
        match send(&state, lang, viewer, comment.id, (reason, &note)).await? {
            Sent::Done(done) => {
                let to = format!("{thread}/{}?done={done}", comment.id);
                return Ok(Redirect::to(&to).into_response());
            }
            Sent::Retired => faults.reason = Some(t(lang, "mod-fault-retired")),
            Sent::Refused(refusal) => {
                faults.note = Some(refusal.text);
                status = refusal.status;
                wait = refusal.wait;
            }
        }
    }
    let form = Form {
        typed,
        faults,
        rules,
    };
    let page = page(&context, viewer, &here, comment, form, status);
    Ok(retry_after(page, wait))
}

enum Sent {
    /// What is to be said about it.
    Done(&'static str),
    /// The rule is not in force any more.
    Retired,
    Refused(Refusal),
}

async fn send(
    state: &AppState,
    lang: Lang,
    viewer: &ViewerAccount,
    comment: i64,
    (reason, note): (Reason, &str),
) -> Result<Sent, PageError> {
    if let Err(refusal) = Refusal::turn(state, lang, viewer) {
        return Ok(Sent::Refused(refusal));
    }
    if let Err(refusal) = gate::may_report(state, lang, viewer).await? {
        return Ok(Sent::Refused(refusal));
    }
    let now = state.clock.now_ms();
    let sent = state
        .store
        .report_comment(actor(Some(viewer)), comment, reason, note, now);
    match sent.await {
        Ok(()) => Ok(Sent::Done("reported")),
        Err(ForumError::AlreadyReported) => Ok(Sent::Done("reported-before")),
        Err(ForumError::Retired) => Ok(Sent::Retired),
        Err(ForumError::Denied(Denied::Yours)) => Ok(Sent::Refused(Refusal {
            status: StatusCode::FORBIDDEN,
            text: t(lang, "forum-fault-report-yours"),
            wait: None,
        })),
        Err(error) => Err(error.into()),
    }
}

fn page(
    context: &PageContext,
    viewer: &ViewerAccount,
    here: &InThread,
    comment: Comment,
    form: Form,
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
        book: &form.rules,
        only: None,
        since: None,
        here: &thread,
    };
    let props = ReportPageProps {
        lang,
        comment: shown.comment(comment),
        rules: form.rules.offered(),
        reason: form.typed.reason,
        reason_fault: form.faults.reason,
        note: form.typed.note,
        note_fault: form.faults.note,
    };
    context.respond(status, shell, move || ReportPage(props))
}

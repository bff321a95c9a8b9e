//! `/{lang}/moderation/appeals`: what waits, and the answer.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::moderation::{AppealLine, AppealPage, AppealPageProps, AppealsPage, AppealsPageProps},
    shell::Nav,
};
use partake_core::forum::{Action, Denied, Target, may, text};
use partake_store::forum::{ForumError, Statement};

use super::{decision::refusal, statement};
use crate::{
    auth::actor,
    error::PageError,
    page::PageContext,
    routes::discuss::{day, minute, text_fault},
    state::AppState,
};

pub(super) async fn list(
    State(state): State<AppState>,
    context: PageContext,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation/appeals"))?;
    let actor = actor(Some(viewer));
    let now_ms = state.clock.now_ms();
    let appeals = state.store.open_appeals(actor).await?;
    let line = |statement: &Statement| {
        let appeal = statement.appeal.as_ref()?;
        let barred = match may(actor, Action::DecideAppeal, statement.target()) {
            Ok(()) => None,
            Err(Denied::Yours) => Some(t(lang, "mod-fault-yours")),
            Err(_) => Some(t(lang, "mod-fault-own-decision")),
        };
        Some(AppealLine {
            act: statement.act,
            kind: statement.kind.as_str(),
            body: appeal.body.clone(),
            when: minute(appeal.created_ms),
            due: day(appeal.due_ms),
            overdue: appeal.due_ms < now_ms,
            barred,
        })
    };
    let said = match query.get("done").map(String::as_str) {
        Some("uphold") => Some(t(lang, "mod-done-uphold")),
        Some("overturn") => Some(t(lang, "mod-done-overturn")),
        _ => None,
    };
    let mut shell = context.shell(
        "/moderation/appeals",
        t(lang, "mod-appeals"),
        Nav::Moderation,
    );
    shell.private = true;
    let props = AppealsPageProps {
        lang,
        said,
        appeals: appeals.iter().filter_map(line).collect(),
    };
    Ok(context.respond(StatusCode::OK, shell, move || AppealsPage(props)))
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let act = statement::act_of(&path)?;
    page(&state, &context, act, String::new(), None, StatusCode::OK).await
}

async fn page(
    state: &AppState,
    context: &PageContext,
    act: i64,
    answer: String,
    fault: Option<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation/appeals/{act}"))?;
    let actor = actor(Some(viewer));
    may(actor, Action::DecideAppeal, Target::Site).map_err(ForumError::from)?;
    let found = state.store.statement_of(actor, act).await?;
    let title = t(lang, "mod-appeal-decide");
    let tail = format!("/moderation/appeals/{act}");
    let mut shell = context.shell(tail, title, Nav::Moderation);
    shell.private = true;
    let props = AppealPageProps {
        lang,
        statement: statement::view(state, lang, &found).await?,
        moderator: found
            .moderator_handle
            .unwrap_or_else(|| t(lang, "moderation-moderator-gone")),
        answer,
        fault,
    };
    Ok(context.respond(status, shell, move || AppealPage(props)))
}

pub(super) async fn decide(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let act = statement::act_of(&path)?;
    let viewer = context.signed_in(&format!("/{lang}/moderation/appeals/{act}"))?;
    let actor = actor(Some(viewer));
    may(actor, Action::DecideAppeal, Target::Site).map_err(ForumError::from)?;
    let outcome = form.get("outcome").map(String::as_str);
    let overturn = match outcome {
        Some("overturn") => true,
        Some("uphold") => false,
        _ => return Err(PageError::BadRequest),
    };
    let typed = form.get("answer").cloned().unwrap_or_default();
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let answer = match text::appeal(&typed) {
        Ok(answer) => answer,
        Err(fault) => {
            let fault = text_fault(lang, fault, "mod-answer-empty");
            return page(&state, &context, act, typed, Some(fault), unprocessable).await;
        }
    };
    let survey = super::account::survey(&state)?;
    let now_ms = state.clock.now_ms();
    let decided = state
        .store
        .decide_appeal(actor, act, overturn, &answer, &survey, now_ms)
        .await;
    match decided {
        Ok(()) => {
            let done = outcome.unwrap_or_default();
            let to = format!("/{lang}/moderation/appeals?done={done}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let (status, text) = refusal(lang, error)?;
            page(&state, &context, act, typed, Some(text), status).await
        }
    }
}

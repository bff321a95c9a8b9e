//! `/{lang}/moderation/statement/{act}`: why something was decided, and the appeal against it.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::moderation::{AppealView, StatementPage, StatementPageProps, StatementView},
    shell::Nav,
    ui::Words,
};
use partake_core::{
    forum::{Action, CommentState, markdown, may, text},
    lang::Lang,
};
use partake_store::forum::{Act, Appeal, ForumError, Statement};

use crate::{
    auth::actor,
    error::PageError,
    page::PageContext,
    routes::discuss::{RuleBook, day, minute, text_fault, title_text},
    state::AppState,
};

pub(super) fn act_of(path: &HashMap<String, String>) -> Result<i64, PageError> {
    path.get("act")
        .and_then(|id| id.parse().ok())
        .ok_or(PageError::NotFound)
}

pub(super) fn appeal_view(appeal: &Appeal) -> AppealView {
    AppealView {
        body: appeal.body.clone(),
        state: appeal.state.as_str(),
        answer: appeal.answer.clone(),
        when: minute(appeal.created_ms),
        due: day(appeal.due_ms),
        decided: appeal.decided_ms.map(minute),
    }
}

/// The statement as it is shown, with the rule as it read when it was cited.
pub(super) async fn view(
    state: &AppState,
    lang: Lang,
    statement: &Statement,
) -> Result<StatementView, PageError> {
    let book = RuleBook::load(state, lang).await?;
    let cited = statement.detail.rule.unwrap_or(1);
    let rule = statement
        .reason
        .and_then(|reason| book.find(reason, Some(cited)));
    let rule = rule.map(|stored| (stored.rule.citation(), stored.rule.wording(lang).clone()));
    let href = statement.thread.map(|thread| match statement.comment {
        Some(comment) => format!("/{lang}/discuss/{thread}/{comment}"),
        None => format!("/{lang}/discuss/{thread}"),
    });
    Ok(StatementView {
        act: statement.act,
        kind: statement.kind.as_str(),
        rule,
        note: book.words(statement.reason, statement.detail.rule, &statement.note),
        when: minute(statement.created_ms),
        until: statement.detail.until_ms.map(minute),
        thread: href.map(|href| (href, title_text(lang, statement.thread_title.clone()))),
        words: statement
            .body
            .as_ref()
            .filter(|(body, _)| !body.is_empty())
            .map(|(body, lang)| Words {
                html: markdown::render(body),
                lang: *lang,
            }),
        appeal: statement.appeal.as_ref().map(appeal_view),
    })
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let said = match query.get("done").map(String::as_str) {
        Some("appealed") => Some(t(context.lang, "mod-appealed")),
        Some("acknowledged") => Some(t(context.lang, "mod-acknowledged")),
        _ => None,
    };
    let act = act_of(&path)?;
    page(
        &state,
        &context,
        act,
        said,
        String::new(),
        None,
        StatusCode::OK,
    )
    .await
}

async fn page(
    state: &AppState,
    context: &PageContext,
    act: i64,
    said: Option<String>,
    body: String,
    fault: Option<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation/statement/{act}"))?;
    let actor = actor(Some(viewer));
    let statement = state.store.statement_of(actor, act).await?;
    let concerned = statement.subject.as_deref() == Some(viewer.id.as_str());
    let settings = state.store.moderation_settings().await?;
    let now_ms = state.clock.now_ms();
    let last = statement.deadline(settings.appeal_days);
    let open = may(actor, Action::Appeal, statement.target()).is_ok() && now_ms <= last;
    let mend = match (statement.kind, statement.thread, statement.comment) {
        (Act::Withhold, Some(_), Some(comment))
            if concerned
                && !statement.mended
                && statement.state == Some(CommentState::Withheld) =>
        {
            Some(format!("/{lang}/moderation/mine/{comment}"))
        }
        _ => None,
    };
    let acknowledge = concerned
        && statement.kind == Act::Warn
        && state
            .store
            .sanctions_of(actor, &viewer.id)
            .await?
            .iter()
            .any(|sanction| sanction.act == act && sanction.ended_ms.is_none());
    let title = t(lang, &format!("mod-told-{}", statement.kind));
    let tail = format!("/moderation/statement/{act}");
    let mut shell = context.shell(tail, title, Nav::Account);
    shell.private = true;
    let props = StatementPageProps {
        lang,
        said,
        statement: view(state, lang, &statement).await?,
        mend,
        acknowledge,
        deadline: open.then(|| day(last)),
        body,
        fault,
    };
    Ok(context.respond(status, shell, move || StatementPage(props)))
}

pub(super) async fn appeal(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let act = act_of(&path)?;
    let here = format!("/{lang}/moderation/statement/{act}");
    let viewer = context.signed_in(&here)?;
    let typed = form.get("body").cloned().unwrap_or_default();
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let body = match text::appeal(&typed) {
        Ok(body) => body,
        Err(fault) => {
            let fault = text_fault(lang, fault, "mod-appeal-empty");
            return page(
                &state,
                &context,
                act,
                None,
                typed,
                Some(fault),
                unprocessable,
            )
            .await;
        }
    };
    let settings = state.store.moderation_settings().await?;
    let days = (settings.appeal_days, settings.answer_days);
    let now_ms = state.clock.now_ms();
    let key = match state
        .store
        .appeal(actor(Some(viewer)), act, &body, days, now_ms)
        .await
    {
        Ok(()) => return Ok(Redirect::to(&format!("{here}?done=appealed")).into_response()),
        Err(ForumError::AppealedBefore) => "mod-appeal-twice",
        Err(ForumError::TooLate) => "mod-appeal-late",
        Err(error) => return Err(error.into()),
    };
    let said = Some(t(lang, key));
    page(
        &state,
        &context,
        act,
        said,
        typed,
        None,
        StatusCode::CONFLICT,
    )
    .await
}

pub(super) async fn acknowledge(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let act = act_of(&path)?;
    let here = format!("/{}/moderation/statement/{act}", context.lang);
    let viewer = context.signed_in(&here)?;
    let now_ms = state.clock.now_ms();
    state
        .store
        .acknowledge(actor(Some(viewer)), act, now_ms)
        .await?;
    Ok(Redirect::to(&format!("{here}?done=acknowledged")).into_response())
}

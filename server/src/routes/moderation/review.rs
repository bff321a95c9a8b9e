//! `/{lang}/moderation/review`: a second look, without knowing the first.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::moderation::{ReviewPage, ReviewPageProps, ToReview},
    shell::Nav,
};
use partake_core::lang::Lang;
use partake_store::forum::{ForumError, SecondLook, Verdict};

use super::words::words;
use crate::{
    auth::actor, error::PageError, page::PageContext, routes::discuss::RuleBook, state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let said = match query.get("done").map(String::as_str) {
        Some("judged") => Some(t(lang, "mod-review-done")),
        Some("before") => Some(t(lang, "mod-fault-decided")),
        _ => None,
    };
    page(&state, &context, said, None, StatusCode::OK).await
}

async fn page(
    state: &AppState,
    context: &PageContext,
    said: Option<String>,
    fault: Option<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation/review"))?;
    let percent = state.store.moderation_settings().await?.review_percent;
    let look = state
        .store
        .second_look(actor(Some(viewer)), percent)
        .await?;
    let mut shell = context.shell("/moderation/review", t(lang, "mod-review"), Nav::Moderation);
    shell.private = true;
    let props = ReviewPageProps {
        lang,
        said,
        fault,
        rules: RuleBook::load(state, lang).await?.offered(),
        item: look.map(|look| item(lang, look)),
    };
    Ok(context.respond(status, shell, move || ReviewPage(props)))
}

fn item(lang: Lang, look: SecondLook) -> ToReview {
    ToReview {
        act: look.act,
        thread_title: look.thread_title,
        parent: look.parent.map(|parent| {
            (
                parent
                    .author
                    .clone()
                    .unwrap_or_else(|| t(lang, "forum-by-nobody")),
                words(&parent),
            )
        }),
        words: words(&look.comment),
    }
}

pub(super) async fn judge(
    State(state): State<AppState>,
    context: PageContext,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation/review"))?;
    let act = form
        .get("act")
        .and_then(|id| id.parse().ok())
        .ok_or(PageError::BadRequest)?;
    let Some(verdict) = form.get("verdict").and_then(|code| Verdict::parse(code)) else {
        let fault = Some(t(lang, "mod-review-choose"));
        return page(
            &state,
            &context,
            None,
            fault,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let now_ms = state.clock.now_ms();
    let done = match state
        .store
        .review(actor(Some(viewer)), act, verdict, now_ms)
        .await
    {
        Ok(()) => "judged",
        Err(ForumError::DecidedBefore) => "before",
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("/{lang}/moderation/review?done={done}")).into_response())
}

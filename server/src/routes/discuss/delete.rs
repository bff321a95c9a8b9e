//! `/{lang}/discuss/{thread}/{comment}/delete`.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::discuss::{DeletePage, DeletePageProps},
    shell::Nav,
};
use partake_core::forum::{Action, Sort, may};
use partake_store::forum::{Deleted, ForumError};

use super::{
    InThread, RuleBook,
    view::{People, Shown},
};
use crate::{
    auth::actor, error::PageError, extract::CurrentSurvey, page::PageContext, state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    let thread = here.href();
    let viewer = context.signed_in(&format!("{thread}/{}/delete", comment.id))?;
    let actor = actor(Some(viewer));
    may(
        actor,
        Action::Delete,
        comment.target(&viewer.id, here.thread.locked),
    )
    .map_err(ForumError::from)?;
    let tail = format!("{}/{}/delete", here.tail, comment.id);
    let mut shell = context.shell(tail, t(lang, "forum-delete-heading"), Nav::Discuss);
    shell.private = true;
    let no_votes = HashMap::new();
    let book = RuleBook::of(&state, lang, [&comment]).await?;
    let shown = Shown {
        lang,
        actor,
        locked: here.thread.locked,
        thread: &thread,
        sort: Sort::Best,
        votes: &no_votes,
        people: &People::default(),
        book: &book,
        only: None,
        since: None,
        here: &thread,
    };
    let props = DeletePageProps {
        lang,
        comment: shown.comment(comment),
    };
    Ok(context.respond(StatusCode::OK, shell, move || DeletePage(props)))
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    let thread = here.href();
    let viewer = context.signed_in(&format!("{thread}/{}/delete", comment.id))?;
    let now = state.clock.now_ms();
    let to = match state
        .store
        .delete_comment(actor(Some(viewer)), comment.id, now)
        .await?
    {
        Deleted::Thread => format!("{}?done=deleted", here.base),
        Deleted::Placeholder if comment.id != here.thread.opening => {
            format!("{thread}/{}?done=deleted", comment.id)
        }
        Deleted::Placeholder | Deleted::Comment => thread,
    };
    Ok(Redirect::to(&to).into_response())
}

//! `/{lang}/discuss/{thread}/{comment}/edit`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::discuss::{Composer, EditPage, EditPageProps},
    shell::{Module, Nav},
};
use partake_core::{
    forum::{Action, language, may, text},
    lang::Lang,
};
use partake_store::forum::Comment;
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    InThread,
    gate::{self, Writing},
    preview,
    refusal::Refusal,
    reply::{PREVIEW, retry_after},
};
use crate::{
    auth::{KeptDraft, actor},
    error::PageError,
    extract::CurrentSurvey,
    page::PageContext,
    routes::account::with_draft,
    state::AppState,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    body: String,
    act: String,
    lang: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    session: Session,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    let href = format!("{}/{}", here.href(), comment.id);
    let edit = format!("{href}/edit");
    let viewer = context.signed_in(&edit)?;
    let target = comment.target(&viewer.id, here.thread.locked);
    may(actor(Some(viewer)), Action::Edit, target)
        .map_err(|denied| PageError::from(partake_store::forum::ForumError::from(denied)))?;
    let marked = marked_before(&comment);
    let draft = KeptDraft::of(&session, &edit).await?;
    let body = draft.map_or(comment.body, |draft| draft.body);
    let tail = format!("{}/{}/edit", here.tail, comment.id);
    let composer = Composer {
        body,
        ..Composer::default()
    };
    Ok(page(&context, tail, href, composer, marked, StatusCode::OK))
}

/// The language that its author chose for a comment, because the text does not tell it.
fn marked_before(comment: &Comment) -> Option<Lang> {
    let told = language::of(&comment.body, comment.lang);
    (told != comment.lang).then_some(comment.lang)
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    session: Session,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    let href = format!("{}/{}", here.href(), comment.id);
    let Some(viewer) = &context.viewer else {
        return Ok(with_draft(
            &context,
            &format!("{href}/edit"),
            "",
            &typed.body,
        ));
    };
    let tail = format!("{}/{}/edit", here.tail, comment.id);
    let marked: Option<Lang> = typed.lang.parse().ok();
    if typed.act == PREVIEW {
        let preview = preview::of(&state, lang, &here.base, &typed.body).await?;
        let composer = Composer {
            body: typed.body,
            preview: Some(preview),
            ..Composer::default()
        };
        return Ok(page(&context, tail, href, composer, marked, StatusCode::OK));
    }
    let refusal = match text::body(&typed.body) {
        Err(fault) => Refusal::text(lang, fault),
        Ok(body) => {
            let now = state.clock.now_ms();
            let premoderated = here.thread.premoderated;
            let writing = Writing::Edit { premoderated };
            let looked = gate::look(&state, lang, viewer, writing, &body).await?;
            let findings = looked.unwrap_or_default();
            let by = actor(Some(viewer));
            let done = state
                .store
                .edit_comment(by, comment.id, &body, marked, &findings, now)
                .await;
            match done {
                Ok(()) if !findings.is_empty() => {
                    KeptDraft::forget(&session).await?;
                    let to = format!("{href}?done=held#c{}", comment.id);
                    return Ok(Redirect::to(&to).into_response());
                }
                Ok(()) => {
                    KeptDraft::forget(&session).await?;
                    let anchor = format!("{href}#c{}", comment.id);
                    return Ok(Redirect::to(&anchor).into_response());
                }
                Err(error) => Refusal::of(lang, error)?,
            }
        }
    };
    let composer = Composer {
        body: typed.body,
        fault: Some(refusal.text),
        ..Composer::default()
    };
    let page = page(&context, tail, href, composer, marked, refusal.status);
    Ok(retry_after(page, refusal.wait))
}

fn page(
    context: &PageContext,
    tail: String,
    href: String,
    composer: Composer,
    marked: Option<Lang>,
    status: StatusCode,
) -> Response {
    let lang = context.lang;
    let mut shell = context.shell(tail, t(lang, "forum-edit-heading"), Nav::Discuss);
    shell.private = true;
    shell.module = Some(Module::Islands);
    let props = EditPageProps {
        lang,
        href,
        composer,
        marked,
    };
    context.respond(status, shell, move || EditPage(props))
}

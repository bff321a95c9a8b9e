//! `POST /{lang}/discuss/{thread}/reply` and `…/{comment}/reply`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use partake_core::forum::{Denied, text};
use partake_store::forum::NewComment;
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    InThread, comment,
    gate::{self, Writing},
    preview,
    refusal::Refusal,
    thread::{self, Refused},
};
use crate::{
    auth::{KeptDraft, actor},
    error::PageError,
    extract::CurrentSurvey,
    page::PageContext,
    routes::account::with_draft,
    state::AppState,
};

/// The value of the button that shows what a draft will look like.
pub(super) const PREVIEW: &str = "preview";

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    body: String,
    /// `preview` where nothing is to be published yet.
    act: String,
}

pub(super) async fn to_thread(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    session: Session,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let href = here.href();
    match write(&state, &context, &here, None, &href, &typed).await? {
        Written::Comment(id, held) => {
            KeptDraft::forget(&session).await?;
            Ok(shown(&href, id, held))
        }
        Written::SignIn(page) => Ok(page),
        Written::Refused(refused, wait) => {
            let query = HashMap::new();
            let page = thread::page(
                &state,
                &context,
                &survey,
                &session,
                here,
                &query,
                Some(refused),
            )
            .await?;
            Ok(retry_after(page, wait))
        }
    }
}

pub(super) async fn to_comment(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    session: Session,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let thread = here.href();
    let parent = match here.comment(&state, &context, &path).await {
        Ok(parent) => parent,
        // Taken back while somebody wrote. What they wrote can still be posted to the thread.
        Err(PageError::NotFound) if context.viewer.is_some() => {
            let refusal = Refusal::of(context.lang, Denied::Gone.into())?;
            let refused = refused(&typed, refusal);
            let query = HashMap::new();
            return thread::page(
                &state,
                &context,
                &survey,
                &session,
                here,
                &query,
                Some(refused),
            )
            .await;
        }
        Err(error) => return Err(error),
    };
    let href = format!("{thread}/{}", parent.id);
    match write(&state, &context, &here, Some(parent.id), &href, &typed).await? {
        Written::Comment(id, held) => {
            KeptDraft::forget(&session).await?;
            Ok(shown(&thread, id, held))
        }
        Written::SignIn(page) => Ok(page),
        Written::Refused(refused, wait) => {
            let query = HashMap::new();
            let page = comment::page(
                &state,
                &context,
                &session,
                here,
                parent,
                &query,
                Some(refused),
            )
            .await?;
            Ok(retry_after(page, wait))
        }
    }
}

enum Written {
    /// Its id, and whether it is withheld until a moderator has looked.
    Comment(i64, bool),
    SignIn(Response),
    /// Refused, or only shown; with the seconds to wait.
    Refused(Refused, Option<u64>),
}

async fn write(
    state: &AppState,
    context: &PageContext,
    here: &InThread,
    parent: Option<i64>,
    href: &str,
    typed: &Typed,
) -> Result<Written, PageError> {
    let lang = context.lang;
    let Some(viewer) = &context.viewer else {
        return Ok(Written::SignIn(with_draft(context, href, "", &typed.body)));
    };
    if typed.act == PREVIEW {
        let preview = preview::of(state, lang, &here.base, &typed.body).await?;
        let shown = Refused {
            body: typed.body.clone(),
            text: None,
            status: StatusCode::OK,
            preview: Some(preview),
        };
        return Ok(Written::Refused(shown, None));
    }
    let no = |refusal: Refusal| {
        let wait = refusal.wait;
        Written::Refused(refused(typed, refusal), wait)
    };
    let body = match text::body(&typed.body) {
        Ok(body) => body,
        Err(fault) => return Ok(no(Refusal::text(lang, fault))),
    };
    if let Err(refusal) = Refusal::turn(state, lang, viewer) {
        return Ok(no(refusal));
    }
    let writing = Writing::Comment {
        premoderated: here.thread.premoderated,
    };
    let findings = match gate::look(state, lang, viewer, writing, &body).await? {
        Ok(findings) => findings,
        Err(refusal) => return Ok(no(refusal)),
    };
    let new = NewComment {
        thread: here.thread.id,
        parent,
        body: &body,
        lang,
        findings: &findings,
        now_ms: state.clock.now_ms(),
    };
    match state.store.add_comment(actor(Some(viewer)), new).await {
        Ok(id) => Ok(Written::Comment(id, !findings.is_empty())),
        Err(error) => Ok(no(Refusal::of(lang, error)?)),
    }
}

fn refused(typed: &Typed, refusal: Refusal) -> Refused {
    Refused {
        body: typed.body.clone(),
        text: Some(refusal.text),
        status: refusal.status,
        preview: None,
    }
}

fn shown(thread: &str, id: i64, held: bool) -> Response {
    let done = if held { "held" } else { "posted" };
    Redirect::to(&format!("{thread}/{id}?done={done}#c{id}")).into_response()
}

pub(super) fn retry_after(mut response: Response, seconds: Option<u64>) -> Response {
    if let Some(seconds) = seconds {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

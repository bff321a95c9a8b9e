//! `/{lang}/discuss/new`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::discuss::{NewThreadPage, NewThreadPageProps},
    shell::Nav,
};
use partake_core::forum::{About, text};
use partake_store::forum::NewThread;
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    refusal::{Refusal, text_fault},
    view::choices,
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
    about: String,
    title: String,
    body: String,
}

#[derive(Default)]
struct Faults {
    about: Option<String>,
    title: Option<String>,
    body: Option<String>,
    whole: Option<String>,
}

fn path_of(context: &PageContext, survey: &CurrentSurvey, about: &str) -> String {
    let base = survey.base(context.lang);
    if about.is_empty()
        || !about
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_')
    {
        format!("{base}/discuss/new")
    } else {
        format!("{base}/discuss/new?about={about}")
    }
}

pub(super) async fn show(
    context: PageContext,
    survey: CurrentSurvey,
    session: Session,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let about = query.get("about").cloned().unwrap_or_default();
    let path = path_of(&context, &survey, &about);
    context.signed_in(&path)?;
    let draft = KeptDraft::of(&session, &path).await?;
    let (title, body) = draft
        .map(|draft| (draft.title, draft.body))
        .unwrap_or_default();
    let typed = Typed { about, title, body };
    Ok(page(
        &context,
        &survey,
        typed,
        Faults::default(),
        StatusCode::OK,
    ))
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    session: Session,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let path = path_of(&context, &survey, &typed.about);
    let Some(viewer) = &context.viewer else {
        return Ok(with_draft(&context, &path, &typed.title, &typed.body));
    };
    let mut faults = Faults::default();
    let about = About::from_field(&typed.about);
    if about
        .question()
        .is_some_and(|id| survey.wave.instrument.question(id).is_none())
    {
        faults.about = Some(t(lang, "forum-fault-about"));
    }
    let title = text::title(&typed.title)
        .map_err(|fault| {
            faults.title = Some(text_fault(lang, fault, "forum-fault-title-empty"));
        })
        .ok();
    let body = text::body(&typed.body)
        .map_err(|fault| {
            faults.body = Some(text_fault(lang, fault, "forum-fault-body-empty"));
        })
        .ok();
    let (Some(title), Some(body), None) = (title, body, &faults.about) else {
        return Ok(page(
            &context,
            &survey,
            typed,
            faults,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    };
    let opened = match Refusal::turn(&state, lang, viewer) {
        Err(refusal) => Err(refusal),
        Ok(()) => {
            let new = NewThread {
                survey: &survey.wave.survey,
                about: &about,
                title: &title,
                body: &body,
                lang,
                now_ms: state.clock.now_ms(),
            };
            match state.store.open_thread(actor(Some(viewer)), new).await {
                Ok(id) => Ok(id),
                Err(error) => Err(Refusal::of(lang, error)?),
            }
        }
    };
    match opened {
        Ok(id) => {
            KeptDraft::forget(&session).await?;
            let base = survey.base(lang);
            Ok(Redirect::to(&format!("{base}/discuss/{id}?done=posted")).into_response())
        }
        Err(Refusal { status, text, wait }) => {
            let faults = Faults {
                whole: Some(text),
                ..Faults::default()
            };
            let page = page(&context, &survey, typed, faults, status);
            Ok(super::reply::retry_after(page, wait))
        }
    }
}

fn page(
    context: &PageContext,
    survey: &CurrentSurvey,
    typed: Typed,
    faults: Faults,
    status: StatusCode,
) -> Response {
    let lang = context.lang;
    let path = format!("{}/discuss/new", survey.prefix);
    let mut shell = context.shell(path, t(lang, "forum-new"), Nav::Discuss);
    shell.private = true;
    let props = NewThreadPageProps {
        lang,
        base: format!("{}/discuss", survey.base(lang)),
        choices: choices(lang, &survey.wave.instrument),
        about: typed.about,
        about_fault: faults.about,
        title: typed.title,
        title_fault: faults.title,
        body: typed.body,
        body_fault: faults.body,
        fault: faults.whole,
    };
    context.respond(status, shell, move || NewThreadPage(props))
}

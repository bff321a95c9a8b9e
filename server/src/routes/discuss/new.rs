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
    pages::discuss::{NewThreadPage, NewThreadPageProps, Preview},
    shell::{Module, Nav},
};
use partake_core::forum::{About, text};
use partake_store::forum::NewThread;
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    figure,
    gate::{self, Writing},
    preview,
    refusal::{Refusal, text_fault},
    reply::PREVIEW,
    view::{choices, figures, known_about},
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
    act: String,
}

#[derive(Default)]
struct Faults {
    about: Option<String>,
    title: Option<String>,
    body: Option<String>,
    whole: Option<String>,
    /// No fault: what the text will look like.
    preview: Option<Preview>,
}

fn path_of(context: &PageContext, survey: &CurrentSurvey, about: &str) -> String {
    let base = survey.base(context.lang);
    match About::from_field(about) {
        None | Some(About::Survey) => format!("{base}/discuss/new"),
        Some(about) => format!("{base}/discuss/new?about={}", about.field()),
    }
}

pub(super) async fn show(
    State(state): State<AppState>,
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
    let typed = Typed {
        about,
        title,
        body,
        act: String::new(),
    };
    page(
        &state,
        &context,
        &survey,
        typed,
        Faults::default(),
        StatusCode::OK,
    )
    .await
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
    if typed.act == PREVIEW {
        let base = format!("{}/discuss", survey.base(lang));
        let faults = Faults {
            preview: Some(preview::of(&state, lang, &base, &typed.body).await?),
            ..Faults::default()
        };
        return page(&state, &context, &survey, typed, faults, StatusCode::OK).await;
    }
    let mut faults = Faults::default();
    let about = known_about(&state, lang, &survey.base(lang), &survey.wave, &typed.about).await?;
    if about.is_none() {
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
    let (Some(title), Some(body), Some(about)) = (title, body, about) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&state, &context, &survey, typed, faults, status).await;
    };
    let looked = match Refusal::turn(&state, lang, viewer) {
        Err(refusal) => Err(refusal),
        Ok(()) => {
            gate::look(
                &state,
                lang,
                viewer,
                Writing::Thread { title: &title },
                &body,
            )
            .await?
        }
    };
    let opened = match looked {
        Err(refusal) => Err(refusal),
        Ok(findings) => {
            let new = NewThread {
                survey: &survey.wave.survey,
                about: &about,
                title: &title,
                body: &body,
                lang,
                findings: &findings,
                now_ms: state.clock.now_ms(),
            };
            match state.store.open_thread(actor(Some(viewer)), new).await {
                Ok(id) => Ok((id, !findings.is_empty())),
                Err(error) => Err(Refusal::of(lang, error)?),
            }
        }
    };
    match opened {
        Ok((id, held)) => {
            KeptDraft::forget(&session).await?;
            let base = survey.base(lang);
            let done = if held { "held" } else { "posted" };
            Ok(Redirect::to(&format!("{base}/discuss/{id}?done={done}")).into_response())
        }
        Err(Refusal { status, text, wait }) => {
            let faults = Faults {
                whole: Some(text),
                ..Faults::default()
            };
            let page = page(&state, &context, &survey, typed, faults, status).await?;
            Ok(super::reply::retry_after(page, wait))
        }
    }
}

async fn page(
    state: &AppState,
    context: &PageContext,
    survey: &CurrentSurvey,
    typed: Typed,
    faults: Faults,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let base = survey.base(lang);
    let instrument = &survey.wave.instrument;
    let about = About::from_field(&typed.about);
    let quoted = match &about {
        Some(about) => figure::quoted(state, lang, &base, &survey.wave.survey, about).await?,
        None => None,
    };
    let mut choices = choices(lang, instrument);
    if quoted.is_some() {
        choices.splice(0..0, figures(lang, instrument, &about));
    }
    let path = format!("{}/discuss/new", survey.prefix);
    let mut shell = context.shell(path, t(lang, "forum-new"), Nav::Discuss);
    shell.private = true;
    shell.module = Some(Module::Islands);
    let props = NewThreadPageProps {
        lang,
        base: format!("{base}/discuss"),
        choices,
        quoted,
        about: typed.about,
        about_fault: faults.about,
        title: typed.title,
        title_fault: faults.title,
        body: typed.body,
        body_fault: faults.body,
        fault: faults.whole,
        preview: faults.preview,
        held: gate::held_back(state, lang, context.viewer.as_ref()).await?,
        notices: gate::allowance(state, lang, context.viewer.as_ref()).await?,
    };
    Ok(context.respond(status, shell, move || NewThreadPage(props)))
}

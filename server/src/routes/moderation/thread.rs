//! `/{lang}/moderation/thread/{thread}`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{i18n::t, pages::moderation::Value};
use partake_core::{
    forum::{About as Subject, Target, may},
    lang::Lang,
};
use partake_store::forum::{Act, Decision, ForumError, Reader, Thread, ThreadChange};

use super::decision::{About, Faults, Typed, check, page, refusal};
use crate::{
    auth::actor,
    error::PageError,
    page::PageContext,
    routes::discuss::{about_choices, figures, known_about, newest_figures, span, title_text},
    state::AppState,
};

/// Seconds that slow mode offers; 0 ends it.
const SLOW: [i64; 7] = [0, 30, 60, 300, 900, 3_600, 86_400];

fn act_of(code: Option<&String>) -> Result<Act, PageError> {
    match code.map(|code| code.parse()) {
        Some(Ok(
            act @ (Act::Lock
            | Act::Unlock
            | Act::Pin
            | Act::Unpin
            | Act::Premoderate
            | Act::Unpremoderate
            | Act::Slow
            | Act::Move),
        )) => Ok(act),
        _ => Err(PageError::BadRequest),
    }
}

async fn load(
    state: &AppState,
    context: &PageContext,
    path: &HashMap<String, String>,
    act: Act,
) -> Result<Thread, PageError> {
    let id: i64 = path
        .get("thread")
        .and_then(|id| id.parse().ok())
        .ok_or(PageError::NotFound)?;
    let viewer = context.signed_in(&format!("/{}/moderation", context.lang))?;
    let actor = actor(Some(viewer));
    may(actor, act.action(), Target::Site).map_err(ForumError::from)?;
    state
        .store
        .thread(id, Reader::of(actor))
        .await?
        .ok_or(PageError::NotFound)
}

async fn about(
    state: &AppState,
    context: &PageContext,
    thread: &Thread,
    act: Act,
) -> Result<About, PageError> {
    let lang = context.lang;
    let value = match act {
        Act::Slow => Some(Value {
            label: t(lang, "mod-slow-value"),
            value: thread.slow_seconds.to_string(),
            options: vec![(
                None,
                SLOW.map(|seconds| {
                    let text = match seconds {
                        0 => t(lang, "mod-slow-none"),
                        _ => span(lang, seconds),
                    };
                    (seconds.to_string(), text)
                })
                .to_vec(),
            )],
            fault: None,
        }),
        Act::Move => {
            let mut options = vec![(None, vec![(String::new(), t(lang, "forum-about-survey"))])];
            if let Some(wave) = state.surveys.current(&thread.survey) {
                options.extend(
                    about_choices(lang, &wave.instrument)
                        .into_iter()
                        .map(|(section, questions)| (Some(section), questions)),
                );
                let mut drawn = newest_figures(state, &thread.survey).await?;
                if matches!(thread.about, Subject::Figure { .. }) && !drawn.contains(&thread.about)
                {
                    drawn.push(thread.about.clone());
                }
                options.extend(
                    figures(lang, &wave.instrument, &drawn)
                        .map(|(group, figures)| (Some(group), figures)),
                );
            }
            Some(Value {
                label: t(lang, "mod-move-value"),
                value: thread.about.field(),
                options,
                fault: None,
            })
        }
        _ => None,
    };
    Ok(About {
        action: format!("/{lang}/moderation/thread/{}", thread.id),
        back: format!("/{lang}/discuss/{}", thread.id),
        title: title_text(lang, thread.title.clone()),
        words: None,
        seen: String::new(),
        value,
    })
}

/// What a thread can be moved to: anything of its survey, and the figures of a release.
async fn destination(
    state: &AppState,
    lang: Lang,
    thread: &Thread,
    field: &str,
) -> Result<Option<Subject>, PageError> {
    match state.surveys.current(&thread.survey) {
        Some(wave) => known_about(state, lang, &format!("/{lang}"), &wave, field).await,
        None => Ok(None),
    }
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let act = act_of(query.get("act"))?;
    let thread = load(&state, &context, &path, act).await?;
    let about = about(&state, &context, &thread, act).await?;
    page(
        &state,
        &context,
        act,
        about,
        Typed::default(),
        Faults::default(),
        StatusCode::OK,
    )
    .await
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let act = act_of(Some(&typed.act))?;
    let thread = load(&state, &context, &path, act).await?;
    let (reason, note, mut faults) = check(lang, act, &typed);
    let subject = match act {
        Act::Move => destination(&state, lang, &thread, &typed.value).await?,
        _ => None,
    };
    let known = match act {
        Act::Slow => typed.value.parse().is_ok_and(|n: i64| SLOW.contains(&n)),
        Act::Move => subject.is_some(),
        _ => true,
    };
    if !known {
        faults.value = Some(t(lang, "forum-fault-about"));
    }
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if !faults.any() {
        let actor = actor(context.viewer.as_ref());
        let now_ms = state.clock.now_ms();
        let store = &state.store;
        let done = match act {
            Act::Slow => {
                let change = ThreadChange::Slow(typed.value.parse().unwrap_or_default());
                store
                    .change_thread(actor, thread.id, change, &note, now_ms)
                    .await
            }
            Act::Move => {
                let change = ThreadChange::About(subject.as_ref().unwrap_or(&Subject::Survey));
                store
                    .change_thread(actor, thread.id, change, &note, now_ms)
                    .await
            }
            _ => {
                let decision = Decision {
                    act,
                    reason,
                    note: &note,
                    seen: None,
                    now_ms,
                };
                store.decide_thread(actor, thread.id, decision).await
            }
        };
        match done {
            Ok(()) => {
                let to = format!("/{lang}/moderation?done={act}&thread={}", thread.id);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(error) => {
                let (code, text) = refusal(lang, error)?;
                status = code;
                faults.note = Some(text);
            }
        }
    }
    let about = about(&state, &context, &thread, act).await?;
    page(&state, &context, act, about, typed, faults, status).await
}

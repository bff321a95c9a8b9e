//! `/{lang}/moderation/account/{account}`: what moderators know of an account, and sanctions.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::moderation::{PersonPage, PersonPageProps, Said, SanctionLine},
    shell::Nav,
    ui::Words,
};
use partake_core::{
    forum::{Action, Target, markdown, may, text},
    lang::Lang,
};
use partake_store::{
    Account,
    forum::{Act, Contribution, ForumError, Noted, Sanction, Sentence},
};
use serde::Deserialize;

use super::{
    case::note_line,
    decision::{self, refusal},
};
use crate::{
    auth::actor,
    error::PageError,
    page::PageContext,
    routes::discuss::{RuleBook, day, minute, title_text},
    state::AppState,
};

const DAY_MS: i64 = 86_400_000;
/// Longest sanction with an end, in days.
const DAYS_MAX: i64 = 365;

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    reason: String,
    days: String,
    note: String,
    sanction: String,
}

/// The survey in whose log stands what is about no thread.
pub(super) fn survey(state: &AppState) -> Result<String, PageError> {
    let wave = state.surveys.featured().ok_or(PageError::NotFound)?;
    Ok(wave.survey.clone())
}

async fn load(
    state: &AppState,
    context: &PageContext,
    path: &HashMap<String, String>,
) -> Result<Account, PageError> {
    let id = path.get("account").ok_or(PageError::NotFound)?;
    let viewer = context.signed_in(&format!("/{}/moderation", context.lang))?;
    may(actor(Some(viewer)), Action::SeeQueue, Target::Site).map_err(ForumError::from)?;
    state
        .store
        .account_by_id(id)
        .await?
        .ok_or(PageError::NotFound)
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let account = load(&state, &context, &path).await?;
    let said = match query.get("done").map(String::as_str) {
        Some(code @ ("warn" | "silence" | "suspend" | "ban" | "lift")) => {
            Some(t(context.lang, &format!("moderation-done-{code}")))
        }
        Some("note") => Some(t(context.lang, "mod-done-note")),
        _ => None,
    };
    let typed = Typed {
        days: "7".to_owned(),
        ..Typed::default()
    };
    page(&state, &context, account, said, typed, None, StatusCode::OK).await
}

async fn page(
    state: &AppState,
    context: &PageContext,
    account: Account,
    said: Option<String>,
    typed: Typed,
    refused: Option<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let actor = actor(context.viewer.as_ref());
    let (store, now_ms) = (&state.store, state.clock.now_ms());
    let standing = store.standing(&account.id, now_ms).await?;
    let sanctions = store.sanctions_of(actor, &account.id).await?;
    let notes = store.notes(actor, Noted::Account(&account.id)).await?;
    let wrote = store.contributions(&account.id, None).await?;
    let target = Target::Account {
        id: &account.id,
        role: account.role,
    };
    let may_decide = may(actor, Action::Warn, target).is_ok();
    let tail = format!("/moderation/account/{}", account.id);
    let mut shell = context.shell(tail, account.handle.clone(), Nav::Moderation);
    shell.private = true;
    let props = PersonPageProps {
        lang,
        handle: account.handle,
        role: account.role.as_str(),
        since: day(account.created_ms),
        level: standing.level.as_str(),
        said,
        refused,
        numbers: [standing.record.accepted, standing.record.recent_decisions],
        sanctions: sanctions
            .into_iter()
            .map(|sanction| sanction_line(sanction, now_ms))
            .collect(),
        notes: notes.into_iter().map(|n| note_line(lang, n)).collect(),
        wrote: wrote
            .items
            .into_iter()
            .map(|contribution| said_line(lang, contribution))
            .collect(),
        may_decide,
        typed: [typed.act, typed.reason, typed.days, typed.note],
        rules: RuleBook::load(state, lang).await?.offered(),
        id: account.id,
    };
    Ok(context.respond(status, shell, move || PersonPage(props)))
}

fn sanction_line(sanction: Sanction, now_ms: i64) -> SanctionLine {
    SanctionLine {
        id: sanction.id,
        kind: sanction.kind.as_str(),
        holds: sanction.holds(now_ms),
        when: minute(sanction.created_ms),
        until: sanction.until_ms.map(minute),
        note: sanction.note,
    }
}

fn said_line(lang: Lang, contribution: Contribution) -> Said {
    Said {
        href: format!(
            "/{lang}/discuss/{}/{}",
            contribution.thread, contribution.comment
        ),
        thread_title: title_text(lang, contribution.thread_title),
        words: Words {
            html: markdown::render(&contribution.body),
            lang: contribution.lang,
        },
        when: minute(contribution.created_ms),
        state: contribution.state.as_str(),
    }
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let account = load(&state, &context, &path).await?;
    let actor = actor(context.viewer.as_ref());
    let (store, now_ms) = (&state.store, state.clock.now_ms());
    let survey = survey(&state)?;
    let done = match typed.act.as_str() {
        "note" => {
            let body = text::note(&typed.note).map_err(|_| PageError::BadRequest)?;
            if !body.is_empty() {
                store
                    .write_note(actor, Noted::Account(&account.id), &body, now_ms)
                    .await?;
            }
            Ok(())
        }
        "lift" => {
            let id = typed.sanction.parse().map_err(|_| PageError::BadRequest)?;
            let known = store.sanctions_of(actor, &account.id).await?;
            if !known.iter().any(|sanction| sanction.id == id) {
                return Err(PageError::NotFound);
            }
            store.lift_sanction(actor, id, &survey, now_ms).await
        }
        code => {
            let act: Act = code.parse().map_err(|()| PageError::BadRequest)?;
            if !act.is_sanction() {
                return Err(PageError::BadRequest);
            }
            match sentence(lang, act, &typed, &survey, now_ms) {
                Ok((sentence, note)) => {
                    let sentence = Sentence {
                        note: &note,
                        ..sentence
                    };
                    store
                        .sanction(actor, &account.id, &sentence)
                        .await
                        .map(|_| ())
                }
                Err(fault) => {
                    let status = StatusCode::UNPROCESSABLE_ENTITY;
                    return page(&state, &context, account, None, typed, Some(fault), status).await;
                }
            }
        }
    };
    match done {
        Ok(()) => {
            let to = format!(
                "/{lang}/moderation/account/{}?done={}",
                account.id, typed.act
            );
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let (status, text) = refusal(lang, error)?;
            page(&state, &context, account, None, typed, Some(text), status).await
        }
    }
}

/// What was typed as a sentence, and the words; or what is wrong with it.
fn sentence<'a>(
    lang: Lang,
    act: Act,
    typed: &Typed,
    survey: &'a str,
    now_ms: i64,
) -> Result<(Sentence<'a>, String), String> {
    let form = decision::Typed {
        reason: typed.reason.clone(),
        note: typed.note.clone(),
        ..decision::Typed::default()
    };
    let (reason, note, faults) = decision::check(lang, act, &form);
    if let Some(fault) = faults.reason.or(faults.note) {
        return Err(fault);
    }
    let days: Option<i64> = match typed.days.as_str() {
        "" => None,
        days => Some(
            days.parse()
                .ok()
                .filter(|days| (1..=DAYS_MAX).contains(days))
                .ok_or_else(|| t(lang, "mod-fault-days"))?,
        ),
    };
    if act == Act::Suspend && days.is_none() {
        return Err(t(lang, "mod-fault-suspend-days"));
    }
    let sentence = Sentence {
        act,
        reason: reason.ok_or_else(|| t(lang, "moderation-fault-reason"))?,
        note: "",
        lang,
        // A warning ends when it is acknowledged.
        until_ms: days
            .filter(|_| act != Act::Warn)
            .map(|days| now_ms + days * DAY_MS),
        survey,
        now_ms,
    };
    Ok((sentence, note))
}

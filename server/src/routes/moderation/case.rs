//! `/{lang}/moderation/case/{comment}`: claiming, releasing, private notes.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::moderation::{CasePage, CasePageProps, NoteLine},
    shell::Nav,
};
use partake_core::{forum::text, lang::Lang};
use partake_store::forum::{ForumError, Note, Noted, Reader};

use super::{
    decision::{Typed, queue},
    words::words,
};
use crate::{
    auth::actor, error::PageError, error::percent_encode, page::PageContext,
    routes::discuss::minute, state::AppState,
};

fn id_of(path: &HashMap<String, String>) -> Result<i64, PageError> {
    path.get("comment")
        .and_then(|id| id.parse().ok())
        .ok_or(PageError::NotFound)
}

pub(super) fn note_line(lang: Lang, note: Note) -> NoteLine {
    NoteLine {
        writer: note
            .writer
            .unwrap_or_else(|| t(lang, "moderation-moderator-gone")),
        body: note.body,
        when: minute(note.created_ms),
    }
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let id = id_of(&path)?;
    let viewer = context.signed_in(&format!("/{lang}/moderation/case/{id}"))?;
    let actor = actor(Some(viewer));
    let notes = state.store.notes(actor, Noted::Comment(id)).await?;
    let comment = state
        .store
        .comment(id, Reader::of(actor))
        .await?
        .ok_or(PageError::NotFound)?;
    let title = t(lang, "mod-notes-title");
    let mut shell = context.shell(format!("/moderation/case/{id}"), title, Nav::Moderation);
    shell.private = true;
    let props = CasePageProps {
        lang,
        id,
        words: words(&comment),
        href: format!("/{lang}/discuss/{}/{id}", comment.thread_id),
        notes: notes.into_iter().map(|n| note_line(lang, n)).collect(),
    };
    Ok(context.respond(StatusCode::OK, shell, move || CasePage(props)))
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let id = id_of(&path)?;
    let viewer = context.signed_in(&format!("/{lang}/moderation"))?;
    let actor = actor(Some(viewer));
    let (store, now_ms) = (&state.store, state.clock.now_ms());
    let done = match typed.act.as_str() {
        "claim" => store.claim_case(actor, id, false, now_ms).await,
        "take" => store.claim_case(actor, id, true, now_ms).await,
        "release" => store.release_case(actor, id).await,
        "note" => {
            let typed = format!("{}{}", typed.note, typed.private_note);
            let body = text::note(&typed).map_err(|_| PageError::BadRequest)?;
            if body.is_empty() {
                Ok(())
            } else {
                store
                    .write_note(actor, Noted::Comment(id), &body, now_ms)
                    .await
            }
        }
        _ => return Err(PageError::BadRequest),
    };
    let said = match done {
        Ok(()) => format!("done={}", typed.act),
        Err(ForumError::Claimed(who)) => format!("refused=claimed&who={}", percent_encode(&who)),
        Err(ForumError::DecidedBefore) => "refused=decided".to_owned(),
        Err(error) => return Err(error.into()),
    };
    let to = format!("{}#e{id}", queue(lang, &typed.back, &said));
    Ok(Redirect::to(&to).into_response())
}

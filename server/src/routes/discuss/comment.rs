//! `GET /{lang}/discuss/{thread}/{comment}`: one comment, what came before it, and the replies.

use std::collections::HashMap;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::{t, t_with},
    pages::discuss::{Composer, PermalinkPage, PermalinkPageProps},
    shell::{Module, Nav},
};
use partake_core::forum::CommentState;
use partake_store::forum::{Comment, Reader};
use tower_sessions::Session;

use super::{
    InThread, RuleBook, gate,
    thread::{Asked, Refused},
    view::{People, Shown, only_query, quotation, title_text},
    votes,
};
use crate::{
    auth::{KeptDraft, actor},
    error::PageError,
    extract::CurrentSurvey,
    page::PageContext,
    state::AppState,
};

/// Comments shown above it; the outermost ones first, then the nearest.
const BEFORE: usize = 6;

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    session: Session,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let comment = here.comment(&state, &context, &path).await?;
    if comment.id == here.thread.opening {
        // What was just done is said where one arrives.
        let done = query.get("done").filter(|code| {
            let known = |b: u8| b.is_ascii_lowercase() || b == b'-';
            code.bytes().all(known)
        });
        let said = done.map(|code| format!("?done={code}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("{}{said}", here.href())).into_response());
    }
    page(&state, &context, &session, here, comment, &query, None).await
}

pub(super) async fn page(
    state: &AppState,
    context: &PageContext,
    session: &Session,
    here: InThread,
    mut comment: Comment,
    query: &HashMap<String, String>,
    refused: Option<Refused>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let actor = actor(context.viewer.as_ref());
    let reader = Reader::of(actor);
    let Asked {
        sort,
        cursor,
        only,
        since,
        quote,
    } = Asked::of(query)?;
    let thread_href = here.href();
    let mut above = comment.ancestors();
    if above.len() > BEFORE {
        let cut = above.len() - (BEFORE - 1);
        above.drain(1..cut);
    }
    let ancestors = state.store.comments(&above, reader).await?;
    let beside = state
        .store
        .beside(&comment, here.thread.opening, reader)
        .await?;
    let replies = state
        .store
        .comment_tree(here.thread.id, Some(comment.id), sort, cursor, reader)
        .await?;
    if replies
        .comments
        .iter()
        .any(|reply| reply.parent_id != Some(comment.id))
    {
        return Err(PageError::BadRequest);
    }
    comment.replies = replies.comments;

    let href = format!("{thread_href}/{}", comment.id);
    let around = || ancestors.iter().chain(&beside).chain([&comment]);
    let votes = votes(state, context, around()).await?;
    let people = People::of(state, &here.base, around()).await?;
    let book = RuleBook::of(state, lang, around()).await?;
    let shown = Shown {
        lang,
        actor,
        locked: here.thread.locked || ancestors.iter().any(|above| above.branch_locked),
        thread: &thread_href,
        sort,
        votes: &votes,
        people: &people,
        book: &book,
        only,
        since,
        here: &href,
    };
    let draft = match context.viewer {
        Some(_) => KeptDraft::of(session, &href).await?,
        None => None,
    };
    let status = refused
        .as_ref()
        .map_or(StatusCode::OK, |refused| refused.status);
    let author = comment
        .author
        .clone()
        .unwrap_or_else(|| t(lang, "forum-by-nobody"));
    let kept = match (refused, draft) {
        (Some(refused), _) => Some((refused.body, refused.text, refused.preview)),
        (None, Some(draft)) => Some((draft.body, None, None)),
        (None, None) => quote.then(|| (quotation(&comment.body), None, None)),
    };
    let refused = kept.map(|(body, fault, preview)| Composer {
        id: "reply-here".to_owned(),
        // A reply to what is gone can still be posted to the thread.
        action: if comment.state == CommentState::Visible {
            format!("{href}/reply")
        } else {
            format!("{thread_href}/reply")
        },
        label: t_with(lang, "forum-reply-to", &[("author", author.into())]),
        body,
        fault,
        preview,
    });
    let said = query
        .get("done")
        .and_then(|done| match done.as_str() {
            "posted" => Some("forum-posted"),
            "held" => Some("mod-held-posted"),
            "reported" => Some("forum-reported"),
            "reported-before" => Some("forum-report-again"),
            "deleted" => Some("forum-deleted-done"),
            _ => None,
        })
        .map(|key| t(lang, key));
    let thread_title = title_text(lang, here.thread.title);
    let args = [("title", thread_title.clone().into())];
    let title = t_with(lang, "forum-in-thread", &args);
    let mut shell = context.shell(format!("{}/{}", here.tail, comment.id), title, Nav::Discuss);
    shell.module = Some(Module::Islands);
    let props = PermalinkPageProps {
        lang,
        thread_title,
        said,
        ancestors: ancestors
            .into_iter()
            .map(|above| shown.comment(above))
            .collect(),
        beside: beside
            .into_iter()
            .map(|other| shown.comment(other))
            .collect(),
        comment: shown.comment(comment),
        refused,
        held: gate::held_back(state, lang, context.viewer.as_ref()).await?,
        next: replies
            .next
            .map(|cursor| format!("{href}?sort={sort}{}&cursor={cursor}", only_query(only))),
        thread_href: thread_href.clone(),
    };
    Ok(context.respond(status, shell, move || PermalinkPage(props)))
}

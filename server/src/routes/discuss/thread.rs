//! `GET /{lang}/discuss/{thread}`.

use std::collections::HashMap;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::{t, t_with},
    pages::discuss::{CommentView, Composer, Preview, ThreadPage, ThreadPageProps},
    shell::{Module, Nav},
};
use partake_core::{
    forum::{Action, Actor, Sort, Target, may},
    lang::Lang,
};
use partake_store::forum::{Act, Reader, Thread};
use tower_sessions::Session;

use super::{
    InThread, RuleBook, figure, gate,
    view::{People, Shown, about_label, only_query, quotation, title_text},
    votes,
    when::span,
};
use crate::{
    auth::{KeptDraft, actor},
    error::PageError,
    extract::CurrentSurvey,
    page::PageContext,
    state::AppState,
};

/// What is asked for in the address of a thread or comment.
pub(super) struct Asked<'a> {
    pub(super) sort: Sort,
    pub(super) cursor: Option<&'a str>,
    /// The one language that is read.
    pub(super) only: Option<Lang>,
    /// Newest comment seen at an earlier visit.
    pub(super) since: Option<i64>,
    /// The text is to be quoted in an answer.
    pub(super) quote: bool,
}

impl<'a> Asked<'a> {
    pub(super) fn of(query: &'a HashMap<String, String>) -> Result<Self, PageError> {
        let sort = match query.get("sort") {
            Some(sort) => sort.parse().map_err(|_| PageError::BadRequest)?,
            None => Sort::default(),
        };
        Ok(Self {
            sort,
            cursor: query.get("cursor").map(String::as_str),
            only: query.get("only").and_then(|lang| lang.parse().ok()),
            since: query.get("since").and_then(|id| id.parse().ok()),
            quote: query.contains_key("quote"),
        })
    }
}

/// A reply to the thread that was refused, with what was typed.
pub(super) struct Refused {
    pub(super) body: String,
    /// Why it was refused; nothing where only a preview was asked for.
    pub(super) text: Option<String>,
    pub(super) status: StatusCode,
    pub(super) preview: Option<Preview>,
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    session: Session,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let here = InThread::load(&state, &context, &survey, &path).await?;
    page(&state, &context, &survey, &session, here, &query, None).await
}

pub(super) async fn page(
    state: &AppState,
    context: &PageContext,
    survey: &CurrentSurvey,
    session: &Session,
    here: InThread,
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
    let href = here.href();
    let seen_at = match cursor {
        Some(cursor) => format!("{href}?sort={sort}{}&cursor={cursor}", only_query(only)),
        None => format!("{href}?sort={sort}{}", only_query(only)),
    };
    let InThread { thread, base, tail } = here;
    let opening = state
        .store
        .comment(thread.opening, reader)
        .await?
        .ok_or(PageError::NotFound)?;
    let tree = state
        .store
        .comment_tree(thread.id, None, sort, cursor, reader)
        .await?;

    let votes = votes(state, context, tree.comments.iter().chain([&opening])).await?;
    let people = People::of(state, &base, tree.comments.iter().chain([&opening])).await?;
    let languages = state
        .languages
        .of(&state.store, &thread, &state.clock)
        .await?;
    let follows = match &context.viewer {
        Some(viewer) => Some(state.store.follows(&viewer.id, thread.id).await?),
        None => None,
    };
    let book = RuleBook::of(state, lang, tree.comments.iter().chain([&opening])).await?;
    let shown = Shown {
        lang,
        actor,
        locked: thread.locked,
        thread: &href,
        sort,
        votes: &votes,
        people: &people,
        book: &book,
        only,
        since,
        here: &seen_at,
    };
    let comments = tree
        .comments
        .into_iter()
        .filter(|comment| comment.id != thread.opening)
        .map(|comment| shown.comment(comment))
        .collect();
    let draft = match context.viewer {
        Some(_) => KeptDraft::of(session, &href).await?,
        None => None,
    };
    let status = refused
        .as_ref()
        .map_or(StatusCode::OK, |refused| refused.status);
    // What was typed is shown even where nothing can be posted any more.
    let may_reply = may(actor, Action::Reply, thread.target()).is_ok() || refused.is_some();
    let (body, fault, preview) = match (refused, draft) {
        (Some(refused), _) => (refused.body, refused.text, refused.preview),
        (None, Some(draft)) => (draft.body, None, None),
        (None, None) if quote => (quotation(&opening.body), None, None),
        (None, None) => (String::new(), None, None),
    };
    let composer_form = may_reply.then(|| Composer {
        id: "reply-thread".to_owned(),
        action: format!("{href}/reply"),
        label: t(lang, "forum-reply-thread"),
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
            "followed" => Some("thread-followed"),
            "unfollowed" => Some("thread-unfollowed"),
            _ => None,
        })
        .map(|key| t(lang, key));
    let title = title_text(lang, thread.title.clone());
    let moderate = moderate(lang, actor, &thread);
    let mut notices = Vec::new();
    if may_reply && context.viewer.is_some() {
        notices.extend(gate::allowance(state, lang, context.viewer.as_ref()).await?);
        if thread.premoderated {
            notices.push(t(lang, "mod-notice-premoderated"));
        }
        if thread.slow_seconds > 0 {
            let args = [("span", span(lang, thread.slow_seconds).into())];
            notices.push(t_with(lang, "mod-notice-slow", &args));
        }
    }
    let mut shell = context.shell(tail, title.clone(), Nav::Discuss);
    shell.module = Some(Module::Islands);
    shell.feeds = vec![(format!("{href}/feed.atom"), title.clone())];
    // A short path leads to every thread; what this one is about is its own survey's.
    let wave = state.surveys.current(&thread.survey);
    let instrument = &wave.as_ref().unwrap_or(&survey.wave).instrument;
    let survey_base = base.trim_end_matches("/discuss");
    let quoted = if cursor.is_none() {
        figure::quoted(state, lang, survey_base, &thread.survey, &thread.about).await?
    } else {
        None
    };
    let held = gate::held_back(state, lang, context.viewer.as_ref()).await?;
    let props = ThreadPageProps {
        lang,
        title,
        about: about_label(lang, instrument, &thread.about),
        about_href: format!("{base}?about={}", thread.about.field()),
        quoted,
        locked: thread.locked,
        comment_count: thread.comment_count,
        said,
        opening: CommentView {
            folded: false,
            ..shown.comment(opening)
        },
        languages,
        only,
        follows,
        comments,
        sort,
        next: tree.next,
        continued: cursor.is_some(),
        composer_form,
        signed_in: context.viewer.is_some(),
        moderate,
        notices,
        held,
        href: href.clone(),
    };
    Ok(context.respond(status, shell, move || ThreadPage(props)))
}

/// What a moderator can do with the thread: path and text.
fn moderate(lang: Lang, actor: Actor<'_>, thread: &Thread) -> Vec<(String, String)> {
    let either = |on: bool, yes: Act, no: Act| if on { no } else { yes };
    [
        either(thread.locked, Act::Lock, Act::Unlock),
        either(thread.pinned, Act::Pin, Act::Unpin),
        Act::Slow,
        either(thread.premoderated, Act::Premoderate, Act::Unpremoderate),
        Act::Move,
    ]
    .into_iter()
    .filter(|act| may(actor, act.action(), Target::Site).is_ok())
    .map(|act| {
        let href = format!("/{lang}/moderation/thread/{}?act={act}", thread.id);
        (href, t(lang, &format!("mod-do-{act}")))
    })
    .collect()
}

//! `/{lang}/discuss/notices`: what happened to one's words; and following a thread.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::discuss::{NoticeLine, NoticesPage, NoticesPageProps},
    shell::Nav,
};
use partake_core::lang::Lang;
use partake_store::forum::{Notice, NoticeKind};

use super::{
    InThread,
    when::{minute, rfc3339},
};
use crate::{
    auth::actor, error::PageError, extract::CurrentSurvey, page::PageContext, state::AppState,
};

fn href(context: &PageContext, survey: &CurrentSurvey) -> String {
    format!("{}/discuss/notices", survey.base(context.lang))
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let href = href(&context, &survey);
    let viewer = context.signed_in(&href)?;
    let cursor = query.get("cursor").map(String::as_str);
    let page = state.store.notices(&viewer.id, cursor).await?;
    let mut shell = context.shell(
        format!("{}/discuss/notices", survey.prefix),
        t(lang, "notices-title"),
        Nav::Discuss,
    );
    shell.private = true;
    let props = NoticesPageProps {
        lang,
        said: query
            .get("done")
            .filter(|done| done.as_str() == "read")
            .map(|_| t(lang, "notices-marked")),
        unread: viewer.unread,
        notices: page.items.into_iter().map(|n| line(lang, n)).collect(),
        next: page.next.map(|cursor| format!("{href}?cursor={cursor}")),
        href,
    };
    Ok(context.respond(StatusCode::OK, shell, move || NoticesPage(props)))
}

fn line(lang: Lang, notice: Notice) -> NoticeLine {
    let href = format!(
        "/{lang}/discuss/{}/{id}#c{id}",
        notice.thread,
        id = notice.comment
    );
    NoticeLine {
        kind: match notice.kind {
            NoticeKind::Reply => "reply",
            NoticeKind::Mention => "mention",
            NoticeKind::Thread => "thread",
            NoticeKind::Decision => "decision",
        },
        href,
        title: notice
            .thread_title
            .unwrap_or_else(|| t(lang, "forum-title-removed")),
        author: notice.author,
        when: minute(notice.created_ms),
        datetime: rfc3339(notice.created_ms),
        seen: notice.seen,
    }
}

/// Marks all as read.
pub(super) async fn read(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
) -> Result<Response, PageError> {
    let href = href(&context, &survey);
    let viewer = context.signed_in(&href)?;
    state.store.read_notices(&viewer.id).await?;
    Ok(Redirect::to(&format!("{href}?done=read")).into_response())
}

/// `POST /{lang}/discuss/{thread}/follow`.
pub(super) async fn follow(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let here = InThread::load(&state, &context, &survey, &path).await?;
    let thread = here.href();
    let viewer = context.signed_in(&thread)?;
    let follows = match form.get("follow").map(String::as_str) {
        Some("on") => true,
        Some("off") => false,
        _ => return Err(PageError::BadRequest),
    };
    state
        .store
        .follow(actor(Some(viewer)), here.thread.id, follows)
        .await?;
    let done = if follows { "followed" } else { "unfollowed" };
    Ok(Redirect::to(&format!("{thread}?done={done}")).into_response())
}

//! `/{lang}/discuss/notices`: what happened to one's words; and following a thread.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::{t, t_with},
    pages::discuss::{NoticeLine, NoticesPage, NoticesPageProps},
    shell::Nav,
};
use partake_core::lang::Lang;
use partake_store::forum::{Act, Notice, Told};

use super::{
    InThread, RuleBook,
    view::title_text,
    when::{minute, rfc3339},
};
use crate::{
    auth::actor, error::PageError, extract::CurrentSurvey, page::PageContext,
    routes::moderation::noted, state::AppState,
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
    let book = RuleBook::load(&state, lang).await?;
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
        notices: page
            .items
            .into_iter()
            .map(|n| line(&book, lang, n))
            .collect(),
        next: page.next.map(|cursor| format!("{href}?cursor={cursor}")),
        href,
    };
    Ok(context.respond(StatusCode::OK, shell, move || NoticesPage(props)))
}

fn line(book: &RuleBook, lang: Lang, notice: Notice) -> NoticeLine {
    let place = match (notice.thread, notice.comment) {
        (Some(thread), Some(id)) => format!("/{lang}/discuss/{thread}/{id}#c{id}"),
        (Some(thread), None) => format!("/{lang}/discuss/{thread}"),
        (None, _) => format!("/{lang}/moderation/mine"),
    };
    let title = title_text(lang, notice.thread_title);
    let line = NoticeLine {
        text: String::new(),
        href: place,
        place: None,
        rule: None,
        sentence: String::new(),
        when: minute(notice.created_ms),
        datetime: rfc3339(notice.created_ms),
        seen: notice.seen,
    };
    if let Some(told) = notice.decision {
        let place = notice.thread.map(|_| title);
        return decision(
            book,
            lang,
            told,
            notice.comment,
            NoticeLine { place, ..line },
        );
    }
    let author = notice.author.unwrap_or_else(|| t(lang, "notices-somebody"));
    let key = format!("notices-{}", notice.kind);
    let text = t_with(
        lang,
        &key,
        &[("author", author.into()), ("title", title.into())],
    );
    match notice.report {
        None => NoticeLine { text, ..line },
        Some(report) => NoticeLine {
            text,
            rule: report.reason.map(|reason| book.title(reason, None)),
            sentence: t(lang, &format!("mod-outcome-{}", report.outcome)),
            ..line
        },
    }
}

/// A decision: under which rule, in which words, and the way to the statement or to the place.
fn decision(
    book: &RuleBook,
    lang: Lang,
    told: Told,
    comment: Option<i64>,
    line: NoticeLine,
) -> NoticeLine {
    let statement = |act: i64| format!("/{lang}/moderation/statement/{act}");
    let href = match (told.act, told.detail.appealed, comment) {
        (_, Some(appealed), _) => statement(appealed),
        (Act::Hold, _, Some(comment)) => format!("/{lang}/moderation/mine/{comment}"),
        (act, ..) if act.is_against_somebody() => statement(told.id),
        _ => line.href,
    };
    let until = told
        .detail
        .until_ms
        .map(|ms| t_with(lang, "mod-until-when", &[("until", minute(ms).into())]));
    let own = book.words(told.reason, told.detail.rule, &told.note);
    NoticeLine {
        text: t(lang, &format!("mod-told-{}", told.act)),
        href,
        rule: told.reason.map(|reason| {
            let label = book.title(reason, told.detail.rule);
            match told.detail.rule {
                Some(version) => format!("{label} · {reason}@{version}"),
                None => label,
            }
        }),
        sentence: [Some(noted(lang, told.act, &own)), until]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        ..line
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

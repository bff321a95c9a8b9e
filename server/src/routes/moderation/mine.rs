//! `/{lang}/moderation/mine`: what was decided about oneself, and one's own withheld comments.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::{t, t_with},
    pages::moderation::{
        DecisionLine, HeldPage, HeldPageProps, MinePage, MinePageProps, ReportOutcome,
    },
    shell::Nav,
};
use partake_core::{
    forum::{CommentState, Reason, text},
    lang::Lang,
};
use partake_store::forum::{Act, Comment, ForumError, Hold, Reader, Standing};

use super::{finding, words::words};
use crate::{
    auth::actor,
    error::PageError,
    page::PageContext,
    routes::discuss::{RuleBook, held_back, minute, text_fault},
    state::AppState,
};

/// Reports that are listed.
const REPORTS: usize = 100;

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/moderation/mine"))?;
    let actor = actor(Some(viewer));
    let now_ms = state.clock.now_ms();
    let store = &state.store;
    let sanctions = store.sanctions_of(actor, &viewer.id).await?;
    let waits = |act: i64| {
        sanctions
            .iter()
            .any(|s| s.act == act && s.kind == Act::Warn && s.ended_ms.is_none())
    };
    let book = RuleBook::load(&state, lang).await?;
    let decisions = store
        .statements_of(&viewer.id)
        .await?
        .into_iter()
        .map(|statement| DecisionLine {
            href: format!("/{lang}/moderation/statement/{}", statement.act),
            kind: statement.kind.as_str(),
            when: minute(statement.created_ms),
            waits: waits(statement.act),
            appeal: statement.appeal.as_ref().map(|a| a.state.as_str()),
            note: book.words(statement.reason, statement.detail.rule, &statement.note),
        })
        .collect();
    let mut reports = store.reports_by(&viewer.id).await?;
    reports.reverse();
    reports.truncate(REPORTS);
    let reported: Vec<i64> = reports.iter().map(|report| report.0).collect();
    let threads: HashMap<i64, i64> = match reported.is_empty() {
        true => HashMap::new(),
        false => store
            .comments(&reported, Reader::of(actor))
            .await?
            .into_iter()
            .map(|comment| (comment.id, comment.thread_id))
            .collect(),
    };
    let reports = reports
        .into_iter()
        .map(|(comment, reason, _, outcome, created_ms)| ReportOutcome {
            href: threads
                .get(&comment)
                .map(|thread| format!("/{lang}/discuss/{thread}/{comment}"))
                .unwrap_or_default(),
            reason: reason
                .parse::<Reason>()
                .map_or(reason, |reason| book.title(reason, None)),
            when: minute(created_ms),
            outcome,
        })
        .collect();
    let standing = store.standing(&viewer.id, now_ms).await?;
    let left = standing.left();
    let mut shell = context.shell("/moderation/mine", t(lang, "mod-mine"), Nav::Account);
    shell.private = true;
    let props = MinePageProps {
        lang,
        said: None,
        decisions,
        reports,
        level: standing.level.as_str(),
        next: next_level(lang, &standing),
        left: [left.threads, left.comments, left.reports],
        held: held_back(&state, lang, Some(viewer)).await?,
    };
    Ok(context.respond(StatusCode::OK, shell, move || MinePage(props)))
}

/// What is left to the next level.
fn next_level(lang: Lang, standing: &Standing) -> Option<String> {
    let (accepted, days) = standing.level.next()?;
    let has = standing.record.age_ms / 86_400_000;
    Some(t_with(
        lang,
        "mod-level-next",
        &[
            (
                "accepted",
                (accepted - standing.record.accepted).max(0).into(),
            ),
            ("days", (days - has).max(0).into()),
        ],
    ))
}

async fn own(
    state: &AppState,
    context: &PageContext,
    path: &HashMap<String, String>,
) -> Result<Comment, PageError> {
    let id: i64 = path
        .get("comment")
        .and_then(|id| id.parse().ok())
        .ok_or(PageError::NotFound)?;
    let viewer = context.signed_in(&format!("/{}/moderation/mine/{id}", context.lang))?;
    let reader = Reader::of(actor(Some(viewer)));
    state
        .store
        .comment(id, reader)
        .await?
        .filter(|comment| comment.mine)
        .ok_or(PageError::NotFound)
}

/// Leads to what is to be said about one's own comment: the statement when it was removed, the
/// comment itself when it stands, else why it is withheld.
pub(super) async fn held(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let comment = own(&state, &context, &path).await?;
    let to = match comment.state {
        CommentState::Withheld => {
            let said = query
                .get("done")
                .filter(|done| done.as_str() == "mended")
                .map(|_| t(lang, "mod-mended"));
            let body = comment.body.clone();
            return page(&state, &context, comment, said, body, None, StatusCode::OK).await;
        }
        CommentState::Removed => match state.store.last_statement_about(comment.id).await? {
            Some(act) => format!("/{lang}/moderation/statement/{act}"),
            None => format!("/{lang}/moderation/mine"),
        },
        CommentState::Visible | CommentState::Deleted => {
            format!("/{lang}/discuss/{}/{}", comment.thread_id, comment.id)
        }
    };
    Ok(Redirect::to(&to).into_response())
}

async fn page(
    state: &AppState,
    context: &PageContext,
    comment: Comment,
    said: Option<String>,
    body: String,
    fault: Option<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let hold = state.store.hold_of(comment.id).await?;
    let (kind, findings) = hold.map_or((Hold::Premoderation, Vec::new()), |hold| hold);
    let asked = match (kind, state.store.last_statement_about(comment.id).await?) {
        (Hold::Edit, Some(act)) => Some((
            format!("/{lang}/moderation/statement/{act}"),
            comment.note.clone().unwrap_or_default(),
        )),
        _ => None,
    };
    let tail = format!("/moderation/mine/{}", comment.id);
    let mut shell = context.shell(tail.clone(), t(lang, "mod-held"), Nav::Account);
    shell.private = true;
    let props = HeldPageProps {
        lang,
        said,
        words: words(&comment),
        findings: findings.iter().map(|f| finding(lang, f)).collect(),
        asked,
        mend: (kind == Hold::Edit).then(|| format!("/{lang}{tail}")),
        body,
        fault,
        back: format!("/{lang}/discuss/{}/{}", comment.thread_id, comment.id),
    };
    Ok(context.respond(status, shell, move || HeldPage(props)))
}

pub(super) async fn mend(
    State(state): State<AppState>,
    context: PageContext,
    Path(path): Path<HashMap<String, String>>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let comment = own(&state, &context, &path).await?;
    let typed = form.get("body").cloned().unwrap_or_default();
    let actor = actor(context.viewer.as_ref());
    let (status, fault) = match text::body(&typed) {
        Err(fault) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            text_fault(lang, fault, "forum-fault-body-empty"),
        ),
        Ok(body) if body == comment.body => {
            (StatusCode::UNPROCESSABLE_ENTITY, t(lang, "mod-mend-same"))
        }
        Ok(body) => {
            let now_ms = state.clock.now_ms();
            let mended = state
                .store
                .mend_comment(actor, comment.id, &body, now_ms)
                .await;
            match mended {
                Ok(()) => {
                    let to = format!("/{lang}/moderation/mine/{}?done=mended", comment.id);
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(ForumError::MendedBefore) => {
                    (StatusCode::CONFLICT, t(lang, "mod-fault-mended"))
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    page(&state, &context, comment, None, typed, Some(fault), status).await
}

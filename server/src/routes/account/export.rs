//! `GET /{lang}/account/export`: everything that is stored about the account, as JSON.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use partake_core::forum::CommentState;
use partake_store::forum::Vote;
use serde_json::json;

use crate::{error::PageError, page::PageContext, routes::discuss::rfc3339, state::AppState};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
) -> Result<Response, PageError> {
    let viewer = context.signed_in(&format!("/{}/account", context.lang))?;
    let account = state
        .store
        .account_by_id(&viewer.id)
        .await?
        .ok_or(PageError::NotFound)?;
    let comments: Vec<_> = state
        .store
        .all_contributions(&viewer.id)
        .await?
        .into_iter()
        .map(|c| {
            json!({
                "comment": c.comment.to_string(),
                "thread": c.thread.to_string(),
                "thread_title": c.thread_title.text(),
                "opens_thread": c.opens,
                "body": c.body,
                "state": c.state,
                "public": c.state == CommentState::Visible,
                "reason": c.reason,
                "moderator_note": c.note,
                "created_at": rfc3339(c.created_ms),
                "edited_at": c.edited_ms.map(rfc3339),
            })
        })
        .collect();
    let reports: Vec<_> = state
        .store
        .reports_by(&viewer.id)
        .await?
        .into_iter()
        .map(|(comment, reason, note, outcome, created_ms)| {
            json!({
                "comment": comment.to_string(),
                "reason": reason,
                "note": note,
                "outcome": outcome,
                "created_at": rfc3339(created_ms),
            })
        })
        .collect();
    let votes: Vec<_> = state
        .store
        .votes_of(&viewer.id)
        .await?
        .into_iter()
        .map(|(comment, vote)| {
            let vote = if vote == Vote::Up { "up" } else { "down" };
            json!({ "comment": comment.to_string(), "vote": vote })
        })
        .collect();
    let now = state.clock.now_ms();
    let sessions: Vec<_> = state
        .store
        .sessions_of(&viewer.id, now)
        .await?
        .into_iter()
        .map(|session| json!({ "created_on": session.created, "last_used_on": session.used }))
        .collect();
    let decisions: Vec<_> = state
        .store
        .statements_of(&viewer.id)
        .await?
        .into_iter()
        .map(|statement| {
            let appeal = statement.appeal.map(|appeal| {
                json!({
                    "body": appeal.body,
                    "state": appeal.state.as_str(),
                    "answer": appeal.answer,
                    "created_at": rfc3339(appeal.created_ms),
                })
            });
            json!({
                "act": statement.kind.as_str(),
                "reason": statement.reason,
                "rule_version": statement.detail.rule,
                "sentence": statement.note,
                "comment": statement.comment.map(|id| id.to_string()),
                "created_at": rfc3339(statement.created_ms),
                "appeal": appeal,
            })
        })
        .collect();
    let mail = state.store.mail_of(&viewer.id).await?.map(|mail| {
        json!({
            "address": mail.address,
            "language": mail.lang,
            "confirmed": mail.confirmed,
            "given_at": rfc3339(mail.asked_ms),
        })
    });
    let body = json!({
        "handle": account.handle,
        "role": account.role,
        "suspended": account.suspended,
        "created_at": rfc3339(account.created_ms),
        "second_step": state.store.second_step(&viewer.id).await?.is_some(),
        "recovery_codes_left": state.store.recovery_codes_left(&viewer.id).await?,
        "sessions": sessions,
        "mail": mail,
        "comments": comments,
        "reports": reports,
        "votes": votes,
        "decisions": decisions,
    });
    let headers = [
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"partake-account.json\"",
        ),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, Json(body)).into_response())
}

//! `/{lang}/account/sessions`: where the account is signed in, and ending it there.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::account::{SessionView, SessionsPage, SessionsPageProps},
    shell::Nav,
};
use partake_store::Sessions;
use tower_sessions::Session;

use super::home::never_kept;
use crate::{error::PageError, page::PageContext, state::AppState};

fn key(session: &Session) -> String {
    session
        .id()
        .map(|id| Sessions::key(&id))
        .unwrap_or_default()
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/account/sessions"))?;
    let own = key(&session);
    let now = state.clock.now_ms();
    let today = state.clock.today().to_string();
    let mut sessions: Vec<SessionView> = state
        .store
        .sessions_of(&viewer.id, now)
        .await?
        .into_iter()
        .map(|days| {
            let this = days.key == own;
            // Written down with the answer to this very request.
            let used = if this { Some(today.clone()) } else { days.used };
            SessionView {
                this,
                key: days.key,
                created: days.created.unwrap_or_default(),
                used: used.unwrap_or_default(),
            }
        })
        .collect();
    sessions.sort_by_key(|session| !session.this);
    let said = match query.get("done").map(String::as_str) {
        Some("ended") => Some(t(lang, "account-session-ended")),
        Some("others") => Some(t(lang, "account-sessions-others-ended")),
        _ => None,
    };
    let mut shell = context.shell(
        "/account/sessions",
        t(lang, "account-sessions"),
        Nav::Account,
    );
    shell.private = true;
    let props = SessionsPageProps {
        lang,
        said,
        sessions,
    };
    let mut response = context.respond(StatusCode::OK, shell, move || SessionsPage(props));
    never_kept(&mut response);
    Ok(response)
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let list = format!("/{lang}/account/sessions");
    let viewer = context.signed_in(&list)?;
    let done = match form.get("end").map(String::as_str) {
        Some("others") => {
            let own = key(&session);
            state.store.end_other_sessions(&viewer.id, &own).await?;
            "others"
        }
        // One that has ended meanwhile is as ended as the person wants it.
        Some(named) => {
            state.store.end_session(&viewer.id, named).await?;
            "ended"
        }
        None => return Err(PageError::BadRequest),
    };
    Ok(Redirect::to(&format!("{list}?done={done}")).into_response())
}

//! `POST /{lang}/account/sign-in`.

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{i18n::t, pages::account::Draft};
use serde::Deserialize;
use tower_sessions::Session;

use super::{Enter, faults, safe_path};
use crate::{
    auth::{KeptDraft, SignInFault, sign_in, start_session},
    error::{PageError, percent_encode},
    extract::ClientAddress,
    page::PageContext,
    state::AppState,
};

#[derive(Deserialize)]
pub(super) struct SignIn {
    handle: String,
    password: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    draft_title: String,
    #[serde(default)]
    draft_body: String,
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    ClientAddress(address): ClientAddress,
    Form(form): Form<SignIn>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let fault = match sign_in(&state, address, &form.handle, &form.password).await {
        Ok(account) => {
            let signed_in = start_session(&state.store, &session, &account.id).await?;
            let next = safe_path(lang, &form.next);
            return follow(
                &session,
                &next,
                form.draft_title,
                form.draft_body,
                signed_in,
                lang,
            )
            .await;
        }
        Err(SignInFault::Page(error)) => return Err(error),
        Err(fault) => fault,
    };
    let (status, text, wait) = match fault {
        SignInFault::TooMany(seconds) => (
            StatusCode::TOO_MANY_REQUESTS,
            faults::seconds(lang, "account-too-many", seconds),
            Some(seconds),
        ),
        _ => (
            StatusCode::UNPROCESSABLE_ENTITY,
            t(lang, "account-wrong"),
            None,
        ),
    };
    let page = Enter {
        next: form.next,
        handle: form.handle,
        sign_in_fault: Some(text),
        draft: draft(form.draft_title, form.draft_body),
        ..Enter::default()
    };
    Ok(retry_after(page.page(&context, status), wait))
}

pub(super) fn draft(title: String, body: String) -> Option<Draft> {
    (!title.is_empty() || !body.is_empty()).then_some(Draft { title, body })
}

pub(super) fn retry_after(mut response: Response, seconds: Option<u64>) -> Response {
    if let Some(seconds) = seconds {
        response
            .headers_mut()
            .insert(axum::http::header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Goes where the person was going, with what they were writing.
pub(super) async fn follow(
    session: &Session,
    next: &str,
    title: String,
    body: String,
    signed_in: bool,
    lang: partake_core::lang::Lang,
) -> Result<Response, PageError> {
    if !title.is_empty() || !body.is_empty() {
        KeptDraft {
            path: next.to_owned(),
            title,
            body,
        }
        .keep(session)
        .await?;
    }
    let to = if signed_in {
        next.to_owned()
    } else {
        format!(
            "/{lang}/account/first-password?next={}",
            percent_encode(next)
        )
    };
    Ok(Redirect::to(&to).into_response())
}

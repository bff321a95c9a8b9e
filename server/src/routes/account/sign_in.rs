//! `POST /{lang}/account/sign-in`.

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{i18n::t, pages::account::Draft};
use partake_core::lang::Lang;
use serde::Deserialize;
use tower_sessions::Session;

use super::{Enter, faults, safe_path};
use crate::{
    auth::{Entered, KeptDraft, SignInFault, enter, sign_in},
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
            let entered = enter(&state, &session, &account).await?;
            let next = safe_path(lang, &form.next);
            keep_draft(&session, &next, form.draft_title, form.draft_body).await?;
            return Ok(onward(lang, entered, &next));
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

/// Keeps what was being written for the page it belongs to.
pub(super) async fn keep_draft(
    session: &Session,
    next: &str,
    title: String,
    body: String,
) -> Result<(), PageError> {
    if title.is_empty() && body.is_empty() {
        return Ok(());
    }
    KeptDraft {
        path: next.to_owned(),
        title,
        body,
    }
    .keep(session)
    .await
}

/// Goes to `next`, or first to what is still missing.
pub(super) fn onward(lang: Lang, entered: Entered, next: &str) -> Response {
    let stop = match entered {
        Entered::SignedIn => return Redirect::to(next).into_response(),
        Entered::StepMissing => "two-step",
        Entered::FirstPassword => "first-password",
        Entered::SecondStep => "second-step",
    };
    let next = percent_encode(next);
    Redirect::to(&format!("/{lang}/account/{stop}?next={next}")).into_response()
}

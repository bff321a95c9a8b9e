//! `POST /{lang}/account/sign-up`.

use axum::{Form, extract::State, http::StatusCode, response::Response};
use partake_app::i18n::t;
use partake_core::forum::{Handle, Role, password};
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    Enter, faults,
    recovery_codes::show_once,
    safe_path,
    sign_in::{draft, keep_draft, retry_after},
};
use crate::{
    auth::{FreshCodes, Limit, begin_session, network, new_account},
    error::PageError,
    extract::ClientAddress,
    page::PageContext,
    state::AppState,
};

#[derive(Deserialize)]
pub(super) struct SignUp {
    handle: String,
    password: String,
    #[serde(default)]
    again: String,
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
    Form(form): Form<SignUp>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let mut page = Enter {
        next: form.next.clone(),
        new_handle: form.handle.clone(),
        draft: draft(form.draft_title.clone(), form.draft_body.clone()),
        ..Enter::default()
    };
    let handle = match Handle::parse(&form.handle) {
        Ok(handle) if state.store.account_by_handle(handle.key()).await?.is_some() => {
            page.handle_fault = Some(t(lang, "account-handle-taken"));
            None
        }
        Ok(handle) => Some(handle),
        Err(fault) => {
            page.handle_fault = Some(faults::handle(lang, fault));
            None
        }
    };
    let chosen = match password::choose(&form.password, &form.handle) {
        Ok(chosen) => Some(chosen),
        Err(fault) => {
            page.password_fault = Some(faults::password(lang, fault));
            None
        }
    };
    if chosen.is_some() && form.again != form.password {
        page.again_fault = Some(t(lang, "account-password-differs"));
    }
    let (Some(handle), Some(chosen), None) = (handle, chosen, &page.again_fault) else {
        return Ok(page.page(&context, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let now = state.clock.now_ms();
    if let Some(address) = address
        && let Err(seconds) = state
            .auth
            .limits
            .take(Limit::SignUpAddress, network(address), now)
    {
        page.handle_fault = Some(faults::seconds(lang, "account-sign-up-too-many", seconds));
        let page = page.page(&context, StatusCode::TOO_MANY_REQUESTS);
        return Ok(retry_after(page, Some(seconds)));
    }
    let hash = state.auth.passwords.hash(chosen).await?;
    let id = match new_account(&state.store, &handle, hash, Role::Member, now).await {
        Ok(id) => id,
        // Somebody took it between the question and the answer.
        Err(PageError::Conflict) => {
            page.handle_fault = Some(t(lang, "account-handle-taken"));
            return Ok(page.page(&context, StatusCode::UNPROCESSABLE_ENTITY));
        }
        Err(error) => return Err(error),
    };
    begin_session(&session, &id).await?;
    let next = safe_path(lang, &form.next);
    keep_draft(&session, &next, form.draft_title, form.draft_body).await?;
    let codes = FreshCodes::draw(&state.store, &id).await?;
    show_once(&state, lang, &codes, "signed-up", &next)
}

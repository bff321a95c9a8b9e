//! `/{lang}/account/delete`.

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::account::{DeletePage, DeletePageProps},
    shell::Nav,
};
use partake_core::forum::Role;
use partake_store::StoreError;
use serde::Deserialize;
use tower_sessions::Session;

use super::{faults, sign_in::retry_after};
use crate::{
    auth::{SignInFault, sign_in, sign_out},
    error::PageError,
    extract::ClientAddress,
    page::PageContext,
    state::AppState,
};

#[derive(Deserialize)]
pub(super) struct Delete {
    #[serde(default)]
    current: String,
    /// `erase` or `keep` what was written.
    #[serde(default)]
    words: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
) -> Result<Response, PageError> {
    let viewer = context.signed_in(&format!("/{}/account/delete", context.lang))?;
    let last_owner = state.store.is_last_owner(&viewer.id).await?;
    Ok(page(&context, None, "", last_owner, StatusCode::OK))
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    ClientAddress(address): ClientAddress,
    Form(form): Form<Delete>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/account/delete"))?;
    if state.store.is_last_owner(&viewer.id).await? {
        return Ok(page(&context, None, "", true, StatusCode::CONFLICT));
    }
    match sign_in(&state, address, &viewer.handle, &form.current).await {
        Ok(account) => {
            match state.store.change_role(&account.id, Role::Member).await {
                // Another owner left at the same moment.
                Err(StoreError::LastOwner) => {
                    return Ok(page(&context, None, "", true, StatusCode::CONFLICT));
                }
                changed => changed?,
            }
            if form.words == "erase" {
                let now = state.clock.now_ms();
                state.store.erase_words(&account.id, now).await?;
            }
            state.store.delete_account(&account.id).await?;
            sign_out(&session).await?;
            Ok(Redirect::to(&format!("/{lang}/account?done=deleted")).into_response())
        }
        Err(SignInFault::Wrong) => {
            let fault = Some(t(lang, "account-password-wrong"));
            Ok(page(
                &context,
                fault,
                &form.words,
                false,
                StatusCode::UNPROCESSABLE_ENTITY,
            ))
        }
        Err(SignInFault::TooMany(seconds)) => {
            let fault = Some(faults::seconds(lang, "account-too-many", seconds));
            let page = page(
                &context,
                fault,
                &form.words,
                false,
                StatusCode::TOO_MANY_REQUESTS,
            );
            Ok(retry_after(page, Some(seconds)))
        }
        Err(SignInFault::Page(error)) => Err(error),
    }
}

fn page(
    context: &PageContext,
    fault: Option<String>,
    words: &str,
    last_owner: bool,
    status: StatusCode,
) -> Response {
    let lang = context.lang;
    let mut shell = context.shell(
        "/account/delete",
        t(lang, "account-delete-heading"),
        Nav::Account,
    );
    shell.private = true;
    let props = DeletePageProps {
        lang,
        fault,
        erase: words == "erase",
        last_owner,
    };
    context.respond(status, shell, move || DeletePage(props))
}

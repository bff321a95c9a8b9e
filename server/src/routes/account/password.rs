//! `/{lang}/account/password` and `/{lang}/account/first-password`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::account::{PasswordPage, PasswordPageProps},
    shell::Nav,
};
use partake_core::forum::password;
use partake_store::accounts::Account;
use serde::Deserialize;
use tower_sessions::Session;

use super::{faults, home::never_kept, safe_path, sign_in::onward};
use crate::{
    auth::{Entered, SignInFault, begin_session, enter, sign_in, waiting},
    error::PageError,
    extract::ClientAddress,
    page::PageContext,
    state::AppState,
};

#[derive(Deserialize)]
pub(super) struct Change {
    #[serde(default)]
    current: String,
    password: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    next: String,
}

#[derive(Default)]
struct Faults {
    current: Option<String>,
    new: Option<String>,
    again: Option<String>,
}

pub(super) async fn show(context: PageContext) -> Result<Response, PageError> {
    context.signed_in(&format!("/{}/account/password", context.lang))?;
    Ok(page(
        &context,
        false,
        String::new(),
        Faults::default(),
        StatusCode::OK,
    ))
}

pub(super) async fn show_first(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let waiting = waiting(&state, &session, Entered::FirstPassword).await?;
    if waiting.is_none() {
        return Ok(Redirect::to(&format!("/{}/account", context.lang)).into_response());
    }
    let next = query.get("next").cloned().unwrap_or_default();
    Ok(page(
        &context,
        true,
        next,
        Faults::default(),
        StatusCode::OK,
    ))
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    ClientAddress(address): ClientAddress,
    Form(form): Form<Change>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context
        .signed_in(&format!("/{lang}/account/password"))?
        .clone();
    let mut faults = Faults::default();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let account = match sign_in(&state, address, &viewer.handle, &form.current).await {
        Ok(account) => Some(account),
        Err(SignInFault::Page(error)) => return Err(error),
        Err(SignInFault::Wrong) => {
            faults.current = Some(t(lang, "account-password-wrong"));
            None
        }
        Err(SignInFault::TooMany(seconds)) => {
            status = StatusCode::TOO_MANY_REQUESTS;
            faults.current = Some(faults::seconds(lang, "account-too-many", seconds));
            None
        }
    };
    match (
        account,
        chosen(&context, &form, &viewer.handle, &mut faults),
    ) {
        (Some(account), Some(new)) => {
            store(&state, &account, new).await?;
            begin_session(&session, &account.id).await?;
            Ok(Redirect::to(&format!("/{lang}/account?done=password")).into_response())
        }
        _ => Ok(page(&context, false, String::new(), faults, status)),
    }
}

pub(super) async fn act_first(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    Form(form): Form<Change>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let account = match waiting(&state, &session, Entered::FirstPassword).await? {
        Some(waiting) => state.store.account_by_id(&waiting.account).await?,
        None => None,
    };
    let Some(account) = account else {
        return Ok(Redirect::to(&format!("/{lang}/account")).into_response());
    };
    let mut faults = Faults::default();
    let Some(new) = chosen(&context, &form, &account.handle, &mut faults) else {
        let next = form.next;
        return Ok(page(
            &context,
            true,
            next,
            faults,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    };
    // The password that somebody else knows would otherwise stay.
    let same = state
        .auth
        .passwords
        .verify(new.clone(), Some(&account.password_hash))
        .await?;
    if same {
        faults.new = Some(t(lang, "account-first-text"));
        let next = form.next;
        return Ok(page(
            &context,
            true,
            next,
            faults,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    store(&state, &account, new).await?;
    let entered = enter(&state, &session, &account).await?;
    Ok(onward(lang, entered, &safe_path(lang, &form.next)))
}

fn chosen(
    context: &PageContext,
    form: &Change,
    handle: &str,
    faults: &mut Faults,
) -> Option<String> {
    let lang = context.lang;
    match password::choose(&form.password, handle) {
        Ok(new) if form.again == form.password => Some(new),
        Ok(_) => {
            faults.again = Some(t(lang, "account-password-differs"));
            None
        }
        Err(fault) => {
            faults.new = Some(faults::password(lang, fault));
            None
        }
    }
}

/// Stores the password and ends every session of the account.
pub(super) async fn store(
    state: &AppState,
    account: &Account,
    new: String,
) -> Result<(), PageError> {
    let hash = state.auth.passwords.hash(new).await?;
    state.store.set_password(&account.id, &hash).await?;
    state.store.set_password_due(&account.id, false).await?;
    state.store.delete_sessions_of(&account.id).await?;
    Ok(())
}

fn page(
    context: &PageContext,
    first: bool,
    next: String,
    faults: Faults,
    status: StatusCode,
) -> Response {
    let lang = context.lang;
    let heading = if first {
        "account-first-heading"
    } else {
        "account-change-password"
    };
    let path = if first {
        "/account/first-password"
    } else {
        "/account/password"
    };
    let mut shell = context.shell(path, t(lang, heading), Nav::Account);
    shell.private = true;
    let props = PasswordPageProps {
        lang,
        next,
        first,
        current_fault: faults.current,
        new_fault: faults.new,
        again_fault: faults.again,
    };
    let mut response = context.respond(status, shell, move || PasswordPage(props));
    never_kept(&mut response);
    response
}

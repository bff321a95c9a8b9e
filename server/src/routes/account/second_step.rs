//! `/{lang}/account/second-step`: the code that is asked for after the password.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::account::{SecondStepPage, SecondStepPageProps},
    shell::Nav,
};
use tower_sessions::Session;

use super::{faults, home::never_kept, safe_path, sign_in::retry_after};
use crate::{
    auth::{Entered, Limit, begin_session, second_step, waiting},
    error::PageError,
    page::PageContext,
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let waiting = waiting(&state, &session, Entered::SecondStep).await?;
    if waiting.is_none() {
        return Ok(Redirect::to(&format!("/{}/account", context.lang)).into_response());
    }
    let next = query.get("next").cloned().unwrap_or_default();
    Ok(page(&context, next, None, StatusCode::OK))
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let next = field("next").to_owned();
    let account = match waiting(&state, &session, Entered::SecondStep).await? {
        Some(waiting) => state.store.account_by_id(&waiting.account).await?,
        None => None,
    };
    let Some(account) = account else {
        return Ok(Redirect::to(&format!("/{lang}/account")).into_response());
    };
    let now = state.clock.now_ms();
    let limits = &state.auth.limits;
    if let Err(seconds) = limits.take(Limit::SecondStep, account.id.as_str(), now) {
        let fault = faults::seconds(lang, "account-too-many", seconds);
        let page = page(&context, next, Some(fault), StatusCode::TOO_MANY_REQUESTS);
        return Ok(retry_after(page, Some(seconds)));
    }
    // Taken off meanwhile: the password was enough.
    let accepted = match state.store.second_step(&account.id).await? {
        Some(factor) => {
            second_step::accept(&state.store, &account.id, &factor, field("code"), now).await?
        }
        None => true,
    };
    if !accepted {
        let fault = t(lang, "account-step-wrong");
        return Ok(page(
            &context,
            next,
            Some(fault),
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    limits.forgive(Limit::SecondStep, account.id.as_str());
    begin_session(&session, &account.id).await?;
    Ok(Redirect::to(&safe_path(lang, &next)).into_response())
}

fn page(
    context: &PageContext,
    next: String,
    fault: Option<String>,
    status: StatusCode,
) -> Response {
    let lang = context.lang;
    let mut shell = context.shell(
        "/account/second-step",
        t(lang, "account-step"),
        Nav::Account,
    );
    shell.private = true;
    let props = SecondStepPageProps { lang, next, fault };
    let mut response = context.respond(status, shell, move || SecondStepPage(props));
    never_kept(&mut response);
    response
}

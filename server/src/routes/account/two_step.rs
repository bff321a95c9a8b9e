//! `/{lang}/account/two-step`: setting up the second step of signing in, and taking it off.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::account::{TwoStepPage, TwoStepPageProps, TwoStepState},
    shell::Nav,
};
use tower_sessions::Session;

use super::{faults, home::never_kept, recovery_codes::show_once, sign_in::retry_after};
use crate::{
    auth::{FreshCodes, Limit, SignInFault, begin_session, second_step, sign_in},
    error::PageError,
    extract::{ClientAddress, ViewerAccount},
    page::PageContext,
    state::AppState,
};

/// Session key of a secret that no code has confirmed yet.
const SETUP_KEY: &str = "step_setup";

#[derive(Default)]
struct Faults {
    current: Option<String>,
    code: Option<String>,
    wait: Option<u64>,
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/account/two-step"))?;
    let said = match query.get("done").map(String::as_str) {
        Some("on") => Some(t(lang, "account-two-step-on-said")),
        Some("off") => Some(t(lang, "account-two-step-off-said")),
        _ => None,
    };
    let faults = Faults::default();
    page(&state, &context, &session, viewer, said, faults).await
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    ClientAddress(address): ClientAddress,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let here = format!("/{lang}/account/two-step");
    let viewer = context.signed_in(&here)?;
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    match field("act") {
        "start" => {
            let secret = second_step::new_secret().map_err(PageError::internal)?;
            session
                .insert(SETUP_KEY, secret)
                .await
                .map_err(PageError::internal)?;
            return Ok(Redirect::to(&here).into_response());
        }
        "cancel" => {
            forget(&session).await?;
            return Ok(Redirect::to(&here).into_response());
        }
        "confirm" | "off" => {}
        _ => return Err(PageError::BadRequest),
    }
    let mut faults = Faults::default();
    match sign_in(&state, address, &viewer.handle, field("current")).await {
        Ok(_) => {}
        Err(SignInFault::Page(error)) => return Err(error),
        Err(SignInFault::Wrong) => faults.current = Some(t(lang, "account-password-wrong")),
        Err(SignInFault::TooMany(seconds)) => {
            faults.current = Some(faults::seconds(lang, "account-too-many", seconds));
            faults.wait = Some(seconds);
        }
    }
    let now = state.clock.now_ms();
    let limits = &state.auth.limits;
    if faults.current.is_none()
        && let Err(seconds) = limits.take(Limit::SecondStep, viewer.id.as_str(), now)
    {
        faults.code = Some(faults::seconds(lang, "account-too-many", seconds));
        faults.wait = Some(seconds);
    }
    if faults.current.is_some() || faults.code.is_some() {
        return page(&state, &context, &session, viewer, None, faults).await;
    }
    let done = if field("act") == "confirm" {
        confirm(&state, &session, viewer, field("code"), now).await?
    } else {
        take_off(&state, viewer, field("code"), now).await?
    };
    if !done {
        faults.code = Some(t(lang, "account-step-wrong"));
        return page(&state, &context, &session, viewer, None, faults).await;
    }
    limits.forgive(Limit::SecondStep, viewer.id.as_str());
    // Other sessions began under other conditions.
    state.store.delete_sessions_of(&viewer.id).await?;
    begin_session(&session, &viewer.id).await?;
    if field("act") == "off" {
        return Ok(Redirect::to(&format!("{here}?done=off")).into_response());
    }
    let on = format!("{here}?done=on");
    // Without a code left, a lost telephone would be a lost account.
    if state.store.recovery_codes_left(&viewer.id).await? == 0 {
        let codes = FreshCodes::draw(&state.store, &viewer.id).await?;
        return show_once(&state, lang, &codes, "drawn", &on);
    }
    Ok(Redirect::to(&on).into_response())
}

async fn confirm(
    state: &AppState,
    session: &Session,
    viewer: &ViewerAccount,
    code: &str,
    now: i64,
) -> Result<bool, PageError> {
    let Some(secret) = setup(session).await? else {
        return Ok(false);
    };
    let Some(step) = second_step::step_of(&secret, code, now) else {
        return Ok(false);
    };
    state
        .store
        .set_second_step(&viewer.id, &secret, step)
        .await?;
    forget(session).await?;
    Ok(true)
}

async fn take_off(
    state: &AppState,
    viewer: &ViewerAccount,
    code: &str,
    now: i64,
) -> Result<bool, PageError> {
    let Some(factor) = state.store.second_step(&viewer.id).await? else {
        return Ok(true);
    };
    let store = &state.store;
    Ok(
        second_step::accept(store, &viewer.id, &factor, code, now).await?
            && store.remove_second_step(&viewer.id).await?,
    )
}

async fn setup(session: &Session) -> Result<Option<Vec<u8>>, PageError> {
    session.get(SETUP_KEY).await.map_err(PageError::internal)
}

async fn forget(session: &Session) -> Result<(), PageError> {
    session
        .remove_value(SETUP_KEY)
        .await
        .map_err(PageError::internal)?;
    Ok(())
}

async fn page(
    state: &AppState,
    context: &PageContext,
    session: &Session,
    viewer: &ViewerAccount,
    said: Option<String>,
    faults: Faults,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let now = if state.store.second_step(&viewer.id).await?.is_some() {
        TwoStepState::On
    } else if let Some(secret) = setup(session).await? {
        let site = t(lang, "shell-name");
        let shown = second_step::enrolment(&secret, &site, &viewer.handle)?;
        TwoStepState::SettingUp {
            text: shown.text,
            uri: shown.uri,
            picture: shown.picture,
        }
    } else {
        TwoStepState::Off
    };
    let status = match (
        faults.wait,
        faults.current.is_some() || faults.code.is_some(),
    ) {
        (Some(_), _) => StatusCode::TOO_MANY_REQUESTS,
        (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, false) => StatusCode::OK,
    };
    let mut shell = context.shell(
        "/account/two-step",
        t(lang, "account-two-step"),
        Nav::Account,
    );
    shell.private = true;
    let props = TwoStepPageProps {
        lang,
        said,
        now,
        missing: viewer.step_missing,
        current_fault: faults.current,
        code_fault: faults.code,
    };
    let mut response = context.respond(status, shell, move || TwoStepPage(props));
    never_kept(&mut response);
    Ok(retry_after(response, faults.wait))
}

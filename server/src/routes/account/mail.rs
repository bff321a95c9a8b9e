//! `/{lang}/account/mail`: having notices sent by mail, and no longer.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use lettre::Address;
use partake_app::{
    i18n::t,
    pages::account::{MailPage, MailPageProps, MailState},
    shell::Nav,
};

use super::{faults, home::never_kept, sign_in::retry_after};
use crate::{
    auth::Limit,
    error::{PageError, percent_encode},
    extract::ViewerAccount,
    mail::Link,
    page::PageContext,
    state::AppState,
};

/// Longest address that mail knows.
const LONGEST: usize = 254;

#[derive(Default)]
struct Typed {
    address: String,
    fault: Option<String>,
    wait: Option<u64>,
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let token = query.get("token").map(String::as_str).unwrap_or_default();
    let here = match token {
        "" => format!("/{lang}/account/mail"),
        token => format!("/{lang}/account/mail?token={}", percent_encode(token)),
    };
    let viewer = context.signed_in(&here)?;
    let said = match query.get("done").map(String::as_str) {
        Some("asked") => Some(t(lang, "mail-asked")),
        Some("confirmed") => Some(t(lang, "mail-confirmed")),
        Some("forgotten") => Some(t(lang, "mail-forgotten")),
        Some("stale") => Some(t(lang, "mail-stale")),
        _ => None,
    };
    page(&state, &context, viewer, said, token, Typed::default()).await
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let here = format!("/{lang}/account/mail");
    let viewer = context.signed_in(&here)?;
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let now_ms = state.clock.now_ms();
    let done = match field("act") {
        "ask" if state.mail.is_some() => {
            let typed = field("address").trim().to_owned();
            if let Err(refused) = ask(&state, &context, viewer, typed, now_ms).await? {
                return page(&state, &context, viewer, None, "", refused).await;
            }
            "asked"
        }
        "confirm" => match Link::open(&state.seal, field("token"), now_ms) {
            Some(link) if link.account == viewer.id => {
                let confirmed = state
                    .store
                    .confirm_mail(&link.account, &link.address, link.asked_ms, now_ms)
                    .await?;
                if confirmed { "confirmed" } else { "stale" }
            }
            _ => "stale",
        },
        "forget" => {
            state.store.forget_mail(&viewer.id).await?;
            "forgotten"
        }
        _ => return Err(PageError::BadRequest),
    };
    Ok(Redirect::to(&format!("{here}?done={done}")).into_response())
}

/// Remembers the address, unless it is none or mail was asked for too often.
async fn ask(
    state: &AppState,
    context: &PageContext,
    viewer: &ViewerAccount,
    typed: String,
    now_ms: i64,
) -> Result<Result<(), Typed>, PageError> {
    let lang = context.lang;
    if typed.len() > LONGEST || typed.parse::<Address>().is_err() {
        return Ok(Err(Typed {
            address: typed,
            fault: Some(t(lang, "mail-fault-address")),
            wait: None,
        }));
    }
    let limits = &state.auth.limits;
    // Neither may one person have many written to, nor many one.
    let taken = limits
        .take(Limit::MailAccount, viewer.id.as_str(), now_ms)
        .and_then(|()| limits.take(Limit::MailAddress, typed.to_lowercase(), now_ms));
    if let Err(seconds) = taken {
        return Ok(Err(Typed {
            address: typed,
            fault: Some(faults::seconds(lang, "mail-too-many", seconds)),
            wait: Some(seconds),
        }));
    }
    state
        .store
        .ask_mail(&viewer.id, &typed, lang, now_ms)
        .await?;
    Ok(Ok(()))
}

async fn page(
    state: &AppState,
    context: &PageContext,
    viewer: &ViewerAccount,
    said: Option<String>,
    token: &str,
    typed: Typed,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let link = Link::open(&state.seal, token, state.clock.now_ms())
        .filter(|link| link.account == viewer.id);
    let now = match (state.store.mail_of(&viewer.id).await?, link) {
        (Some(mail), Some(link)) if !mail.confirmed && mail.asked_ms == link.asked_ms => {
            MailState::ToConfirm {
                address: mail.address,
                token: token.to_owned(),
            }
        }
        (Some(mail), _) if mail.confirmed => MailState::On(mail.address),
        (Some(mail), _) => MailState::Waits(mail.address),
        (None, _) => MailState::Off,
    };
    let status = match (&typed.fault, typed.wait) {
        (_, Some(_)) => StatusCode::TOO_MANY_REQUESTS,
        (Some(_), None) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, None) => StatusCode::OK,
    };
    let mut shell = context.shell("/account/mail", t(lang, "mail-title"), Nav::Account);
    shell.private = true;
    let props = MailPageProps {
        lang,
        said,
        offered: state.mail.is_some(),
        now,
        typed: typed.address,
        fault: typed.fault,
    };
    let mut response = context.respond(status, shell, move || MailPage(props));
    never_kept(&mut response);
    Ok(retry_after(response, typed.wait))
}

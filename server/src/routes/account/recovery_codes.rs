//! `/{lang}/account/recovery-codes`: shown once after they were drawn; a new set voids the old one.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::account::{RecoveryCodesPage, RecoveryCodesPageProps},
    shell::{Module, Nav},
};
use partake_core::{
    forum::{RecoveryCode, recovery::COUNT},
    lang::Lang,
};

use super::{faults, home::never_kept, safe_path, sign_in::retry_after};
use crate::{
    auth::{FreshCodes, SignInFault, sign_in},
    error::{PageError, percent_encode},
    extract::ClientAddress,
    page::PageContext,
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/account/recovery-codes"))?;
    let config = &state.config;
    let codes = FreshCodes::received(&headers, &state.seal, config, &viewer.id).unwrap_or_default();
    let asked = query.get("next").map(String::as_str).unwrap_or_default();
    let said = (query.get("done").map(String::as_str) == Some("signed-up") && !codes.is_empty())
        .then(|| t(lang, "account-signed-up"));
    let shown = Shown {
        said,
        next: safe_path(lang, asked),
        ..Shown::default()
    };
    let mut response = page(&state, &context, codes, shown, StatusCode::OK).await?;
    response
        .headers_mut()
        .append(header::SET_COOKIE, FreshCodes::forget(config)?);
    Ok(response)
}

/// Draws a new set.
pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    ClientAddress(address): ClientAddress,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let home = format!("/{lang}/account");
    let viewer = context.signed_in(&format!("{home}/recovery-codes"))?;
    let password = form.get("current").map(String::as_str).unwrap_or_default();
    let (fault, status, wait) = match sign_in(&state, address, &viewer.handle, password).await {
        Ok(account) => {
            let codes = FreshCodes::draw(&state.store, &account.id).await?;
            return show_once(&state, lang, &codes, "drawn", &home);
        }
        Err(SignInFault::Page(error)) => return Err(error),
        Err(SignInFault::Wrong) => (
            t(lang, "account-password-wrong"),
            StatusCode::UNPROCESSABLE_ENTITY,
            None,
        ),
        Err(SignInFault::TooMany(seconds)) => (
            faults::seconds(lang, "account-too-many", seconds),
            StatusCode::TOO_MANY_REQUESTS,
            Some(seconds),
        ),
    };
    let shown = Shown {
        fault: Some(fault),
        next: home,
        ..Shown::default()
    };
    let page = page(&state, &context, Vec::new(), shown, status).await?;
    Ok(retry_after(page, wait))
}

/// Gives the codes of the page back as a file, for those without a script to make one.
pub(super) async fn file(
    context: PageContext,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let viewer = context.signed_in(&format!("/{lang}/account/recovery-codes"))?;
    let typed = form.get("codes").map(String::as_str).unwrap_or_default();
    let codes: Vec<RecoveryCode> = typed
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| PageError::BadRequest)?;
    if codes.is_empty() || codes.len() > COUNT {
        return Err(PageError::BadRequest);
    }
    let lines: Vec<String> = codes.iter().map(ToString::to_string).collect();
    let heading = t(lang, "account-codes-file");
    let text = format!("{heading}\n{}\n\n{}\n", viewer.handle, lines.join("\n"));
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"partake-recovery-codes.txt\"",
        ),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, text).into_response())
}

/// To the page that shows these codes, and then to `next`.
pub(super) fn show_once(
    state: &AppState,
    lang: Lang,
    codes: &FreshCodes,
    done: &str,
    next: &str,
) -> Result<Response, PageError> {
    let next = percent_encode(next);
    let to = format!("/{lang}/account/recovery-codes?done={done}&next={next}");
    let mut response = Redirect::to(&to).into_response();
    response
        .headers_mut()
        .append(header::SET_COOKIE, codes.send(&state.seal, &state.config)?);
    Ok(response)
}

#[derive(Default)]
struct Shown {
    said: Option<String>,
    fault: Option<String>,
    next: String,
}

async fn page(
    state: &AppState,
    context: &PageContext,
    codes: Vec<String>,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let account = context.viewer.as_ref().map(|viewer| viewer.id.as_str());
    let left = state
        .store
        .recovery_codes_left(account.unwrap_or_default())
        .await?;
    let mut shell = context.shell(
        "/account/recovery-codes",
        t(lang, "account-codes"),
        Nav::Account,
    );
    shell.private = true;
    if !codes.is_empty() {
        shell.module = Some(Module::Islands);
    }
    let props = RecoveryCodesPageProps {
        lang,
        said: shown.said,
        codes,
        left,
        fault: shown.fault,
        next: shown.next,
    };
    let mut response = context.respond(status, shell, move || RecoveryCodesPage(props));
    never_kept(&mut response);
    Ok(response)
}

//! `/{lang}/account/recover`: a recovery code instead of the password, and a new password.

use axum::{Form, extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::account::{RecoverPage, RecoverPageProps},
    shell::Nav,
};
use partake_core::forum::{RecoveryCode, handle::fold, password};
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    faults,
    home::never_kept,
    sign_in::{onward, retry_after},
};
use crate::{
    auth::{Limit, enter, network},
    error::PageError,
    extract::ClientAddress,
    page::PageContext,
    state::AppState,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Recover {
    handle: String,
    code: String,
    password: String,
    again: String,
}

#[derive(Default)]
struct Faults {
    code: Option<String>,
    new: Option<String>,
    again: Option<String>,
}

pub(super) async fn show(context: PageContext) -> Response {
    page(
        &context,
        Recover::default(),
        Faults::default(),
        StatusCode::OK,
    )
}

pub(super) async fn act(
    State(state): State<AppState>,
    context: PageContext,
    session: Session,
    ClientAddress(address): ClientAddress,
    Form(form): Form<Recover>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let mut faults = Faults::default();
    let chosen = match password::choose(&form.password, &form.handle) {
        Ok(chosen) if form.again == form.password => Some(chosen),
        Ok(_) => {
            faults.again = Some(t(lang, "account-password-differs"));
            None
        }
        Err(fault) => {
            faults.new = Some(faults::password(lang, fault));
            None
        }
    };
    let code: Option<RecoveryCode> = form.code.parse().ok();
    if code.is_none() {
        faults.code = Some(t(lang, "account-recover-malformed"));
    }
    let (Some(chosen), Some(code)) = (chosen, code) else {
        return Ok(page(
            &context,
            form,
            faults,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    };
    // No limit for each account: eighty bits are not guessed, and nobody shall be able to shut
    // somebody else's last door.
    if let Some(address) = address {
        let now = state.clock.now_ms();
        let limit = Limit::SignInAddress;
        if let Err(seconds) = state.auth.limits.take(limit, network(address), now) {
            faults.code = Some(faults::seconds(lang, "account-too-many", seconds));
            let page = page(&context, form, faults, StatusCode::TOO_MANY_REQUESTS);
            return Ok(retry_after(page, Some(seconds)));
        }
    }
    // Hashed before anything is looked up, so that every try takes as long.
    let hash = state.auth.passwords.hash(chosen).await?;
    let account = state.store.account_by_handle(&fold(&form.handle)).await?;
    let recovered = match account {
        Some(account) => {
            let used = state
                .store
                .use_recovery_code(&account.id, &code.hash(&account.id))
                .await?;
            used.then_some(account)
        }
        None => None,
    };
    let Some(account) = recovered else {
        faults.code = Some(t(lang, "account-recover-wrong"));
        return Ok(page(
            &context,
            form,
            faults,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    };
    state.store.set_password(&account.id, &hash).await?;
    state.store.set_password_due(&account.id, false).await?;
    state.store.delete_sessions_of(&account.id).await?;
    let entered = enter(&state, &session, &account).await?;
    let next = format!("/{lang}/account?done=recovered");
    Ok(onward(lang, entered, &next))
}

fn page(context: &PageContext, form: Recover, faults: Faults, status: StatusCode) -> Response {
    let lang = context.lang;
    let mut shell = context.shell("/account/recover", t(lang, "account-recover"), Nav::Account);
    shell.private = true;
    let props = RecoverPageProps {
        lang,
        handle: form.handle,
        code: form.code,
        code_fault: faults.code,
        new_fault: faults.new,
        again_fault: faults.again,
    };
    let mut response = context.respond(status, shell, move || RecoverPage(props));
    never_kept(&mut response);
    response
}

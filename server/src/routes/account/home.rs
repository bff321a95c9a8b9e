//! `GET /{lang}/account`.

use std::collections::HashMap;

use axum::{
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use partake_app::{
    i18n::t,
    pages::account::{ContributionView, HomePage, HomePageProps, Safeguards},
    shell::Nav,
    ui::Words,
};
use partake_core::{forum::markdown, lang::Lang};
use partake_store::forum::Contribution;

use super::{Enter, safe_path};
use crate::{
    error::PageError,
    extract::PageLang,
    page::PageContext,
    routes::discuss::{RuleBook, day, minute, title_text},
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let said = query.get("done").and_then(|code| said(lang, code));
    let Some(viewer) = &context.viewer else {
        let next = query
            .get("next")
            .map(|next| safe_path(lang, next))
            .unwrap_or_default();
        return Ok(Enter {
            next,
            said,
            ..Enter::default()
        }
        .page(&context, StatusCode::OK));
    };
    let account = state
        .store
        .account_by_id(&viewer.id)
        .await?
        .ok_or(PageError::NotFound)?;
    let cursor = query.get("cursor").map(String::as_str);
    let now = state.clock.now_ms();
    let mail = match state.store.mail_of(&viewer.id).await? {
        Some(mail) if mail.confirmed => Some("on"),
        Some(_) => Some("waits"),
        None => state.mail.is_some().then_some("off"),
    };
    let safeguards = Safeguards {
        codes_left: state.store.recovery_codes_left(&viewer.id).await?,
        second_step: state.store.second_step(&viewer.id).await?.is_some(),
        step_missing: viewer.step_missing,
        sessions: state.store.sessions_of(&viewer.id, now).await?.len(),
        mail,
    };
    let book = RuleBook::load(&state, lang).await?;
    let page = state.store.contributions(&viewer.id, cursor).await?;
    let mut shell = context.shell("/account", t(lang, "account-title"), Nav::Account);
    shell.private = true;
    let props = HomePageProps {
        lang,
        said,
        handle: account.handle,
        role: account.role,
        since: day(account.created_ms),
        suspended: account.suspended,
        safeguards,
        contributions: page
            .items
            .into_iter()
            .map(|c| contribution(lang, &book, c))
            .collect(),
        next: page.next,
    };
    Ok(context.respond(StatusCode::OK, shell, move || HomePage(props)))
}

/// Reloading a page that a form led to.
pub(super) async fn back(PageLang(lang): PageLang) -> Response {
    Redirect::to(&format!("/{lang}/account")).into_response()
}

/// Keeps a page with something personal out of every cache.
pub(super) fn never_kept(response: &mut Response) {
    let value = HeaderValue::from_static("private, no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
}

fn said(lang: Lang, code: &str) -> Option<String> {
    let key = match code {
        "signed-up" => "account-signed-up",
        "signed-out" => "account-signed-out",
        "password" => "account-password-changed",
        "recovered" => "account-recovered",
        "deleted" => "account-deleted",
        _ => return None,
    };
    Some(t(lang, key))
}

fn contribution(lang: Lang, book: &RuleBook, c: Contribution) -> ContributionView {
    ContributionView {
        href: format!("/{lang}/discuss/{}/{}", c.thread, c.comment),
        thread_title: title_text(lang, c.thread_title),
        opens: c.opens,
        words: Words {
            html: markdown::render(&c.body),
            lang: c.lang,
        },
        state: c.state,
        reason: c.reason.map(|reason| book.title(reason, None)),
        note: c.note,
        when: minute(c.created_ms),
        edited: c.edited_ms.is_some(),
    }
}

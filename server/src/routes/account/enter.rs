//! The page with both forms: after a mistake, with what was typed, and after an expired session,
//! with what was being written.

use axum::{http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::account::{Draft, EnterPage, EnterPageProps},
    shell::Nav,
};

use crate::page::PageContext;

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Enter {
    pub next: String,
    pub said: Option<String>,
    pub handle: String,
    pub sign_in_fault: Option<String>,
    pub new_handle: String,
    pub handle_fault: Option<String>,
    pub password_fault: Option<String>,
    pub again_fault: Option<String>,
    pub draft: Option<Draft>,
}

impl Enter {
    pub(crate) fn page(self, context: &PageContext, status: StatusCode) -> Response {
        let lang = context.lang;
        let mut shell = context.shell("/account", t(lang, "account-title"), Nav::Account);
        shell.private = true;
        let Self {
            next,
            said,
            handle,
            sign_in_fault,
            new_handle,
            handle_fault,
            password_fault,
            again_fault,
            draft,
        } = self;
        let props = EnterPageProps {
            lang,
            next,
            said,
            handle,
            sign_in_fault,
            new_handle,
            handle_fault,
            password_fault,
            again_fault,
            draft,
        };
        let mut response = context.respond(status, shell, move || EnterPage(props));
        super::home::never_kept(&mut response);
        response
    }
}

/// The way to sign in for somebody who was writing, without losing what they wrote.
pub(crate) fn with_draft(context: &PageContext, next: &str, title: &str, body: &str) -> Response {
    let draft = Draft {
        title: title.to_owned(),
        body: body.to_owned(),
    };
    Enter {
        next: next.to_owned(),
        draft: Some(draft),
        ..Enter::default()
    }
    .page(context, StatusCode::UNAUTHORIZED)
}

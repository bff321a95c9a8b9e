//! Why something was not written, in words and with its status.

use axum::http::StatusCode;
use partake_app::{
    charts::counted,
    i18n::{t, t_with},
};
use partake_core::{
    forum::{Denied, TextFault},
    lang::Lang,
};
use partake_store::forum::ForumError;

use super::when::span;
use crate::{auth::Limit, error::PageError, extract::ViewerAccount, state::AppState};

/// A refusal that keeps what was typed.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) text: String,
    pub(super) wait: Option<u64>,
}

impl Refusal {
    /// The refusal, or the error if there is nothing to keep the text for.
    pub(super) fn of(lang: Lang, error: ForumError) -> Result<Self, PageError> {
        let (status, key) = match error {
            ForumError::Denied(Denied::Locked) => (StatusCode::CONFLICT, "forum-fault-locked"),
            ForumError::Denied(Denied::Gone) => (StatusCode::CONFLICT, "forum-fault-gone"),
            ForumError::Denied(Denied::Suspended) => {
                (StatusCode::FORBIDDEN, "forum-fault-suspended")
            }
            ForumError::Denied(Denied::Banned) => (StatusCode::FORBIDDEN, "mod-fault-banned"),
            ForumError::Denied(Denied::Silenced) => (StatusCode::FORBIDDEN, "mod-fault-silenced"),
            ForumError::Denied(Denied::Unacknowledged) => {
                (StatusCode::FORBIDDEN, "mod-fault-unacknowledged")
            }
            ForumError::Slow(seconds) => {
                return Ok(Self {
                    status: StatusCode::TOO_MANY_REQUESTS,
                    text: t_with(
                        lang,
                        "mod-fault-slow",
                        &[("span", span(lang, seconds).into())],
                    ),
                    wait: u64::try_from(seconds).ok(),
                });
            }
            ForumError::Denied(Denied::Yours) => (StatusCode::FORBIDDEN, "forum-fault-yours"),
            ForumError::TooDeep => (StatusCode::UNPROCESSABLE_ENTITY, "forum-fault-too-deep"),
            other => return Err(other.into()),
        };
        Ok(Self {
            status,
            text: t(lang, key),
            wait: None,
        })
    }

    pub(super) fn text(lang: Lang, fault: TextFault) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            text: text_fault(lang, fault, "forum-fault-body-empty"),
            wait: None,
        }
    }

    /// Takes one of the account's turns to write.
    pub(super) fn turn(state: &AppState, lang: Lang, viewer: &ViewerAccount) -> Result<(), Self> {
        let now = state.clock.now_ms();
        state
            .auth
            .limits
            .take(Limit::Write, viewer.id.as_str(), now)
            .map_err(|seconds| {
                let args = [("seconds", i64::try_from(seconds).unwrap_or(i64::MAX).into())];
                Self {
                    status: StatusCode::TOO_MANY_REQUESTS,
                    text: t_with(lang, "forum-fault-too-many", &args),
                    wait: Some(seconds),
                }
            })
    }
}

/// A fault of a text, beside its field.
pub(in crate::routes) fn text_fault(lang: Lang, fault: TextFault, empty: &str) -> String {
    match fault {
        TextFault::Empty => t(lang, empty),
        TextFault::TooShort { min } => t_with(
            lang,
            "forum-fault-title-short",
            &[("min", counted(min).into())],
        ),
        TextFault::TooLong { max, is } => t_with(
            lang,
            "forum-fault-long",
            &[("max", counted(max).into()), ("is", counted(is).into())],
        ),
    }
}

//! What the forms of decisions have in common.

use axum::{http::StatusCode, response::Response};
use partake_app::{
    i18n::{t, t_with},
    pages::moderation::{DecidePage, DecidePageProps, Value},
    shell::Nav,
    ui::Words,
};
use partake_core::{
    forum::{Denied, Reason, text},
    invisible::is_unseen,
    lang::Lang,
};
use partake_store::forum::{Act, ForumError};
use serde::Deserialize;

use crate::{
    error::PageError,
    page::PageContext,
    routes::discuss::{RuleBook, text_fault},
    state::AppState,
};

/// A decision as a form sends it.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) act: String,
    pub(super) reason: String,
    pub(super) note: String,
    /// Id of a sentence at hand, used where nothing was typed.
    pub(super) snippet: String,
    /// Words for moderators only.
    pub(super) private_note: String,
    pub(super) seen: String,
    pub(super) value: String,
    /// Query of the queue to go back to.
    pub(super) back: String,
}

#[derive(Default)]
pub(super) struct Faults {
    pub(super) reason: Option<String>,
    pub(super) note: Option<String>,
    pub(super) value: Option<String>,
}

impl Faults {
    pub(super) fn any(&self) -> bool {
        self.reason.is_some() || self.note.is_some() || self.value.is_some()
    }
}

/// Checks a decision: what is against somebody says under which rule, and “other” says why.
pub(super) fn check(lang: Lang, act: Act, typed: &Typed) -> (Option<Reason>, String, Faults) {
    let mut faults = Faults::default();
    let reason: Option<Reason> = typed.reason.parse().ok();
    let note = text::note(&typed.note).unwrap_or_else(|fault| {
        faults.note = Some(text_fault(lang, fault, "forum-fault-body-empty"));
        String::new()
    });
    if act.is_against_somebody() && reason.is_none() {
        faults.reason = Some(t(lang, "moderation-fault-reason"));
    }
    if act.is_against_somebody()
        && reason == Some(Reason::Other)
        && note.is_empty()
        && faults.note.is_none()
    {
        faults.note = Some(t(lang, "moderation-fault-note"));
    }
    (reason, note, faults)
}

/// Fills in the chosen sentence where the moderator wrote none.
pub(super) async fn with_snippet(
    state: &AppState,
    context: &PageContext,
    typed: &mut Typed,
) -> Result<(), PageError> {
    let Ok(id) = typed.snippet.parse::<i64>() else {
        return Ok(());
    };
    if is_unseen(&typed.note) {
        let actor = crate::auth::actor(context.viewer.as_ref());
        let snippets = state.store.snippets(actor).await?;
        if let Some(snippet) = snippets.into_iter().find(|snippet| snippet.id == id) {
            typed.note = snippet.body;
        }
    }
    Ok(())
}

/// A refusal in words, when it is about what others did meanwhile or about what is missing; the
/// error itself otherwise.
pub(super) fn refusal(lang: Lang, error: ForumError) -> Result<(StatusCode, String), PageError> {
    let (status, key) = match error {
        ForumError::Claimed(who) => {
            let text = t_with(lang, "mod-fault-claimed", &[("who", who.into())]);
            return Ok((StatusCode::CONFLICT, text));
        }
        ForumError::Stale => (StatusCode::CONFLICT, "mod-fault-stale"),
        ForumError::DecidedBefore => (StatusCode::CONFLICT, "mod-fault-decided"),
        ForumError::Denied(Denied::Gone | Denied::NotRemoved | Denied::NotWithheld) => {
            (StatusCode::CONFLICT, "moderation-fault-decided")
        }
        ForumError::MendedBefore => (StatusCode::CONFLICT, "mod-fault-mended"),
        ForumError::NoRule => (StatusCode::UNPROCESSABLE_ENTITY, "moderation-fault-reason"),
        ForumError::NoSentence => (StatusCode::UNPROCESSABLE_ENTITY, "moderation-fault-note"),
        ForumError::Retired => (StatusCode::UNPROCESSABLE_ENTITY, "mod-fault-retired"),
        ForumError::Denied(Denied::Yours) => (StatusCode::FORBIDDEN, "mod-fault-yours"),
        ForumError::Denied(Denied::Rank) => (StatusCode::FORBIDDEN, "mod-fault-rank"),
        ForumError::Denied(Denied::OwnDecision) => {
            (StatusCode::FORBIDDEN, "mod-fault-own-decision")
        }
        other => return Err(other.into()),
    };
    Ok((status, t(lang, key)))
}

/// The queue's address with what is to be said there. Only names and values that belong to it are
/// taken from `back`.
pub(super) fn queue(lang: Lang, back: &str, said: &str) -> String {
    let kept: Vec<&str> = back
        .split('&')
        .filter(|pair| {
            pair.split_once('=').is_some_and(|(name, value)| {
                matches!(name, "kind" | "rule" | "language" | "claim")
                    && value
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'_')
            })
        })
        .chain(Some(said).filter(|said| !said.is_empty()))
        .collect();
    if kept.is_empty() {
        format!("/{lang}/moderation")
    } else {
        format!("/{lang}/moderation?{}", kept.join("&"))
    }
}

/// What a decision is about.
pub(super) struct About {
    pub(super) action: String,
    pub(super) back: String,
    pub(super) title: String,
    pub(super) words: Option<Words>,
    pub(super) seen: String,
    pub(super) value: Option<Value>,
}

pub(super) async fn page(
    state: &AppState,
    context: &PageContext,
    act: Act,
    about: About,
    typed: Typed,
    faults: Faults,
    status: StatusCode,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let rules = RuleBook::load(state, lang).await?.offered();
    let heading = t(lang, &format!("moderation-heading-{act}"));
    let mut shell = context.shell("/moderation", heading, Nav::Moderation);
    shell.private = true;
    let value = about.value.map(|value| Value {
        value: if typed.value.is_empty() {
            value.value
        } else {
            typed.value
        },
        fault: faults.value,
        ..value
    });
    let props = DecidePageProps {
        lang,
        act: act.as_str(),
        against: act.is_against_somebody(),
        action: about.action,
        back: about.back,
        words: about.words,
        title: about.title,
        seen: about.seen,
        value,
        rules,
        reason: typed.reason,
        reason_fault: faults.reason,
        note: typed.note,
        note_fault: faults.note,
    };
    Ok(context.respond(status, shell, move || DecidePage(props)))
}

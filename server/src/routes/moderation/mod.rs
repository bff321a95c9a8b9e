//! Moderation: the queue, decisions, the public log.

mod comment;
mod log;
mod queue;
mod thread;

use axum::{Router, http::StatusCode, response::Response, routing::get};
use partake_app::{
    i18n::t,
    pages::moderation::{DecidePage, DecidePageProps},
    shell::Nav,
};
use partake_core::{
    forum::{Reason, text},
    lang::Lang,
};
use partake_store::forum::Act;
use serde::Deserialize;

use crate::{page::PageContext, state::AppState};

pub fn router() -> Router<AppState> {
    Router::new()
        .route("/{lang}/moderation", get(queue::show))
        .route("/{lang}/moderation/log", get(log::show))
        .route(
            "/{lang}/moderation/comment/{comment}",
            get(comment::show).post(comment::act),
        )
        .route(
            "/{lang}/moderation/thread/{thread}",
            get(thread::show).post(thread::act),
        )
}

/// A decision as a form sends it.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    act: String,
    reason: String,
    note: String,
}

#[derive(Default)]
struct Faults {
    reason: Option<String>,
    note: Option<String>,
}

impl Faults {
    fn any(&self) -> bool {
        self.reason.is_some() || self.note.is_some()
    }
}

/// Checks a decision: what takes something away says under which rule.
fn check(lang: Lang, act: Act, typed: &Typed) -> (Option<Reason>, String, Faults) {
    let mut faults = Faults::default();
    let reason: Option<Reason> = typed.reason.parse().ok();
    let note = text::note(&typed.note).unwrap_or_else(|_| {
        let max = i64::try_from(text::NOTE_MAX).unwrap_or(i64::MAX);
        let is = i64::try_from(typed.note.chars().count()).unwrap_or(i64::MAX);
        let args = [("max", max.into()), ("is", is.into())];
        faults.note = Some(partake_app::i18n::t_with(lang, "forum-fault-long", &args));
        String::new()
    });
    if matches!(act, Act::Remove | Act::Lock) && reason.is_none() {
        faults.reason = Some(t(lang, "moderation-fault-reason"));
    }
    if reason == Some(Reason::Other) && note.is_empty() && faults.note.is_none() {
        faults.note = Some(t(lang, "moderation-fault-note"));
    }
    (reason, note, faults)
}

/// What a decision is about.
struct About {
    action: String,
    back: String,
    title: String,
    html: String,
}

fn page(
    context: &PageContext,
    act: Act,
    about: About,
    typed: Typed,
    faults: Faults,
    status: StatusCode,
) -> Response {
    let lang = context.lang;
    let heading = t(lang, &format!("moderation-heading-{act}"));
    let mut shell = context.shell("/moderation", heading, Nav::Moderation);
    shell.private = true;
    let props = DecidePageProps {
        lang,
        act: act.as_str(),
        action: about.action,
        back: about.back,
        html: about.html,
        title: about.title,
        reason: typed.reason,
        reason_fault: faults.reason,
        note: typed.note,
        note_fault: faults.note,
    };
    context.respond(status, shell, move || DecidePage(props))
}

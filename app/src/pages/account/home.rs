//! An account's own page.

use leptos::prelude::*;
use partake_core::{
    forum::{CommentState, Role},
    lang::Lang,
};

use super::activity::{Tab, tabs};
use crate::{
    i18n::{t, t_with},
    pages::field::notice,
    ui::{Quoted, Words},
};

/// Something the person wrote.
#[derive(Clone, Debug)]
pub struct ContributionView {
    pub href: String,
    pub thread_title: String,
    pub opens: bool,
    pub words: Words,
    pub state: CommentState,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub when: String,
    pub edited: bool,
}

/// What protects the account.
#[derive(Clone, Copy, Debug)]
pub struct Safeguards {
    pub codes_left: i64,
    pub second_step: bool,
    /// The role asks for a second step and there is none.
    pub step_missing: bool,
    pub sessions: usize,
    /// Notices by mail: `on`, `off` or `waits`; none where they are not offered.
    pub mail: Option<&'static str>,
}

#[component]
pub fn HomePage(
    lang: Lang,
    said: Option<String>,
    handle: String,
    role: Role,
    since: String,
    suspended: bool,
    safeguards: Safeguards,
    contributions: Vec<ContributionView>,
    next: Option<String>,
) -> impl IntoView {
    let list = if contributions.is_empty() {
        view! {
            <div class="empty">
                <p>{t(lang, "account-contributions-none")}</p>
                <p><a href=format!("/{lang}/discuss")>{t(lang, "account-contributions-start")}</a></p>
            </div>
        }
        .into_any()
    } else {
        let items = contributions
            .into_iter()
            .map(|c| contribution(lang, c))
            .collect_view();
        view! { <ol class="plain-list contributions">{items}</ol> }.into_any()
    };
    let older = next.map(|cursor| {
        view! {
            <p class="pages">
                <a href=format!("/{lang}/account?cursor={cursor}")>{t(lang, "account-older")}</a>
            </p>
        }
    });
    let suspended =
        suspended.then(|| view! { <p class="notice warn">{t(lang, "account-suspended")}</p> });
    view! {
        <div class="page-head">
            <h1>{handle}</h1>
            <p>{t(lang, "account-lede")}</p>
        </div>
        {notice(said)}
        {suspended}
        <dl class="facts">
            <div>
                <dt>{t(lang, "account-role")}</dt>
                <dd>{t(lang, &format!("account-role-{role}"))}</dd>
            </div>
            <div>
                <dt>{t(lang, "account-since")}</dt>
                <dd>{since}</dd>
            </div>
        </dl>
        {safety(lang, safeguards)}
        <section aria-labelledby="contributions">
            <h2 id="contributions">{t(lang, "account-contributions")}</h2>
            {tabs(lang, Tab::Comments)}
            <p><a href=format!("/{lang}/moderation/mine")>{t(lang, "mod-mine")}</a></p>
            {list}
            {older}
        </section>
        <section class="seen" aria-labelledby="seen">
            <h2 id="seen">{t(lang, "account-seen")}</h2>
            <ul>
                <li>{t(lang, "account-seen-all")}</li>
                <li>{t(lang, "account-seen-moderators")}</li>
                <li>{t(lang, "account-seen-nobody")}</li>
            </ul>
        </section>
        <section class="manage" aria-labelledby="manage">
            <h2 id="manage">{t(lang, "account-manage")}</h2>
            <div class="actions">
                <form method="post" action=format!("/{lang}/account/sign-out")>
                    <button type="submit">{t(lang, "account-sign-out")}</button>
                </form>
                <a class="button quiet" href=format!("/{lang}/account/password")>
                    {t(lang, "account-change-password")}
                </a>
                <a class="button quiet" href=format!("/{lang}/account/export") download="">
                    {t(lang, "account-export")}
                </a>
                <a class="button danger" href=format!("/{lang}/account/delete")>
                    {t(lang, "account-delete")}
                </a>
            </div>
        </section>
    }
}

fn safety(lang: Lang, safeguards: Safeguards) -> impl IntoView {
    let Safeguards {
        codes_left,
        second_step,
        step_missing,
        sessions,
        mail,
    } = safeguards;
    let warning = step_missing
        .then(|| view! { <p class="notice warn">{t(lang, "account-two-step-missing")}</p> });
    let codes = t_with(lang, "account-codes-count", &[("n", codes_left.into())]);
    let step = if second_step {
        "account-two-step-is-on"
    } else {
        "account-two-step-is-off"
    };
    let sessions = i64::try_from(sessions).unwrap_or(i64::MAX);
    let sessions = t_with(lang, "account-sessions-count", &[("n", sessions.into())]);
    let row = |tail: &str, name: &str, state: String| {
        view! {
            <li>
                <a href=format!("/{lang}/account/{tail}")>{t(lang, name)}</a>
                <span class="hint">{state}</span>
            </li>
        }
    };
    view! {
        {warning}
        <section class="safety" aria-labelledby="safety">
            <h2 id="safety">{t(lang, "account-safety")}</h2>
            <ul class="plain-list">
                {row("recovery-codes", "account-codes", codes)}
                {row("two-step", "account-two-step", t(lang, step))}
                {row("sessions", "account-sessions", sessions)}
                {mail.map(|state| row("mail", "mail-row", t(lang, &format!("mail-row-{state}"))))}
            </ul>
        </section>
    }
}

fn contribution(lang: Lang, c: ContributionView) -> AnyView {
    let key = if c.opens {
        "account-opened"
    } else {
        "account-in-thread"
    };
    let place = t_with(lang, key, &[("title", c.thread_title.into())]);
    let why = c.reason.map(|reason| {
        view! { <p>{t_with(lang, "account-removed-why", &[("reason", reason.into())])}</p> }
    });
    let note = c.note.map(|note| {
        view! { <p>{t_with(lang, "account-removed-note", &[("note", note.into())])}</p> }
    });
    let decided = (c.state == CommentState::Removed)
        .then(|| view! { <div class="notice warn">{why} {note}</div> });
    let edited = c
        .edited
        .then(|| view! { <span>{t(lang, "account-edited")}</span> });
    let tag = if c.state == CommentState::Visible {
        "tag"
    } else {
        "tag on"
    };
    view! {
        <li>
            <p class="by">
                <a href=c.href>{place}</a>
                <span>{c.when}</span>
                {edited}
                <span class=tag>{t(lang, &format!("account-state-{}", c.state))}</span>
            </p>
            {decided}
            <Quoted words=c.words />
        </li>
    }
    .into_any()
}

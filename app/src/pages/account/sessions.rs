//! Where the account is signed in. The days are all there is: no device, no address.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::{t, t_with},
    pages::field::notice,
};

/// A session.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// The one the page is seen in.
    pub this: bool,
    pub key: String,
    pub created: String,
    pub used: String,
}

#[component]
pub fn SessionsPage(lang: Lang, said: Option<String>, sessions: Vec<SessionView>) -> impl IntoView {
    let action = format!("/{lang}/account/sessions");
    let alone = sessions.len() < 2;
    let items = sessions
        .into_iter()
        .map(|session| item(lang, &action, session))
        .collect_view();
    let others = if alone {
        view! { <p class="hint">{t(lang, "account-sessions-alone")}</p> }.into_any()
    } else {
        view! {
            <form method="post" action=action.clone()>
                <input type="hidden" name="end" value="others" />
                <button type="submit">{t(lang, "account-sessions-end-others")}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "account-sessions")}</h1>
            <p>{t(lang, "account-sessions-lede")}</p>
        </div>
        {notice(said)}
        <ul class="plain-list sessions">{items}</ul>
        <div class="actions">
            {others}
            <a class="button quiet" href=format!("/{lang}/account")>{t(lang, "account-back")}</a>
        </div>
    }
}

fn item(lang: Lang, action: &str, session: SessionView) -> impl IntoView + use<> {
    let days = [
        ("created", session.created.clone().into()),
        ("used", session.used.clone().into()),
    ];
    let label = t_with(lang, "account-session-days", &days);
    let end = if session.this {
        view! { <span class="tag on">{t(lang, "account-session-this")}</span> }.into_any()
    } else {
        let what = t_with(lang, "account-session-end-label", &days);
        view! {
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="end" value=session.key />
                <button type="submit" class="quiet" aria-label=what>
                    {t(lang, "account-session-end")}
                </button>
            </form>
        }
        .into_any()
    };
    view! { <li class="session"><p>{label}</p> {end}</li> }
}

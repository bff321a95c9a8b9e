//! Having notices sent by mail.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::{t, t_with},
    pages::field::{Field, line, notice},
};

/// Where the account stands.
#[derive(Clone, Debug)]
pub enum MailState {
    Off,
    /// An address whose reader has not said anything yet.
    Waits(String),
    /// The same, seen through the link that was sent there.
    ToConfirm {
        address: String,
        token: String,
    },
    On(String),
}

#[component]
pub fn MailPage(
    lang: Lang,
    said: Option<String>,
    /// The site has a server for mail.
    offered: bool,
    now: MailState,
    typed: String,
    fault: Option<String>,
) -> impl IntoView {
    let form = |act: &'static str, label: &str, class: &'static str, token: String| {
        view! {
            <form method="post" action=format!("/{lang}/account/mail")>
                <input type="hidden" name="token" value=token />
                <button type="submit" name="act" value=act class=class>{t(lang, label)}</button>
            </form>
        }
    };
    let says = |key: &str, address: &str| {
        let text = t_with(lang, key, &[("address", address.to_owned().into())]);
        view! { <p role="status">{text}</p> }
    };
    let forget = || form("forget", "mail-forget", "danger", String::new());
    let state = match now {
        MailState::Off => view! { <p>{t(lang, "mail-is-off")}</p> }.into_any(),
        MailState::Waits(address) => {
            view! { {says("mail-waits", &address)} <div class="actions">{forget()}</div> }
                .into_any()
        }
        MailState::ToConfirm { address, token } => view! {
            {says("mail-to-confirm", &address)}
            <div class="actions">{form("confirm", "mail-confirm", "", token)} {forget()}</div>
        }
        .into_any(),
        MailState::On(address) => {
            view! { {says("mail-is-on", &address)} <div class="actions">{forget()}</div> }
                .into_any()
        }
    };
    let ask = if offered {
        view! {
            <form method="post" action=format!("/{lang}/account/mail") class="mail" novalidate=true>
                {line(Field {
                    id: "address".to_owned(),
                    name: "address",
                    label: t(lang, "mail-address"),
                    value: typed,
                    hint: Some(t(lang, "mail-address-hint")),
                    fault,
                    autocomplete: Some("email"),
                })}
                <div class="actions">
                    <button type="submit" name="act" value="ask">{t(lang, "mail-ask")}</button>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="notice">{t(lang, "mail-not-offered")}</p> }.into_any()
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "mail-title")}</h1>
            <p>{t(lang, "mail-lede")}</p>
        </div>
        {notice(said)}
        {state}
        {ask}
        <p class="pages"><a href=format!("/{lang}/account")>{t(lang, "account-back")}</a></p>
    }
}

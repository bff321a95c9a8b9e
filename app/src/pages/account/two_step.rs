//! Setting up the second step of signing in.

use std::{fmt::Write as _, sync::Arc};

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::t,
    pages::field::{Field, line, notice, password},
};

/// White around the picture that readers ask for, in modules.
const MARGIN: usize = 4;

/// Where the account stands.
#[derive(Clone, Debug)]
pub enum TwoStepState {
    Off,
    SettingUp {
        /// The secret, for typing by hand.
        text: String,
        /// The same as an address that opens an authenticator on this device.
        uri: String,
        /// Rows of dark and light.
        picture: Arc<[Vec<bool>]>,
    },
    On,
}

#[component]
pub fn TwoStepPage(
    lang: Lang,
    said: Option<String>,
    now: TwoStepState,
    /// The role asks for it and it is not there.
    missing: bool,
    current_fault: Option<String>,
    code_fault: Option<String>,
) -> impl IntoView {
    let warning =
        missing.then(|| view! { <p class="notice warn">{t(lang, "account-two-step-missing")}</p> });
    let fields = move |label: &str, hint: &str| {
        view! {
            {password(Field {
                id: "current".to_owned(),
                name: "current",
                label: t(lang, "account-current-password"),
                fault: current_fault.clone(),
                autocomplete: Some("current-password"),
                ..Field::default()
            })}
            {line(Field {
                id: "code".to_owned(),
                name: "code",
                label: t(lang, label),
                hint: Some(t(lang, hint)),
                fault: code_fault.clone(),
                autocomplete: Some("one-time-code"),
                ..Field::default()
            })}
        }
    };
    let body = match now {
        TwoStepState::Off => view! {
            <p>{t(lang, "account-two-step-off-text")}</p>
            <form method="post" action=format!("/{lang}/account/two-step")>
                <input type="hidden" name="act" value="start" />
                <div class="actions">
                    <button type="submit">{t(lang, "account-two-step-start")}</button>
                    {back(lang)}
                </div>
            </form>
        }
        .into_any(),
        TwoStepState::SettingUp { text, uri, picture } => view! {
            <ol class="set-up">
                <li>
                    <p>{t(lang, "account-two-step-scan")}</p>
                    {drawn(lang, &picture)}
                    <p>{t(lang, "account-two-step-type")}</p>
                    <p class="code">{text}</p>
                    <p><a href=uri>{t(lang, "account-two-step-open")}</a></p>
                </li>
                <li>
                    <p>{t(lang, "account-two-step-then")}</p>
                    <form method="post" action=format!("/{lang}/account/two-step") novalidate=true>
                        <input type="hidden" name="act" value="confirm" />
                        {fields("account-step-code", "account-two-step-code-hint")}
                        <button type="submit">{t(lang, "account-two-step-confirm")}</button>
                    </form>
                </li>
            </ol>
            <form method="post" action=format!("/{lang}/account/two-step")>
                <input type="hidden" name="act" value="cancel" />
                <button type="submit" class="quiet">{t(lang, "account-two-step-cancel")}</button>
            </form>
        }
        .into_any(),
        TwoStepState::On => view! {
            <p>{t(lang, "account-two-step-on-text")}</p>
            <form
                class="compose"
                method="post"
                action=format!("/{lang}/account/two-step")
                novalidate=true
            >
                <input type="hidden" name="act" value="off" />
                {fields("account-step-code", "account-step-hint")}
                <div class="actions">
                    <button type="submit" class="danger">{t(lang, "account-two-step-off")}</button>
                    {back(lang)}
                </div>
            </form>
        }
        .into_any(),
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "account-two-step")}</h1>
            <p>{t(lang, "account-two-step-lede")}</p>
        </div>
        {notice(said)}
        {warning}
        {body}
    }
}

fn back(lang: Lang) -> impl IntoView {
    view! { <a class="button quiet" href=format!("/{lang}/account")>{t(lang, "account-back")}</a> }
}

fn drawn(lang: Lang, picture: &[Vec<bool>]) -> impl IntoView + use<> {
    let size = picture.len() + 2 * MARGIN;
    let mut path = String::new();
    for (y, row) in picture.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            // Writing to a string cannot fail.
            _ = write!(path, "M{} {}h1v1h-1z", x + MARGIN, y + MARGIN);
        }
    }
    view! {
        <svg
            class="qr"
            viewBox=format!("0 0 {size} {size}")
            role="img"
            aria-label=t(lang, "account-two-step-picture")
        >
            <path class="ground" d=format!("M0 0h{size}v{size}h-{size}z") />
            <path class="dark" d=path />
        </svg>
    }
}

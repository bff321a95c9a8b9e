//! Recovery codes: shown once, and drawn anew.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::{t, t_with},
    islands::KeepCodes,
    pages::field::{Field, notice, password},
};

#[component]
pub fn RecoveryCodesPage(
    lang: Lang,
    said: Option<String>,
    /// A new set; empty when there is nothing to show.
    codes: Vec<String>,
    /// How many the account has left.
    left: i64,
    fault: Option<String>,
    /// Path to go to afterwards.
    next: String,
) -> impl IntoView {
    let body = if codes.is_empty() {
        draw(lang, left, fault).into_any()
    } else {
        fresh(lang, &codes, next).into_any()
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "account-codes")}</h1>
            <p>{t(lang, "account-codes-lede")}</p>
        </div>
        {notice(said)}
        {body}
    }
}

fn fresh(lang: Lang, codes: &[String], next: String) -> impl IntoView + use<> {
    let all = codes.join("\n");
    let items = codes
        .iter()
        .map(|code| view! { <li class="code">{code.clone()}</li> })
        .collect_view();
    view! {
        <section class="codes" aria-labelledby="codes">
            <h2 id="codes">{t(lang, "account-codes-fresh")}</h2>
            <p class="notice warn">{t(lang, "account-codes-once")}</p>
            <ul class="code-list">{items}</ul>
            <div class="actions">
                <form method="post" action=format!("/{lang}/account/recovery-codes/file")>
                    <input type="hidden" name="codes" value=all.clone() />
                    <button type="submit">{t(lang, "account-codes-save")}</button>
                </form>
                <KeepCodes
                    codes=all
                    copy=t(lang, "account-codes-copy")
                    copied=t(lang, "account-codes-copied")
                    print=t(lang, "account-codes-print")
                />
            </div>
            <p class="onward">
                <a class="button quiet" href=next>{t(lang, "account-codes-kept")}</a>
            </p>
        </section>
    }
}

fn draw(lang: Lang, left: i64, fault: Option<String>) -> impl IntoView + use<> {
    let text = if left == 0 {
        t(lang, "account-codes-none")
    } else {
        t_with(lang, "account-codes-left", &[("n", left.into())])
    };
    view! {
        <p>{text}</p>
        <form
            class="compose"
            method="post"
            action=format!("/{lang}/account/recovery-codes")
            novalidate=true
        >
            <p>{t(lang, "account-codes-void")}</p>
            {password(Field {
                id: "current".to_owned(),
                name: "current",
                label: t(lang, "account-current-password"),
                fault,
                autocomplete: Some("current-password"),
                ..Field::default()
            })}
            <div class="actions">
                <button type="submit">{t(lang, "account-codes-draw")}</button>
                <a class="button quiet" href=format!("/{lang}/account")>
                    {t(lang, "account-back")}
                </a>
            </div>
        </form>
    }
}

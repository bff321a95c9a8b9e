//! Back into an account whose password is lost.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::t,
    pages::field::{Field, line, password},
};

#[component]
pub fn RecoverPage(
    lang: Lang,
    handle: String,
    code: String,
    code_fault: Option<String>,
    new_fault: Option<String>,
    again_fault: Option<String>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{t(lang, "account-recover")}</h1>
            <p>{t(lang, "account-recover-lede")}</p>
        </div>
        <form method="post" action=format!("/{lang}/account/recover") novalidate=true>
            {line(Field {
                id: "handle".to_owned(),
                name: "handle",
                label: t(lang, "account-handle"),
                value: handle,
                autocomplete: Some("username"),
                ..Field::default()
            })}
            {line(Field {
                id: "code".to_owned(),
                name: "code",
                label: t(lang, "account-recover-code"),
                value: code,
                hint: Some(t(lang, "account-recover-code-hint")),
                fault: code_fault,
                autocomplete: Some("off"),
            })}
            {password(Field {
                id: "new-password".to_owned(),
                name: "password",
                label: t(lang, "account-new-password"),
                hint: Some(t(lang, "account-password-hint")),
                fault: new_fault,
                autocomplete: Some("new-password"),
                ..Field::default()
            })}
            {password(Field {
                id: "again".to_owned(),
                name: "again",
                label: t(lang, "account-password-again"),
                fault: again_fault,
                autocomplete: Some("new-password"),
                ..Field::default()
            })}
            <div class="actions">
                <button type="submit">{t(lang, "account-recover-do")}</button>
                <a class="button quiet" href=format!("/{lang}/account")>
                    {t(lang, "account-recover-back")}
                </a>
            </div>
        </form>
    }
}

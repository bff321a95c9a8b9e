//! The code after the password.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::t,
    pages::field::{Field, line},
};

#[component]
pub fn SecondStepPage(lang: Lang, next: String, fault: Option<String>) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{t(lang, "account-step")}</h1>
            <p>{t(lang, "account-step-lede")}</p>
        </div>
        <form method="post" action=format!("/{lang}/account/second-step") novalidate=true>
            <input type="hidden" name="next" value=next />
            {line(Field {
                id: "code".to_owned(),
                name: "code",
                label: t(lang, "account-step-code"),
                hint: Some(t(lang, "account-step-hint")),
                fault,
                autocomplete: Some("one-time-code"),
                ..Field::default()
            })}
            <div class="actions">
                <button type="submit">{t(lang, "account-sign-in")}</button>
            </div>
        </form>
        <p class="hint">{t(lang, "account-step-lost")}</p>
    }
}

//! Another password.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::t,
    pages::field::{Field, password},
};

#[component]
pub fn PasswordPage(
    lang: Lang,
    /// Path to go to afterwards.
    next: String,
    /// The password so far was set by somebody else.
    first: bool,
    current_fault: Option<String>,
    new_fault: Option<String>,
    again_fault: Option<String>,
) -> impl IntoView {
    let (heading, action) = if first {
        ("account-first-heading", "first-password")
    } else {
        ("account-change-password", "password")
    };
    let text = first.then(|| view! { <p>{t(lang, "account-first-text")}</p> });
    let current = (!first).then(|| {
        password(Field {
            id: "current".to_owned(),
            name: "current",
            label: t(lang, "account-current-password"),
            fault: current_fault,
            autocomplete: Some("current-password"),
            ..Field::default()
        })
    });
    let back = (!first).then(|| {
        view! { <a class="button quiet" href=format!("/{lang}/account")>{t(lang, "account-back")}</a> }
    });
    view! {
        <div class="page-head">
            <h1>{t(lang, heading)}</h1>
            {text}
        </div>
        <form method="post" action=format!("/{lang}/account/{action}") novalidate=true>
            <input type="hidden" name="next" value=next />
            {current}
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
                <button type="submit">{t(lang, "account-change")}</button>
                {back}
            </div>
        </form>
    }
}

//! Deleting the account, after saying what that means.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::t,
    pages::field::{Field, password},
};

#[component]
pub fn DeletePage(
    lang: Lang,
    fault: Option<String>,
    /// What was written is to be erased.
    erase: bool,
    /// The site would be left without an owner.
    last_owner: bool,
) -> impl IntoView {
    let body = if last_owner {
        view! { <p class="notice warn">{t(lang, "account-delete-last-owner")}</p> }.into_any()
    } else {
        view! {
            <form method="post" action=format!("/{lang}/account/delete") novalidate=true>
                <fieldset class="reasons">
                    <legend>{t(lang, "account-delete-words")}</legend>
                    {choice("keep", !erase, t(lang, "account-delete-words-keep"))}
                    {choice("erase", erase, t(lang, "account-delete-words-erase"))}
                </fieldset>
                {password(Field {
                    id: "current".to_owned(),
                    name: "current",
                    label: t(lang, "account-current-password"),
                    fault,
                    autocomplete: Some("current-password"),
                    ..Field::default()
                })}
                <div class="actions">
                    <button type="submit" class="danger">{t(lang, "account-delete-confirm")}</button>
                    <a class="button quiet" href=format!("/{lang}/account")>{t(lang, "account-keep")}</a>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "account-delete-heading")}</h1>
            <p>{t(lang, "account-delete-text")}</p>
            <p>{t(lang, "account-delete-survey")}</p>
        </div>
        {body}
    }
}

fn choice(value: &'static str, checked: bool, text: String) -> impl IntoView {
    view! {
        <label class="check">
            <input type="radio" name="words" value=value checked=checked />
            <span>{text}</span>
        </label>
    }
}

//! Sign in or sign up.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::t,
    pages::field::{Field, area, line, notice, password},
};

/// A text that was being written when the session ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub title: String,
    pub body: String,
}

#[component]
pub fn EnterPage(
    lang: Lang,
    /// Path to go to afterwards.
    next: String,
    said: Option<String>,
    handle: String,
    sign_in_fault: Option<String>,
    new_handle: String,
    handle_fault: Option<String>,
    password_fault: Option<String>,
    again_fault: Option<String>,
    draft: Option<Draft>,
) -> impl IntoView {
    let hidden = {
        let (next, draft) = (next, draft.clone());
        move || {
            let draft = draft.clone().map(|draft| {
                view! {
                    <input type="hidden" name="draft_title" value=draft.title />
                    <input type="hidden" name="draft_body" value=draft.body />
                }
            });
            view! {
                <input type="hidden" name="next" value=next.clone() />
                {draft}
            }
        }
    };
    let kept = draft.map(|draft| {
        let title = (!draft.title.is_empty()).then(|| {
            line(Field {
                id: "draft-title".to_owned(),
                name: "kept_title",
                label: t(lang, "account-draft-title"),
                value: draft.title,
                ..Field::default()
            })
        });
        view! {
            <section class="notice warn" aria-labelledby="draft">
                <h2 id="draft">{t(lang, "account-draft-heading")}</h2>
                <p>{t(lang, "account-draft-text")}</p>
                {title}
                {area(
                    Field {
                        id: "draft-body".to_owned(),
                        name: "kept_body",
                        label: t(lang, "account-draft-body"),
                        value: draft.body,
                        ..Field::default()
                    },
                    6,
                )}
            </section>
        }
    });
    let sign_in = view! {
        <section class="enter" aria-labelledby="sign-in">
            <h2 id="sign-in">{t(lang, "account-sign-in")}</h2>
            <form method="post" action=format!("/{lang}/account/sign-in") novalidate=true>
                {hidden()}
                {line(Field {
                    id: "handle".to_owned(),
                    name: "handle",
                    label: t(lang, "account-handle"),
                    value: handle,
                    fault: sign_in_fault,
                    autocomplete: Some("username"),
                    ..Field::default()
                })}
                {password(Field {
                    id: "password".to_owned(),
                    name: "password",
                    label: t(lang, "account-password"),
                    autocomplete: Some("current-password"),
                    ..Field::default()
                })}
                <button type="submit">{t(lang, "account-sign-in")}</button>
            </form>
            <p class="forgot">
                <a href=format!("/{lang}/account/recover")>{t(lang, "account-recover")}</a>
            </p>
        </section>
    };
    let sign_up = view! {
        <section class="enter" aria-labelledby="sign-up">
            <h2 id="sign-up">{t(lang, "account-sign-up")}</h2>
            <p class="hint">{t(lang, "account-sign-up-lede")}</p>
            <form method="post" action=format!("/{lang}/account/sign-up") novalidate=true>
                {hidden()}
                {line(Field {
                    id: "new-handle".to_owned(),
                    name: "handle",
                    label: t(lang, "account-handle"),
                    value: new_handle,
                    hint: Some(t(lang, "account-handle-hint")),
                    fault: handle_fault,
                    autocomplete: Some("username"),
                })}
                {password(Field {
                    id: "new-password".to_owned(),
                    name: "password",
                    label: t(lang, "account-password"),
                    hint: Some(t(lang, "account-password-hint")),
                    fault: password_fault,
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
                <button type="submit" class="quiet">{t(lang, "account-sign-up")}</button>
            </form>
        </section>
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "account-title")}</h1>
            <p>{t(lang, "account-lede")}</p>
        </div>
        {notice(said)}
        {kept}
        <div class="two">{sign_in} {sign_up}</div>
    }
}

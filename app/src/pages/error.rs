//! The page shown when something is not there, not allowed or broken.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::t,
    pages::field::{Field, area_named},
};

/// What somebody wrote and could not send.
#[derive(Clone, Debug)]
pub struct Unsent {
    /// Name and text of each field.
    pub texts: Vec<(String, String)>,
    /// Where it can be sent again, and what goes with it.
    pub again: Option<(String, Vec<(String, String)>)>,
    /// Where to sign in first.
    pub sign_in: Option<String>,
}

/// `key` is the stem of a text in `errors.ftl`: `error-404` has `error-404-title` and `-text`.
#[component]
pub fn ErrorPage(lang: Lang, key: String, unsent: Option<Unsent>) -> impl IntoView {
    view! {
        <section class="message">
            <h1>{t(lang, &format!("{key}-title"))}</h1>
            <p class="lede">{t(lang, &format!("{key}-text"))}</p>
            {unsent.map(|unsent| what_was_written(lang, unsent))}
            <p>
                <a href=format!("/{lang}")>{t(lang, "error-home")}</a>
            </p>
        </section>
    }
}

fn what_was_written(lang: Lang, unsent: Unsent) -> AnyView {
    // Signing in elsewhere leaves this page, and what is on it, where it is.
    let sign_in = unsent.sign_in.map(|href| {
        view! { <p><a href=href target="_blank">{t(lang, "error-sign-in")}</a></p> }
    });
    let several = unsent.texts.len() > 1;
    let texts = unsent
        .texts
        .into_iter()
        .enumerate()
        .map(|(at, (name, value))| {
            let number = if several {
                format!(" {}", at + 1)
            } else {
                String::new()
            };
            let field = Field {
                id: format!("unsent-{at}"),
                label: t(lang, "error-unsent") + &number,
                value,
                ..Field::default()
            };
            area_named(field, name, 6)
        })
        .collect_view();
    let form = match unsent.again {
        None => texts.into_any(),
        Some((action, others)) => {
            let others = others
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view();
            view! {
                <form method="post" action=action novalidate=true>
                    {others}
                    {texts}
                    <button type="submit">{t(lang, "error-send-again")}</button>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <p>{t(lang, "error-unsent-text")}</p>
        {sign_in}
        {form}
    }
    .into_any()
}

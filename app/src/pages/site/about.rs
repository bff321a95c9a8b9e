//! Who asks, why, how, and what to keep in mind.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::Operator;
use crate::i18n::{t, t_with};

#[component]
pub fn About(lang: Lang, operator: Operator) -> impl IntoView {
    let who = if operator.name.is_some() && operator.contact.is_some() {
        t_with(
            lang,
            "site-about-who",
            &[
                ("operator", operator.name(lang).into()),
                ("contact", operator.contact(lang).into()),
            ],
        )
    } else {
        t(lang, "site-about-who-unset")
    };
    let items = |stem: &str, count: u8| {
        (1..=count)
            .map(|at| view! { <li>{t(lang, &format!("{stem}-{at}"))}</li> })
            .collect_view()
    };
    view! {
        <article class="prose">
            <h1>{t(lang, "site-about-title")}</h1>
            <p class="lede">{t(lang, "site-about-lede")}</p>
            <h2>{t(lang, "site-about-who-title")}</h2>
            <p>{who}</p>
            <h2>{t(lang, "site-about-origin-title")}</h2>
            <p>{t(lang, "site-about-origin")}</p>
            <h2>{t(lang, "site-about-method-title")}</h2>
            <ul>{items("site-about-method", 3)}</ul>
            <p>
                {t(lang, "site-about-method-rationale")} " "
                <a href=format!("/{lang}/data")>{t(lang, "site-about-method-link")}</a>
            </p>
            <h2>{t(lang, "site-about-limits-title")}</h2>
            <ul>{items("site-about-limits", 4)}</ul>
            <h2 id="studies">{t(lang, "site-about-studies-title")}</h2>
            <p>{t(lang, "site-about-studies-intro")}</p>
            <ul>{items("site-about-studies", 5)}</ul>
            <h2>{t(lang, "site-about-licence-title")}</h2>
            <p>{t(lang, "site-about-licence")}</p>
        </article>
    }
}

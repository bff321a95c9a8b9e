//! What works with which aids, how it is checked, and what is known not to work well.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::Operator;
use crate::i18n::{t, t_with};

#[component]
pub fn Accessibility(lang: Lang, operator: Operator) -> impl IntoView {
    let items = |stem: &str, count: u8| {
        (1..=count)
            .map(|at| view! { <li>{t(lang, &format!("{stem}-{at}"))}</li> })
            .collect_view()
    };
    let contact = t_with(
        lang,
        "accessibility-tell",
        &[("contact", operator.contact(lang).into())],
    );
    view! {
        <article class="prose">
            <h1>{t(lang, "accessibility-title")}</h1>
            <p class="lede">{t(lang, "accessibility-lede")}</p>
            <h2>{t(lang, "accessibility-works-title")}</h2>
            <ul>{items("accessibility-works", 5)}</ul>
            <h2>{t(lang, "accessibility-limits-title")}</h2>
            <ul>{items("accessibility-limits", 6)}</ul>
            <h2>{t(lang, "accessibility-checked-title")}</h2>
            <p>{t(lang, "accessibility-checked")}</p>
            <p>{t(lang, "accessibility-unchecked")}</p>
            <h2>{t(lang, "accessibility-tell-title")}</h2>
            <p>{contact}</p>
        </article>
    }
}

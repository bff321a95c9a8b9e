//! The page shown when something is not there, not allowed or broken.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::t;

/// `key` is the stem of a text in `errors.ftl`: `error-404` has `error-404-title` and `-text`.
#[component]
pub fn ErrorPage(lang: Lang, key: String) -> impl IntoView {
    view! {
        <section class="message">
            <h1>{t(lang, &format!("{key}-title"))}</h1>
            <p class="lede">{t(lang, &format!("{key}-text"))}</p>
            <p>
                <a href=format!("/{lang}")>{t(lang, "error-home")}</a>
            </p>
        </section>
    }
}

//! The field for the receipt code.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::t;

/// Why a code opened nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupFault {
    Malformed,
    Unknown,
    TooMany,
}

#[component]
pub fn LookupPage(
    lang: Lang,
    base: String,
    typed: String,
    fault: Option<LookupFault>,
) -> impl IntoView {
    let message = fault.map(|fault| {
        t(
            lang,
            match fault {
                LookupFault::Malformed => "survey-response-malformed",
                LookupFault::Unknown => "survey-response-unknown",
                LookupFault::TooMany => "survey-response-slow",
            },
        )
    });
    let invalid = message.is_some();
    let described = if invalid { "e-code h-code" } else { "h-code" };
    let message =
        message.map(|text| view! { <p class="fault" id="e-code" role="alert">{text}</p> });
    view! {
        <section class="sheet response">
            <h1>{t(lang, "survey-response-heading")}</h1>
            <p class="lede">{t(lang, "survey-response-lede")}</p>
            <form method="post" action=format!("{base}/response") novalidate=true autocomplete="off">
                <div class="question">
                    <label class="title" for="f-code">{t(lang, "survey-response-code")}</label>
                    <p class="help" id="h-code">{t(lang, "survey-response-code-help")}</p>
                    {message}
                    <input
                        type="text"
                        class="line-text code"
                        id="f-code"
                        name="code"
                        value=typed
                        autocapitalize="characters"
                        spellcheck="false"
                        data-from-address=""
                        aria-describedby=described
                        aria-invalid=invalid.then_some("true")
                    />
                </div>
                <div class="bar end">
                    <button class="button" type="submit">{t(lang, "survey-response-open")}</button>
                </div>
            </form>
            <h2>{t(lang, "survey-response-lost-code")}</h2>
            <p>{t(lang, "survey-response-lost-code-text")}</p>
        </section>
    }
}

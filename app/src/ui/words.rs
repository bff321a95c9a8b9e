//! Somebody's words, marked with the language they are in.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::SafeHtml;

/// Words as sanitised HTML. A page quotes them in their own language, whatever its own is.
#[derive(Clone, Debug)]
pub struct Words {
    pub html: String,
    pub lang: Lang,
}

/// The words where they stand.
#[component]
pub fn Quoted(words: Words) -> impl IntoView {
    view! {
        <div lang=words.lang.tag()>
            <SafeHtml html=words.html />
        </div>
    }
}

//! What happens to an answer, in four steps.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::{t, t_with};

#[component]
pub(super) fn AnswerPath(lang: Lang, first_release: u64, hold_back: u64) -> impl IntoView {
    let steps = (1..=4)
        .map(|step| {
            let text = t_with(
                lang,
                &format!("site-path-{step}-text"),
                &[("least", first_release.into()), ("held", hold_back.into())],
            );
            view! {
                <li>
                    <h3>{t(lang, &format!("site-path-{step}-title"))}</h3>
                    <p>{text}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="band" aria-labelledby="path">
            <h2 id="path">{t(lang, "site-path-title")}</h2>
            <ol class="path">{steps}</ol>
        </section>
    }
}

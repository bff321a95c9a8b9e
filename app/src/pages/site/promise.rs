//! What the site promises, each with the page that shows how it is kept.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::t;

const PROMISES: [(u8, &str); 3] = [(1, "/privacy"), (2, "/data"), (3, "/response")];

#[component]
pub(super) fn Promise(lang: Lang) -> impl IntoView {
    let promises = PROMISES
        .map(|(at, tail)| {
            let text = |part: &str| t(lang, &format!("site-promise-{at}-{part}"));
            view! {
                <div>
                    <h3>{text("title")}</h3>
                    <p>{text("text")}</p>
                    <p>
                        <a href=format!("/{lang}{tail}")>{text("link")}</a>
                    </p>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="band" aria-labelledby="promise">
            <h2 id="promise">{t(lang, "site-promise-title")}</h2>
            <div class="promise">{promises}</div>
        </section>
    }
}

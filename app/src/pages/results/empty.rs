//! The results before the first release.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::{t, t_with};

/// Why there is nothing yet. How many answers are missing is said as it was on the last day on
/// which a release was attempted: a number that moves with each answer would give them away.
#[component]
pub fn EmptyResults(
    lang: Lang,
    survey_base: String,
    survey_title: String,
    /// How many more were needed when it was last looked at, in steps of ten.
    missing: Option<u64>,
) -> impl IntoView {
    view! {
        <section class="results-empty">
            <p class="release">{survey_title}</p>
            <h1>{t(lang, "results-empty-title")}</h1>
            <p class="lede">{t(lang, "results-empty-lede")}</p>
            <ol class="seats" aria-hidden="true">
                {(0..30).map(|_| view! { <li></li> }).collect::<Vec<_>>()}
            </ol>
            {missing
                .map(|missing| {
                    let text = t_with(lang, "charts-empty-missing", &[("missing", missing.into())]);
                    view! { <p class="missing">{text}</p> }
                })}
            <p>{t(lang, "results-empty-threshold")}</p>
            <h2>{t(lang, "results-empty-why-title")}</h2>
            <p>{t(lang, "results-empty-why")}</p>
            <p>{t(lang, "results-empty-no-counter")}</p>
            <p class="onward">
                <a class="button" href=format!("{survey_base}/survey")>
                    {t(lang, "results-empty-answer")}
                </a>
                <a class="button quiet" href=format!("{survey_base}/discuss")>
                    {t(lang, "results-empty-discuss")}
                </a>
            </p>
        </section>
    }
}

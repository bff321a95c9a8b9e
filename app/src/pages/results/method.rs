//! How a number is made, and what each rule protects: for a careful reader without training.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::t;

/// The rules that are explained, in the order in which they are applied.
const RULES: [&str; 6] = ["batch", "small", "round", "beside", "agree", "index"];

/// The worked example of the audit: label, counted, published, what can be worked out of it.
const EXAMPLE: [(&str, &str, &str, &str); 4] = [
    ("yes", "60", "60", "60"),
    ("no", "34", "·", "31–40"),
    ("pnts", "6", "<10", "0–9"),
    ("total", "100", "100", "100"),
];

#[component]
pub fn Method(lang: Lang, survey_base: String) -> impl IntoView {
    let steps: Vec<_> = (1..=5)
        .map(|i| view! { <li>{t(lang, &format!("charts-method-release-{i}"))}</li> })
        .collect();
    let reading: Vec<_> = (1..=4)
        .map(|i| view! { <li>{t(lang, &format!("charts-method-read-{i}"))}</li> })
        .collect();
    view! {
        <article class="prose method-page">
            <h1>{t(lang, "charts-method-title")}</h1>
            <p class="lede">{t(lang, "charts-method-lede")}</p>
            <h2>{t(lang, "charts-method-collect-title")}</h2>
            <p>{t(lang, "charts-method-collect")}</p>
            <p>{t(lang, "results-method-text")}</p>
            <h2>{t(lang, "charts-method-release-title")}</h2>
            <ol>{steps}</ol>
            <p>{t(lang, "results-method-final")}</p>
            <h2>{t(lang, "charts-method-protects-title")}</h2>
            {protections(lang)}
            <p>{t(lang, "results-method-file")}</p>
            <p>{t(lang, "results-method-file-limits")}</p>
            <h2>{t(lang, "charts-method-read-title")}</h2>
            <ul>{reading}</ul>
            <h2 id="audit">{t(lang, "charts-method-audit-title")}</h2>
            <p>{t(lang, "results-audit-why")}</p>
            {example(lang)}
            <p>{t(lang, "results-audit-example")}</p>
            <p>{t(lang, "results-audit-releases")}</p>
            <h2>{t(lang, "charts-method-check-title")}</h2>
            <p>{t(lang, "charts-method-check")}</p>
            <h2>{t(lang, "charts-method-limits-title")}</h2>
            <p>{t(lang, "results-audit-limits")}</p>
            <p>{t(lang, "results-method-limits")}</p>
            <p class="onward">
                <a class="button" href=format!("{survey_base}/results")>
                    {t(lang, "results-to-results")}
                </a>
                <a class="button quiet" href=format!("{survey_base}/data")>
                    {t(lang, "results-to-data")}
                </a>
            </p>
        </article>
    }
}

fn protections(lang: Lang) -> impl IntoView {
    let rows: Vec<_> = RULES
        .iter()
        .map(|rule| {
            let text = |part: &str| t(lang, &format!("charts-method-{rule}{part}"));
            view! {
                <tr>
                    <th scope="row">{text("")}</th>
                    <td data-head=t(lang, "charts-method-head-does")>{text("-does")}</td>
                    <td data-head=t(lang, "charts-method-head-not")>{text("-not")}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="protections">
            <thead>
                <tr>
                    <th scope="col">{t(lang, "charts-method-head-rule")}</th>
                    <th scope="col">{t(lang, "charts-method-head-does")}</th>
                    <th scope="col">{t(lang, "charts-method-head-not")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn example(lang: Lang) -> impl IntoView {
    let rows: Vec<_> = EXAMPLE
        .iter()
        .map(|(label, counted, published, bounds)| {
            let hidden = *published == "·" || *published == "<10";
            view! {
                <tr>
                    <th scope="row">{t(lang, &format!("charts-method-audit-{label}"))}</th>
                    <td>{*counted}</td>
                    <td class:hidden-figure=hidden>
                        {match *published {
                            "·" => t(lang, "results-withheld"),
                            "<10" => t(lang, "results-fewer"),
                            shown => shown.to_owned(),
                        }}
                    </td>
                    <td>{*bounds}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="table-frame">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "charts-method-audit-head")}</th>
                        <th scope="col">{t(lang, "charts-method-audit-exact")}</th>
                        <th scope="col">{t(lang, "charts-method-audit-shown")}</th>
                        <th scope="col">{t(lang, "charts-method-audit-bounds")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

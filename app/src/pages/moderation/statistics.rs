//! Numbers about moderation.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::t;

#[component]
pub fn StatisticsPage(
    lang: Lang,
    /// Name and value, in words.
    time: Vec<(String, String)>,
    appeals: Vec<(String, String)>,
    agreement: Vec<(String, String)>,
    /// Rule, reports, of them with a decision against the comment.
    by_rule: Vec<(String, i64, i64)>,
    /// Rule, comments named under it, kappa.
    kappas: Vec<(String, i64, String)>,
) -> impl IntoView {
    let facts = |facts: Vec<(String, String)>| {
        let items = facts
            .into_iter()
            .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
            .collect_view();
        view! { <dl class="facts">{items}</dl> }
    };
    let reports = by_rule
        .into_iter()
        .map(|(rule, n, against)| (rule, n, against.to_string()))
        .collect();
    let reports = table(lang, "reports", ["mod-stat-n", "mod-stat-against"], reports);
    // Before anything was judged twice there is nothing to compare.
    let agreed = (!kappas.is_empty()).then(|| {
        table(
            lang,
            "agreement",
            ["mod-stat-named", "mod-stat-kappa"],
            kappas,
        )
    });
    view! {
        <div class="page-head">
            <h1>{t(lang, "mod-statistics")}</h1>
            <p>{t(lang, "mod-statistics-lede")}</p>
            <p><a href=format!("/{lang}/moderation/log")>{t(lang, "moderation-log-link")}</a></p>
        </div>
        <section class="numbers" aria-labelledby="time">
            <h2 id="time">{t(lang, "mod-stat-time")}</h2>
            {facts(time)}
        </section>
        <section class="numbers" aria-labelledby="reports">
            <h2 id="reports">{t(lang, "mod-stat-reports")}</h2>
            {reports}
        </section>
        <section class="numbers" aria-labelledby="appeals">
            <h2 id="appeals">{t(lang, "mod-appeals")}</h2>
            {facts(appeals)}
        </section>
        <section class="numbers" aria-labelledby="agreement">
            <h2 id="agreement">{t(lang, "mod-stat-agreement")}</h2>
            <p class="measure">{t(lang, "mod-stat-agreement-text")}</p>
            {facts(agreement)}
            {agreed}
        </section>
    }
}

/// A line for each rule; `heads` are keys of texts.
fn table(
    lang: Lang,
    labelled_by: &'static str,
    heads: [&str; 2],
    lines: Vec<(String, i64, String)>,
) -> AnyView {
    let heads = heads.map(|key| view! { <th scope="col">{t(lang, key)}</th> });
    let lines = lines
        .into_iter()
        .map(|(rule, n, value)| {
            view! { <tr><th scope="row">{rule}</th><td>{n}</td><td>{value}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="scroll" role="region" aria-labelledby=labelled_by tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "mod-rule-cited")}</th>
                        {heads.into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

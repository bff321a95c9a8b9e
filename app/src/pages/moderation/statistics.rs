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
        .map(|(rule, n, against)| {
            view! { <tr><th scope="row">{rule}</th><td>{n}</td><td>{against}</td></tr> }
        })
        .collect_view();
    // Before anything was judged twice there is nothing to compare.
    let agreed = (!kappas.is_empty()).then(|| {
        let kappas = kappas
            .into_iter()
            .map(|(rule, n, kappa)| {
                view! { <tr><th scope="row">{rule}</th><td>{n}</td><td>{kappa}</td></tr> }
            })
            .collect_view();
        view! {
            <div class="scroll" role="region" aria-labelledby="agreement" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "mod-rule-cited")}</th>
                            <th scope="col">{t(lang, "mod-stat-named")}</th>
                            <th scope="col">{t(lang, "mod-stat-kappa")}</th>
                        </tr>
                    </thead>
                    <tbody>{kappas}</tbody>
                </table>
            </div>
        }
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
            <div class="scroll" role="region" aria-labelledby="reports" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "mod-rule-cited")}</th>
                            <th scope="col">{t(lang, "mod-stat-n")}</th>
                            <th scope="col">{t(lang, "mod-stat-against")}</th>
                        </tr>
                    </thead>
                    <tbody>{reports}</tbody>
                </table>
            </div>
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

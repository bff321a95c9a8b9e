//! What was decided about the person who looks, what became of their reports, what they may do.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::pages::discuss::{HeldBack, held_back};
use crate::{
    i18n::{t, t_with},
    pages::field::{Field, area, notice},
    ui::{Quoted, Words},
};

/// A decision.
#[derive(Clone, Debug)]
pub struct DecisionLine {
    pub href: String,
    pub kind: &'static str,
    pub when: String,
    pub note: String,
    /// A warning that waits to be acknowledged.
    pub waits: bool,
    /// State of the appeal.
    pub appeal: Option<&'static str>,
}

/// A report that the person made.
#[derive(Clone, Debug)]
pub struct ReportOutcome {
    pub href: String,
    pub reason: String,
    pub when: String,
    /// `removed`, `dismissed`, `deleted`, `withheld`; none while it waits.
    pub outcome: Option<String>,
}

#[component]
pub fn MinePage(
    lang: Lang,
    said: Option<String>,
    decisions: Vec<DecisionLine>,
    reports: Vec<ReportOutcome>,
    /// `newcomer`, `member` or `trusted`.
    level: &'static str,
    /// What is left to the next level.
    next: Option<String>,
    /// What may still be done today: threads, comments, reports.
    left: [i64; 3],
    /// What holds the account back from it.
    held: Option<HeldBack>,
) -> impl IntoView {
    let none = decisions.is_empty();
    let decisions = decisions
        .into_iter()
        .map(|line| {
            let waits = line
                .waits
                .then(|| view! { <span class="tag on">{t(lang, "mod-unacknowledged")}</span> });
            let appeal = line
                .appeal
                .map(|state| view! { <span class="tag">{t(lang, &format!("mod-appeal-tag-{state}"))}</span> });
            view! {
                <li>
                    <p class="by">
                        <a href=line.href>{t(lang, &format!("mod-told-{}", line.kind))}</a>
                        <span>{line.when}</span>
                        {waits}
                        {appeal}
                    </p>
                    <p>{line.note}</p>
                </li>
            }
        })
        .collect_view();
    let decisions = if none {
        view! { <p class="empty">{t(lang, "mod-mine-none")}</p> }.into_any()
    } else {
        view! { <ol class="plain-list">{decisions}</ol> }.into_any()
    };
    let no_reports = reports.is_empty();
    let reports = reports
        .into_iter()
        .map(|line| {
            let outcome = line.outcome.unwrap_or_else(|| "open".to_owned());
            view! {
                <li>
                    <p class="by">
                        <a href=line.href>{line.reason}</a>
                        <span>{line.when}</span>
                    </p>
                    <p>{t(lang, &format!("mod-outcome-{outcome}"))}</p>
                </li>
            }
        })
        .collect_view();
    let reports = if no_reports {
        view! { <p class="empty">{t(lang, "mod-reports-none")}</p> }.into_any()
    } else {
        view! { <ol class="plain-list">{reports}</ol> }.into_any()
    };
    let [threads, comments, to_report] = left;
    let left = match &held {
        Some(_) => ().into_any(),
        None => {
            let args = [
                ("threads", threads.into()),
                ("comments", comments.into()),
                ("reports", to_report.into()),
            ];
            view! { <p>{t_with(lang, "mod-left", &args)}</p> }.into_any()
        }
    };
    let held = held.map(|held| held_back(&held));
    view! {
        <div class="page-head">
            <h1>{t(lang, "mod-mine")}</h1>
            <p>{t(lang, "mod-mine-lede")}</p>
        </div>
        {notice(said)}
        {held}
        <section aria-labelledby="decisions">
            <h2 id="decisions">{t(lang, "mod-mine-decisions")}</h2>
            {decisions}
        </section>
        <section aria-labelledby="reports">
            <h2 id="reports">{t(lang, "mod-mine-reports")}</h2>
            {reports}
        </section>
        <section aria-labelledby="trust">
            <h2 id="trust">{t(lang, "mod-trust")}</h2>
            <p>
                <strong>{t(lang, &format!("mod-level-{level}"))}</strong>
                " "
                {t(lang, &format!("mod-level-{level}-text"))}
                " "
                {next}
            </p>
            {left}
        </section>
    }
}

/// Why a comment of one's own is withheld, and the form to change it where that is asked for.
#[component]
pub fn HeldPage(
    lang: Lang,
    said: Option<String>,
    words: Words,
    /// What withholds it, in words.
    findings: Vec<String>,
    /// What was decided, when its author should change it: path of the statement, and the words.
    asked: Option<(String, String)>,
    /// Path to post another text to, while there is a chance to.
    mend: Option<String>,
    body: String,
    fault: Option<String>,
    back: String,
) -> impl IntoView {
    let lines = findings
        .into_iter()
        .map(|text| view! { <li>{text}</li> })
        .collect_view();
    let why = match asked {
        Some((href, words)) => view! {
            <p>{t(lang, "mod-held-edit")}</p>
            <p class="sentence">{words}</p>
            <p><a href=href>{t(lang, "mod-statement")}</a></p>
        }
        .into_any(),
        None => view! {
            <p>{t(lang, "mod-held-text")}</p>
            <ul>{lines}</ul>
            <p>{t(lang, "mod-held-person")}</p>
        }
        .into_any(),
    };
    let form = match mend {
        Some(action) => view! {
            <form method="post" action=action class="compose" novalidate=true>
                {area(
                    Field {
                        id: "body".to_owned(),
                        name: "body",
                        label: t(lang, "mod-mend-label"),
                        value: body,
                        hint: Some(t(lang, "mod-mend-hint")),
                        fault,
                        ..Field::default()
                    },
                    8,
                )}
                <div class="actions">
                    <button type="submit">{t(lang, "mod-mend-send")}</button>
                    <a class="button quiet" href=back.clone()>{t(lang, "moderation-cancel")}</a>
                </div>
            </form>
        }
        .into_any(),
        None => view! { <blockquote class="quoted"><Quoted words=words /></blockquote> }.into_any(),
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "mod-held")}</h1>
            <p><a href=back>{t(lang, "mod-held-back")}</a></p>
        </div>
        {notice(said)}
        <div class="prose">{why}</div>
        {form}
    }
}

//! What an account did beside writing: votes and reports.

use leptos::prelude::*;
use partake_core::{forum::CommentState, lang::Lang};

use crate::i18n::{t, t_with};

/// A vote.
#[derive(Clone, Debug)]
pub struct VoteView {
    pub href: String,
    pub thread_title: String,
    pub up: bool,
    pub state: CommentState,
}

/// A report.
#[derive(Clone, Debug)]
pub struct ReportView {
    pub href: String,
    pub thread_title: String,
    pub reason: Option<String>,
    pub note: String,
    /// `open`, or what became of it.
    pub outcome: String,
    pub when: String,
}

/// A kind of contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Comments,
    Votes,
    Reports,
}

/// The way between the kinds of contributions.
pub(super) fn tabs(lang: Lang, active: Tab) -> impl IntoView {
    let link = |to: Tab, tail: &str, key: &str| {
        view! {
            <a href=format!("/{lang}/account{tail}") aria-current=(to == active).then_some("page")>
                {t(lang, key)}
            </a>
        }
    };
    view! {
        <nav class="sorts" aria-label=t(lang, "account-contributions")>
            {link(Tab::Comments, "", "account-comments")}
            {link(Tab::Votes, "/votes", "account-votes")}
            {link(Tab::Reports, "/reports", "account-reports")}
        </nav>
    }
}

fn older(lang: Lang, tail: &str, next: Option<String>) -> impl IntoView + use<> {
    next.map(|cursor| {
        view! {
            <p class="pages">
                <a href=format!("/{lang}/account{tail}?cursor={cursor}")>
                    {t(lang, "account-older")}
                </a>
            </p>
        }
    })
}

#[component]
pub fn VotesPage(lang: Lang, votes: Vec<VoteView>, next: Option<String>) -> impl IntoView {
    let list = if votes.is_empty() {
        view! { <p class="empty">{t(lang, "account-votes-none")}</p> }.into_any()
    } else {
        let items = votes
            .into_iter()
            .map(|vote| {
                let key = if vote.up {
                    "account-vote-up"
                } else {
                    "account-vote-down"
                };
                let place = t_with(
                    lang,
                    "account-in-thread",
                    &[("title", vote.thread_title.into())],
                );
                let gone = (vote.state != CommentState::Visible)
                    .then(|| view! { <span class="tag on">{t(lang, "account-vote-gone")}</span> });
                view! {
                    <li>
                        <p class="by">
                            <span>{t(lang, key)}</span>
                            <a href=vote.href>{place}</a>
                            {gone}
                        </p>
                    </li>
                }
            })
            .collect_view();
        view! { <ol class="plain-list">{items}</ol> }.into_any()
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "account-votes")}</h1>
            <p>{t(lang, "account-votes-lede")}</p>
        </div>
        {tabs(lang, Tab::Votes)}
        {list}
        {older(lang, "/votes", next)}
    }
}

#[component]
pub fn ReportsPage(lang: Lang, reports: Vec<ReportView>, next: Option<String>) -> impl IntoView {
    let list = if reports.is_empty() {
        view! { <p class="empty">{t(lang, "account-reports-none")}</p> }.into_any()
    } else {
        let items = reports
            .into_iter()
            .map(|report| {
                let place =
                    t_with(lang, "account-in-thread", &[("title", report.thread_title.into())]);
                let reason = report.reason.map(|reason| {
                    view! { <p>{t_with(lang, "account-removed-why", &[("reason", reason.into())])}</p> }
                });
                let note =
                    (!report.note.is_empty()).then(|| view! { <p class="said">{report.note}</p> });
                view! {
                    <li>
                        <p class="by">
                            <a href=report.href>{place}</a>
                            <span>{report.when}</span>
                            <span class="tag">
                                {t(lang, &format!("account-report-{}", report.outcome))}
                            </span>
                        </p>
                        {reason}
                        {note}
                    </li>
                }
            })
            .collect_view();
        view! { <ol class="plain-list">{items}</ol> }.into_any()
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "account-reports")}</h1>
            <p>{t(lang, "account-reports-lede")}</p>
        </div>
        {tabs(lang, Tab::Reports)}
        {list}
        {older(lang, "/reports", next)}
    }
}

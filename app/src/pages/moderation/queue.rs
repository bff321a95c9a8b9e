//! The queue: each reported comment with its reports and the decision beside it.

use leptos::prelude::*;
use partake_core::{forum::Reason, lang::Lang};

use crate::{
    i18n::{t, t_with},
    pages::field::{Field, area, select},
    ui::SafeHtml,
};

/// A report.
#[derive(Clone, Debug)]
pub struct ReportLine {
    pub reason: String,
    pub note: String,
    pub reporter: Option<String>,
    pub when: String,
}

/// A comment that waits.
#[derive(Clone, Debug)]
pub struct QueueEntry {
    pub id: i64,
    pub href: String,
    pub thread_title: String,
    pub author: Option<String>,
    pub when: String,
    pub html: String,
    pub reports: Vec<ReportLine>,
}

#[component]
pub fn QueuePage(
    lang: Lang,
    /// What was just done, and the path that undoes it with the act to post there.
    done: Option<(String, Option<(String, &'static str)>)>,
    waiting: i64,
    entries: Vec<QueueEntry>,
    next: Option<String>,
) -> impl IntoView {
    let done = done.map(|(text, undo)| {
        let undo = undo.map(|(action, act)| {
            view! {
                <form method="post" action=action>
                    <input type="hidden" name="act" value=act />
                    <button type="submit" class="link">{t(lang, "moderation-undo")}</button>
                </form>
            }
        });
        view! { <div class="notice" role="status"><p>{text}</p> {undo}</div> }
    });
    let body = if entries.is_empty() {
        view! {
            <div class="empty">
                <h2>{t(lang, "moderation-empty-heading")}</h2>
                <p>{t(lang, "moderation-empty-text")}</p>
            </div>
        }
        .into_any()
    } else {
        let items = entries
            .into_iter()
            .map(|entry| item(lang, entry))
            .collect_view();
        view! {
            <p>{t_with(lang, "moderation-waiting", &[("n", waiting.into())])}</p>
            <ol class="plain-list queue">{items}</ol>
        }
        .into_any()
    };
    let next = next.map(|cursor| {
        view! {
            <p class="pages">
                <a href=format!("/{lang}/moderation?cursor={cursor}")>{t(lang, "moderation-next")}</a>
            </p>
        }
    });
    view! {
        <div class="page-head">
            <h1>{t(lang, "moderation-queue")}</h1>
            <p><a href=format!("/{lang}/moderation/log")>{t(lang, "moderation-log-link")}</a></p>
        </div>
        {done}
        {body}
        {next}
    }
}

fn item(lang: Lang, entry: QueueEntry) -> AnyView {
    let count = i64::try_from(entry.reports.len()).unwrap_or(i64::MAX);
    let reports = entry
        .reports
        .into_iter()
        .map(|report| report_line(lang, report))
        .collect_view();
    let author = entry.author.unwrap_or_else(|| t(lang, "forum-by-nobody"));
    let mut rules = vec![(String::new(), "—".to_owned())];
    rules.extend(Reason::ALL.map(|reason| {
        (
            reason.as_str().to_owned(),
            t(lang, &format!("forum-reason-{reason}")),
        )
    }));
    let action = format!("/{lang}/moderation/comment/{}", entry.id);
    let heading = format!("q{}", entry.id);
    view! {
        <li id=format!("e{}", entry.id)>
            <article aria-labelledby=heading.clone()>
                <h2 id=heading.clone()>{entry.thread_title}</h2>
                <p class="by">
                    <strong class="author">{author}</strong>
                    <span>{entry.when}</span>
                    <a href=entry.href>{t(lang, "moderation-context")}</a>
                </p>
                <blockquote class="quoted"><SafeHtml html=entry.html /></blockquote>
                <h3>{t_with(lang, "moderation-reports", &[("n", count.into())])}</h3>
                <ul class="reports">{reports}</ul>
                <div class="decide">
                    <form method="post" action=action.clone() novalidate=true>
                        <input type="hidden" name="act" value="remove" />
                        {select(
                            Field {
                                id: format!("reason-{}", entry.id),
                                name: "reason",
                                label: t(lang, "moderation-reason"),
                                ..Field::default()
                            },
                            vec![(None, rules)],
                        )}
                        {area(
                            Field {
                                id: format!("note-{}", entry.id),
                                name: "note",
                                label: t(lang, "moderation-note"),
                                hint: Some(t(lang, "moderation-note-hint")),
                                ..Field::default()
                            },
                            2,
                        )}
                        <button type="submit" class="danger">{t(lang, "moderation-remove")}</button>
                    </form>
                    <form method="post" action=action>
                        <input type="hidden" name="act" value="dismiss" />
                        <button type="submit" class="quiet">{t(lang, "moderation-dismiss")}</button>
                    </form>
                </div>
            </article>
        </li>
    }
    .into_any()
}

fn report_line(lang: Lang, report: ReportLine) -> AnyView {
    let who = report
        .reporter
        .unwrap_or_else(|| t(lang, "moderation-reporter-gone"));
    let note = (!report.note.is_empty()).then(|| view! { <p class="said">{report.note}</p> });
    view! {
        <li>
            <strong>{report.reason}</strong>
            " "
            <span class="by">
                {t_with(lang, "moderation-by", &[("who", who.into()), ("when", report.when.into())])}
            </span>
            {note}
        </li>
    }
    .into_any()
}

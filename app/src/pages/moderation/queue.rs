//! The queue: each case with why it waits, what surrounds it, and the decision beside it.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::{t, t_with},
    islands::QueueKeys,
    pages::{
        discuss::RuleChoice,
        field::{Field, OptionGroup, area, select},
    },
    ui::{Quoted, Words},
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
    /// Path of the author's history.
    pub author_href: Option<String>,
    pub when: String,
    pub words: Words,
    /// Author and text of what it replies to.
    pub parent: Option<(String, Words)>,
    /// `reported`, `premoderation`, `automatic` or `mended`.
    pub kind: &'static str,
    /// It is withheld, so it can be approved.
    pub withheld: bool,
    /// What withholds it, in words.
    pub findings: Vec<String>,
    pub urgency: i64,
    pub claimed_by: Option<String>,
    pub claimed_by_me: bool,
    pub seen: String,
    /// It may be withheld for its author to change.
    pub mendable: bool,
    pub notes: i64,
    pub decisions: i64,
    pub reports: Vec<ReportLine>,
}

/// A batch that was just put in line, or how it ended.
#[derive(Clone, Debug)]
pub struct BatchNotice {
    pub text: String,
    /// Path that takes it back, while that is possible.
    pub undo: Option<String>,
}

/// A choice above the list.
#[derive(Clone, Debug)]
pub struct Choice {
    pub name: &'static str,
    pub label: String,
    pub value: String,
    /// Value and text.
    pub options: Vec<(String, String)>,
}

#[component]
pub fn QueuePage(
    lang: Lang,
    /// What was just done, and the path that undoes it with the act to post there.
    done: Option<(String, Option<(String, &'static str)>)>,
    /// Why the last act was refused.
    refused: Option<String>,
    batch: Option<BatchNotice>,
    waiting: i64,
    /// Kind and number, of those there are.
    kinds: Vec<(String, i64)>,
    appeals: i64,
    overdue: i64,
    filters: Vec<Choice>,
    /// Sentences at hand: value and text.
    snippets: Vec<(String, String)>,
    /// The rules in force.
    rules: Vec<RuleChoice>,
    /// Query of this page, to come back to.
    here: String,
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
    let refused =
        refused.map(|text| view! { <div class="notice warn" role="alert"><p>{text}</p></div> });
    let batch = batch.map(|batch| {
        let undo = batch.undo.map(|action| {
            view! {
                <form method="post" action=action>
                    <button type="submit">{t(lang, "moderation-undo")}</button>
                </form>
            }
        });
        view! { <div class="notice batch" role="status"><p>{batch.text}</p> {undo}</div> }
    });
    let filtered = filters.iter().any(|choice| !choice.value.is_empty());
    let body = if entries.is_empty() {
        let (heading, text) = if filtered {
            ("mod-empty-filtered", "mod-empty-filtered-text")
        } else {
            ("moderation-empty-heading", "moderation-empty-text")
        };
        view! {
            <div class="empty">
                <h2>{t(lang, heading)}</h2>
                <p>{t(lang, text)}</p>
            </div>
        }
        .into_any()
    } else {
        let items = entries
            .into_iter()
            .map(|entry| item(lang, entry, (&rules, &snippets), &here))
            .collect_view();
        view! {
            <ol class="plain-list queue">{items}</ol>
            {together(lang, &rules, &snippets, &here)}
        }
        .into_any()
    };
    let kinds = kinds
        .into_iter()
        .map(|(kind, n)| {
            let key = format!("mod-kind-{kind}");
            view! {
                <li>
                    <a href=format!("/{lang}/moderation?kind={kind}")>{t(lang, &key)}</a>
                    " "
                    {n}
                </li>
            }
        })
        .collect_view();
    let overdue = (overdue > 0).then(
        || view! { " " <strong>{t_with(lang, "mod-overdue", &[("n", overdue.into())])}</strong> },
    );
    let next = next.map(|cursor| {
        view! {
            <p class="pages">
                <a href=format!("/{lang}/moderation?{here}&cursor={cursor}")>
                    {t(lang, "moderation-next")}
                </a>
            </p>
        }
    });
    view! {
        <div class="page-head">
            <h1>{t(lang, "mod-queue")}</h1>
            {super::links(lang)}
        </div>
        {done}
        {refused}
        {batch}
        <ul class="counts">
            <li><strong>{t_with(lang, "mod-waiting", &[("n", waiting.into())])}</strong></li>
            {kinds}
            <li>
                <a href=format!("/{lang}/moderation/appeals")>{t(lang, "mod-appeals")}</a>
                " "
                {appeals}
                {overdue}
            </li>
        </ul>
        {filter_form(lang, filters)}
        <QueueKeys help=t(lang, "mod-keys") label=t(lang, "mod-keys-on")>
            {body}
        </QueueKeys>
        {next}
    }
}

fn filter_form(lang: Lang, filters: Vec<Choice>) -> AnyView {
    let fields = filters
        .into_iter()
        .map(|choice| {
            let mut options = vec![(String::new(), t(lang, "mod-any"))];
            options.extend(choice.options);
            select(
                Field {
                    id: format!("filter-{}", choice.name),
                    name: choice.name,
                    label: choice.label,
                    value: choice.value,
                    ..Field::default()
                },
                vec![(None, options)],
            )
        })
        .collect_view();
    view! {
        <details class="filters">
            <summary>{t(lang, "mod-filter")}</summary>
            <form method="get" class="filter">
                {fields}
                <button type="submit" class="quiet">{t(lang, "forum-filter-apply")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The rules in force as options of a field.
pub(super) fn options(rules: &[RuleChoice]) -> Vec<OptionGroup> {
    let none = (String::new(), "—".to_owned());
    let rules = rules
        .iter()
        .map(|rule| (rule.code.to_owned(), rule.title.clone()));
    vec![(None, std::iter::once(none).chain(rules).collect())]
}

/// What the rules say, beside where one is chosen.
pub(super) fn rule_texts(lang: Lang, rules: &[RuleChoice]) -> AnyView {
    let lines = rules
        .iter()
        .map(|rule| {
            view! {
                <dt>
                    {rule.title.clone()} " "
                    <a href=rule.href(lang)><code>{rule.citation.clone()}</code></a>
                </dt>
                <dd>{rule.text.clone()}</dd>
            }
        })
        .collect_view();
    view! {
        <details class="rule-texts">
            <summary>{t(lang, "mod-rule-texts")}</summary>
            <dl>{lines}</dl>
        </details>
    }
    .into_any()
}

fn sentences(lang: Lang, id: String, snippets: &[(String, String)]) -> Option<AnyView> {
    (!snippets.is_empty()).then(|| {
        let mut options = vec![(String::new(), t(lang, "mod-snippet-none"))];
        options.extend(snippets.iter().cloned());
        select(
            Field {
                id,
                name: "snippet",
                label: t(lang, "mod-snippet"),
                ..Field::default()
            },
            vec![(None, options)],
        )
    })
}

fn item(
    lang: Lang,
    entry: QueueEntry,
    (rules, snippets): (&[RuleChoice], &[(String, String)]),
    here: &str,
) -> AnyView {
    let id = entry.id;
    let count = i64::try_from(entry.reports.len()).unwrap_or(i64::MAX);
    let reports = entry
        .reports
        .into_iter()
        .map(|report| report_line(lang, report))
        .collect_view();
    let reports = (count > 0).then(|| {
        view! {
            <h3>{t_with(lang, "moderation-reports", &[("n", count.into())])}</h3>
            <ul class="reports">{reports}</ul>
        }
    });
    let findings = (!entry.findings.is_empty()).then(|| {
        let lines = entry
            .findings
            .iter()
            .map(|text| view! { <li>{text.clone()}</li> })
            .collect_view();
        view! {
            <h3>{t(lang, "mod-why-withheld")}</h3>
            <ul class="reports">{lines}</ul>
        }
    });
    let author = entry
        .author
        .clone()
        .unwrap_or_else(|| t(lang, "forum-by-nobody"));
    let history = entry.author_href.map(|href| {
        let text = t_with(lang, "mod-history-of", &[("n", entry.decisions.into())]);
        view! { <a href=href>{text}</a> }
    });
    let parent = entry.parent.map(|(by, words)| {
        view! {
            <details class="before-it">
                <summary>{t_with(lang, "mod-in-reply", &[("author", by.into())])}</summary>
                <Quoted words=words />
            </details>
        }
    });
    let action = format!("/{lang}/moderation/comment/{id}");
    let heading = format!("q{id}");
    let tick = t_with(lang, "mod-select", &[("author", author.clone().into())]);
    let keep = if entry.withheld { "approve" } else { "dismiss" };
    let withhold = entry.mendable.then(|| {
        view! {
            <button type="submit" name="act" value="withhold" class="quiet" data-key="w">
                {t(lang, "mod-do-withhold")}
            </button>
        }
    });
    view! {
        <li id=format!("e{id}")>
            <article aria-labelledby=heading.clone() tabindex="-1" data-case=id.to_string()>
                <div>
                    <div class="case-head">
                        <label class="tick">
                            <input
                                type="checkbox"
                                form="together"
                                name="item"
                                value=format!("{id}:{}", entry.seen)
                                aria-label=tick
                            />
                        </label>
                        <h2 id=heading.clone()>{entry.thread_title}</h2>
                        <span class="tag">{t(lang, &format!("mod-kind-{}", entry.kind))}</span>
                        <span class="urgency">
                            {t_with(lang, "mod-urgency", &[("n", entry.urgency.into())])}
                        </span>
                    </div>
                    <p class="by">
                        <strong class="author">{author}</strong>
                        {history}
                        <span>{entry.when}</span>
                        <a href=entry.href data-key="o">{t(lang, "moderation-context")}</a>
                    </p>
                    {parent}
                    <blockquote class="quoted"><Quoted words=entry.words /></blockquote>
                    {findings}
                    {reports}
                    {claim(lang, id, entry.claimed_by, entry.claimed_by_me, here)}
                </div>
                <div>
                    <form method="post" action=action.clone() class="decide" novalidate=true>
                        <input type="hidden" name="seen" value=entry.seen.clone() />
                        <input type="hidden" name="back" value=here.to_owned() />
                        {select(
                            Field {
                                id: format!("reason-{id}"),
                                name: "reason",
                                label: t(lang, "moderation-reason"),
                                ..Field::default()
                            },
                            options(rules),
                        )}
                        {rule_texts(lang, rules)}
                        {sentences(lang, format!("snippet-{id}"), snippets)}
                        {area(
                            Field {
                                id: format!("note-{id}"),
                                name: "note",
                                label: t(lang, "mod-sentence"),
                                hint: Some(t(lang, "mod-sentence-hint")),
                                ..Field::default()
                            },
                            2,
                        )}
                        <div class="actions">
                            <button type="submit" name="act" value="remove" class="danger" data-key="r">
                                {t(lang, "moderation-remove")}
                            </button>
                            {withhold}
                            <button type="submit" name="act" value=keep class="quiet" data-key="a">
                                {t(lang, &format!("mod-do-{keep}"))}
                            </button>
                        </div>
                    </form>
                    {notes(lang, id, entry.notes, here)}
                </div>
            </article>
        </li>
    }
    .into_any()
}

fn claim(lang: Lang, id: i64, by: Option<String>, mine: bool, here: &str) -> AnyView {
    let (text, act) = match by {
        Some(_) if mine => (Some(t(lang, "mod-claimed-mine")), "release"),
        Some(who) => (
            Some(t_with(lang, "mod-claimed-by", &[("who", who.into())])),
            "take",
        ),
        None => (None, "claim"),
    };
    view! {
        <form method="post" action=format!("/{lang}/moderation/case/{id}") class="claim">
            <input type="hidden" name="back" value=here.to_owned() />
            <span>{text}</span>
            <button type="submit" name="act" value=act class="link" data-key="c">
                {t(lang, &format!("mod-{act}"))}
            </button>
        </form>
    }
    .into_any()
}

fn notes(lang: Lang, id: i64, n: i64, here: &str) -> AnyView {
    view! {
        <details class="private">
            <summary>{t_with(lang, "mod-notes", &[("n", n.into())])}</summary>
            <p><a href=format!("/{lang}/moderation/case/{id}")>{t(lang, "mod-notes-read")}</a></p>
            <form method="post" action=format!("/{lang}/moderation/case/{id}") novalidate=true>
                <input type="hidden" name="back" value=here.to_owned() />
                {area(
                    Field {
                        id: format!("private-{id}"),
                        name: "private_note",
                        label: t(lang, "mod-note-write"),
                        ..Field::default()
                    },
                    2,
                )}
                <button type="submit" name="act" value="note" class="quiet">
                    {t(lang, "mod-note-keep")}
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// One decision about every case that is ticked.
fn together(
    lang: Lang,
    rules: &[RuleChoice],
    snippets: &[(String, String)],
    here: &str,
) -> AnyView {
    let button = |act: &'static str, class: &'static str| {
        view! {
            <button type="submit" name="act" value=act class=class data-batch=act>
                {t(lang, &format!("mod-do-{act}"))}
            </button>
        }
    };
    view! {
        <section class="together" aria-labelledby="together-heading">
            <h2 id="together-heading">{t(lang, "mod-together")}</h2>
            <p class="hint">{t(lang, "mod-together-hint")}</p>
            <form
                id="together"
                method="post"
                action=format!("/{lang}/moderation/batch")
                class="decide"
                novalidate=true
            >
                <input type="hidden" name="back" value=here.to_owned() />
                {select(
                    Field {
                        id: "reason-together".to_owned(),
                        name: "reason",
                        label: t(lang, "moderation-reason"),
                        ..Field::default()
                    },
                    options(rules),
                )}
                {sentences(lang, "snippet-together".to_owned(), snippets)}
                {area(
                    Field {
                        id: "note-together".to_owned(),
                        name: "note",
                        label: t(lang, "mod-sentence"),
                        ..Field::default()
                    },
                    2,
                )}
                <div class="actions">
                    {button("remove", "danger")} {button("withhold", "quiet")}
                    {button("dismiss", "quiet")} {button("approve", "quiet")}
                </div>
            </form>
        </section>
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

//! What moderators know of an account and of a case, and what they can decide about an account.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::queue::{options, rule_texts};
use crate::{
    i18n::{t, t_with},
    pages::{
        discuss::RuleChoice,
        field::{Field, area, notice, select},
    },
    ui::{Quoted, Words},
};

/// A private note.
#[derive(Clone, Debug)]
pub struct NoteLine {
    pub writer: String,
    pub body: String,
    pub when: String,
}

/// A sanction.
#[derive(Clone, Debug)]
pub struct SanctionLine {
    pub id: i64,
    pub kind: &'static str,
    pub note: String,
    pub when: String,
    pub until: Option<String>,
    pub holds: bool,
}

/// Something the person wrote.
#[derive(Clone, Debug)]
pub struct Said {
    pub href: String,
    pub thread_title: String,
    pub words: Words,
    pub when: String,
    /// Code of the comment's state.
    pub state: &'static str,
}

#[component]
pub fn PersonPage(
    lang: Lang,
    id: String,
    handle: String,
    role: &'static str,
    since: String,
    level: &'static str,
    said: Option<String>,
    /// Why something was refused.
    refused: Option<String>,
    /// Accepted comments, and decisions in the last ninety days.
    numbers: [i64; 2],
    sanctions: Vec<SanctionLine>,
    notes: Vec<NoteLine>,
    wrote: Vec<Said>,
    /// The reader may decide about this account.
    may_decide: bool,
    /// What was typed: act, reason, days, note.
    typed: [String; 4],
    /// The rules in force.
    rules: Vec<RuleChoice>,
) -> impl IntoView {
    let action = format!("/{lang}/moderation/account/{id}");
    let none = sanctions.is_empty();
    let sanctions = sanctions
        .into_iter()
        .map(|line| sanction(lang, line, &action, may_decide))
        .collect_view();
    let sanctions = if none {
        view! { <p>{t(lang, "mod-sanctions-none")}</p> }.into_any()
    } else {
        view! { <ol class="plain-list">{sanctions}</ol> }.into_any()
    };
    let wrote = wrote
        .into_iter()
        .map(|line| {
            view! {
                <li>
                    <p class="by">
                        <a href=line.href>{line.thread_title}</a>
                        <span>{line.when}</span>
                        <span class="tag">{t(lang, &format!("account-state-{}", line.state))}</span>
                    </p>
                    <Quoted words=line.words />
                </li>
            }
        })
        .collect_view();
    let refused =
        refused.map(|text| view! { <div class="notice warn" role="alert"><p>{text}</p></div> });
    let [accepted, decisions] = numbers;
    let decide = may_decide.then(|| sentence(lang, action.clone(), &rules, typed));
    view! {
        <div class="page-head">
            <h1>{handle}</h1>
            {super::links(lang)}
        </div>
        {notice(said)}
        {refused}
        <dl class="facts">
            <div><dt>{t(lang, "account-role")}</dt><dd>{t(lang, &format!("account-role-{role}"))}</dd></div>
            <div><dt>{t(lang, "account-since")}</dt><dd>{since}</dd></div>
            <div><dt>{t(lang, "mod-trust")}</dt><dd>{t(lang, &format!("mod-level-{level}"))}</dd></div>
            <div><dt>{t(lang, "mod-accepted")}</dt><dd>{accepted}</dd></div>
            <div><dt>{t(lang, "mod-recent-decisions")}</dt><dd>{decisions}</dd></div>
        </dl>
        <section aria-labelledby="sanctions">
            <h2 id="sanctions">{t(lang, "mod-sanctions")}</h2>
            {sanctions}
            {decide}
        </section>
        {note_section(lang, action, notes)}
        <section aria-labelledby="wrote">
            <h2 id="wrote">{t(lang, "mod-wrote")}</h2>
            <ol class="plain-list contributions">{wrote}</ol>
        </section>
    }
}

fn sanction(lang: Lang, line: SanctionLine, action: &str, may_decide: bool) -> AnyView {
    let until = match line.until {
        Some(until) => t_with(lang, "mod-until-when", &[("until", until.into())]),
        None => String::new(),
    };
    let holds = line
        .holds
        .then(|| view! { <span class="tag on">{t(lang, "mod-holds")}</span> });
    let lift = (line.holds && may_decide).then(|| {
        view! {
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="sanction" value=line.id />
                <button type="submit" name="act" value="lift" class="link">
                    {t(lang, "mod-do-lift")}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <p class="by">
                <strong>{t(lang, &format!("moderation-act-{}", line.kind))}</strong>
                <span>{line.when}</span>
                <span>{until}</span>
                {holds}
            </p>
            <p>{line.note}</p>
            {lift}
        </li>
    }
    .into_any()
}

fn sentence(
    lang: Lang,
    action: String,
    rules: &[RuleChoice],
    [act, reason, days, note]: [String; 4],
) -> AnyView {
    let acts = ["warn", "silence", "suspend", "ban"]
        .map(|act| (act.to_owned(), t(lang, &format!("mod-do-{act}"))));
    let spans = ["1", "3", "7", "30", "90", "365", ""].map(|days| {
        let text = match days {
            "" => t(lang, "mod-no-end"),
            days => t_with(
                lang,
                "mod-days",
                &[("n", days.parse::<i64>().unwrap_or_default().into())],
            ),
        };
        (days.to_owned(), text)
    });
    view! {
        <form method="post" action=action novalidate=true class="decide sentence-form">
            <h3>{t(lang, "mod-sanction-new")}</h3>
            <p class="hint">{t(lang, "mod-sanction-hint")}</p>
            {select(
                Field { id: "act".into(), name: "act", label: t(lang, "mod-sanction-act"), value: act, ..Field::default() },
                vec![(None, acts.to_vec())],
            )}
            {select(
                Field { id: "days".into(), name: "days", label: t(lang, "mod-sanction-days"), value: days, ..Field::default() },
                vec![(None, spans.to_vec())],
            )}
            {select(
                Field { id: "reason".into(), name: "reason", label: t(lang, "moderation-reason"), value: reason, ..Field::default() },
                options(rules),
            )}
            {rule_texts(lang, rules)}
            {area(
                Field { id: "note".into(), name: "note", label: t(lang, "mod-sentence"), value: note, hint: Some(t(lang, "mod-sentence-hint")), ..Field::default() },
                3,
            )}
            <div class="actions">
                <button type="submit" class="danger">{t(lang, "mod-sanction-send")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn note_section(lang: Lang, action: String, notes: Vec<NoteLine>) -> AnyView {
    let lines = notes
        .into_iter()
        .map(|note| {
            view! {
                <li>
                    <p class="by"><strong class="author">{note.writer}</strong> <span>{note.when}</span></p>
                    <p class="said">{note.body}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="notes">
            <h2 id="notes">{t(lang, "mod-notes-title")}</h2>
            <ol class="plain-list">{lines}</ol>
            <form method="post" action=action novalidate=true>
                {area(
                    Field { id: "private".into(), name: "note", label: t(lang, "mod-note-write"), ..Field::default() },
                    2,
                )}
                <button type="submit" name="act" value="note" class="quiet">
                    {t(lang, "mod-note-keep")}
                </button>
            </form>
        </section>
    }
    .into_any()
}

/// The notes about one comment.
#[component]
pub fn CasePage(
    lang: Lang,
    id: i64,
    words: Words,
    href: String,
    notes: Vec<NoteLine>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{t(lang, "mod-notes-title")}</h1>
            {super::links(lang)}
        </div>
        <blockquote class="quoted">
            <p class="by"><a href=href>{t(lang, "moderation-context")}</a></p>
            <Quoted words=words />
        </blockquote>
        {note_section(lang, format!("/{lang}/moderation/case/{id}"), notes)}
    }
}

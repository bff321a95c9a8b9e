//! What a decision says to whom it concerns, and the way to appeal.

use leptos::prelude::*;
use partake_core::{forum::rule::Wording, lang::Lang};

use crate::{
    i18n::{t, t_with},
    pages::field::{Field, area, notice},
    ui::{Quoted, Words},
};

/// An appeal as it is shown.
#[derive(Clone, Debug)]
pub struct AppealView {
    pub body: String,
    /// `open`, `upheld` or `overturned`.
    pub state: &'static str,
    pub answer: String,
    pub when: String,
    pub due: String,
    pub decided: Option<String>,
}

/// A statement of reasons.
#[derive(Clone, Debug)]
pub struct StatementView {
    pub act: i64,
    pub kind: &'static str,
    /// Code and version of the rule, and what that version says.
    pub rule: Option<(String, Wording)>,
    pub note: String,
    pub when: String,
    pub until: Option<String>,
    /// Path and title of the thread.
    pub thread: Option<(String, String)>,
    /// The person's text.
    pub words: Option<Words>,
    pub appeal: Option<AppealView>,
}

#[component]
pub fn StatementPage(
    lang: Lang,
    said: Option<String>,
    statement: StatementView,
    /// Path at which the text can be changed and sent in again.
    mend: Option<String>,
    /// A warning that waits to be acknowledged.
    acknowledge: bool,
    /// The last day of an appeal, while one is possible.
    deadline: Option<String>,
    body: String,
    fault: Option<String>,
) -> impl IntoView {
    let act = statement.act;
    let mend = mend.map(|href| {
        view! {
            <p class="notice">
                {t(lang, "mod-mend-text")} " "
                <a class="button" href=href>{t(lang, "mod-mend")}</a>
            </p>
        }
    });
    let acknowledge = acknowledge.then(|| {
        view! {
            <form method="post" action=format!("/{lang}/moderation/statement/{act}/acknowledge")>
                <p>{t(lang, "mod-acknowledge-text")}</p>
                <button type="submit">{t(lang, "mod-acknowledge")}</button>
            </form>
        }
    });
    let appeal = match (&statement.appeal, deadline) {
        (Some(appeal), _) => appeal_view(lang, appeal),
        (None, Some(last)) => view! {
            <form
                method="post"
                action=format!("/{lang}/moderation/statement/{act}")
                novalidate=true
                class="appeal"
            >
                <p>{t_with(lang, "mod-appeal-text", &[("last", last.into())])}</p>
                {area(
                    Field {
                        id: "body".to_owned(),
                        name: "body",
                        label: t(lang, "mod-appeal-body"),
                        value: body,
                        fault,
                        ..Field::default()
                    },
                    4,
                )}
                <button type="submit">{t(lang, "mod-appeal-send")}</button>
            </form>
        }
        .into_any(),
        (None, None) => {
            // Too late, but not taken away.
            let typed = (!body.is_empty()).then(|| {
                view! {
                    <p>{t(lang, "mod-appeal-body")}</p>
                    <blockquote class="quoted typed"><p>{body}</p></blockquote>
                }
            });
            view! { <p>{t(lang, "mod-appeal-over")}</p> {typed} }.into_any()
        }
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, &format!("mod-told-{}", statement.kind))}</h1>
            <p><a href=format!("/{lang}/moderation/mine")>{t(lang, "mod-mine")}</a></p>
        </div>
        {notice(said)}
        {grounds(lang, &statement)}
        {acknowledge}
        {mend}
        <section aria-labelledby="appeal">
            <h2 id="appeal">{t(lang, "mod-appeal")}</h2>
            {appeal}
        </section>
    }
}

/// What was decided, under which rule, in which words.
pub(super) fn grounds(lang: Lang, statement: &StatementView) -> AnyView {
    let place = statement.thread.clone().map(|(href, title)| {
        view! {
            <div>
                <dt>{t(lang, "moderation-log-where")}</dt>
                <dd><a href=href>{title}</a></dd>
            </div>
        }
    });
    let until = statement.until.clone().map(|until| {
        view! {
            <div>
                <dt>{t(lang, "mod-until")}</dt>
                <dd>{until}</dd>
            </div>
        }
    });
    let words = statement.words.clone().map(|words| {
        view! { <blockquote class="quoted"><Quoted words=words /></blockquote> }
    });
    let rule = statement.rule.clone().map(|(citation, wording)| {
        let breaks = wording
            .breaks
            .into_iter()
            .map(|example| view! { <li>{example}</li> })
            .collect_view();
        view! {
            <h2>{t(lang, "mod-rule-cited")}</h2>
            <p>
                <a href=format!("/{lang}/rules#{}", citation.replace('@', "-"))>
                    <strong>{wording.title}</strong>
                </a>
                " "
                <code>{citation}</code>
            </p>
            <p>{wording.text}</p>
            <p>{t(lang, "mod-rule-breaks")}</p>
            <ul>{breaks}</ul>
        }
    });
    view! {
        <div class="prose statement">
            <dl class="facts">
                <div>
                    <dt>{t(lang, "moderation-log-when")}</dt>
                    <dd>{statement.when.clone()}</dd>
                </div>
                {place}
                {until}
            </dl>
            <p class="sentence">{statement.note.clone()}</p>
            {words}
            {rule}
        </div>
    }
    .into_any()
}

pub(super) fn appeal_view(lang: Lang, appeal: &AppealView) -> AnyView {
    let answer = (!appeal.answer.is_empty()).then(|| {
        view! {
            <p>{t(lang, "mod-appeal-answer")}</p>
            <blockquote class="quoted said">{appeal.answer.clone()}</blockquote>
        }
    });
    let state = match &appeal.decided {
        Some(when) => t_with(
            lang,
            &format!("mod-appeal-{}", appeal.state),
            &[("when", when.clone().into())],
        ),
        None => t_with(
            lang,
            "mod-appeal-open",
            &[("due", appeal.due.clone().into())],
        ),
    };
    view! {
        <p class="by">{appeal.when.clone()}</p>
        <blockquote class="quoted said">{appeal.body.clone()}</blockquote>
        <p role="status"><strong>{state}</strong></p>
        {answer}
    }
    .into_any()
}

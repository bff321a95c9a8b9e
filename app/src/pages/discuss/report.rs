//! Reporting a comment, and taking one's own back.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::comment::{CommentView, body, byline};
use crate::{
    i18n::t,
    pages::field::{Field, area},
};

/// A rule in force.
#[derive(Clone, Debug)]
pub struct RuleChoice {
    /// The code that is sent.
    pub code: &'static str,
    pub title: String,
    pub text: String,
    /// Code and version.
    pub citation: String,
}

impl RuleChoice {
    /// Path of the version at which it is read in full.
    #[must_use]
    pub fn href(&self, lang: Lang) -> String {
        format!("/{lang}/rules#{}", self.citation.replace('@', "-"))
    }
}

/// The rules in force as radio buttons, each with what it says.
pub fn reasons(
    lang: Lang,
    label: String,
    rules: Vec<RuleChoice>,
    chosen: &str,
    fault: Option<String>,
) -> AnyView {
    let options = rules
        .into_iter()
        .map(|rule| {
            let href = rule.href(lang);
            let text = format!("rule-{}", rule.code);
            view! {
                <div class="rule-choice">
                    <label class="check">
                        <input
                            type="radio"
                            name="reason"
                            value=rule.code
                            checked=chosen == rule.code
                            aria-describedby=text.clone()
                        />
                        <span>{rule.title}</span>
                    </label>
                    <p class="hint" id=text>
                        {rule.text} " "
                        <a href=href><code>{rule.citation}</code></a>
                    </p>
                </div>
            }
        })
        .collect_view();
    let fault = fault.map(|text| view! { <p class="fault" role="alert">{text}</p> });
    view! {
        <fieldset class="reasons">
            <legend>{label}</legend>
            {fault}
            {options}
        </fieldset>
    }
    .into_any()
}

#[component]
pub fn ReportPage(
    lang: Lang,
    comment: CommentView,
    /// The rules in force.
    rules: Vec<RuleChoice>,
    reason: String,
    reason_fault: Option<String>,
    note: String,
    note_fault: Option<String>,
) -> impl IntoView {
    let href = comment.href.clone();
    view! {
        <div class="page-head">
            <h1>{t(lang, "forum-report-heading")}</h1>
            <p>{t(lang, "forum-report-text")}</p>
        </div>
        <blockquote class="quoted">{byline(lang, &comment)} {body(lang, &comment)}</blockquote>
        <form method="post" action=format!("{href}/report") novalidate=true>
            {reasons(lang, t(lang, "forum-report-reason"), rules, &reason, reason_fault)}
            {area(
                Field {
                    id: "note".to_owned(),
                    name: "note",
                    label: t(lang, "forum-report-note"),
                    value: note,
                    fault: note_fault,
                    ..Field::default()
                },
                3,
            )}
            <div class="actions">
                <button type="submit">{t(lang, "forum-report-send")}</button>
                <a class="button quiet" href=href.clone()>{t(lang, "forum-cancel")}</a>
            </div>
        </form>
    }
}

#[component]
pub fn DeletePage(lang: Lang, comment: CommentView) -> impl IntoView {
    let href = comment.href.clone();
    view! {
        <div class="page-head">
            <h1>{t(lang, "forum-delete-heading")}</h1>
            <p>{t(lang, "forum-delete-text")}</p>
        </div>
        <blockquote class="quoted">{byline(lang, &comment)} {body(lang, &comment)}</blockquote>
        <form method="post" action=format!("{href}/delete")>
            <div class="actions">
                <button type="submit" class="danger">{t(lang, "forum-delete-confirm")}</button>
                <a class="button quiet" href=href.clone()>{t(lang, "forum-cancel")}</a>
            </div>
        </form>
    }
}

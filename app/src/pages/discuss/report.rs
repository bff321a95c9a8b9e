//! Reporting a comment, and taking one's own back.

use leptos::prelude::*;
use partake_core::{forum::Reason, lang::Lang};

use super::comment::{CommentView, body, byline};
use crate::{
    i18n::t,
    pages::field::{Field, area},
};

/// The rules as radio buttons.
pub fn reasons(lang: Lang, label: String, chosen: &str, fault: Option<String>) -> AnyView {
    let options = Reason::ALL
        .map(|reason| {
            let code = reason.as_str();
            view! {
                <label class="check">
                    <input type="radio" name="reason" value=code checked=chosen == code />
                    <span>{t(lang, &format!("forum-reason-{code}"))}</span>
                </label>
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
            {reasons(lang, t(lang, "forum-report-reason"), &reason, reason_fault)}
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

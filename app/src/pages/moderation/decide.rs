//! A decision, before it is taken.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::t,
    pages::{
        discuss::reasons,
        field::{Field, area},
    },
    ui::SafeHtml,
};

#[component]
pub fn DecidePage(
    lang: Lang,
    /// `remove`, `restore`, `dismiss`, `lock` or `unlock`.
    act: &'static str,
    /// Path to post to.
    action: String,
    /// Path to go back to.
    back: String,
    /// What it is about: the comment's text, or the thread's title.
    html: String,
    title: String,
    reason: String,
    reason_fault: Option<String>,
    note: String,
    note_fault: Option<String>,
) -> impl IntoView {
    let rules = matches!(act, "remove" | "lock")
        .then(|| reasons(lang, t(lang, "moderation-reason"), &reason, reason_fault));
    let button = if act == "remove" { "danger" } else { "" };
    let text = (!html.is_empty()).then(|| view! { <SafeHtml html=html /> });
    view! {
        <div class="page-head">
            <h1>{t(lang, &format!("moderation-heading-{act}"))}</h1>
            <p>{t(lang, "moderation-public")}</p>
        </div>
        <blockquote class="quoted">
            <p class="by">{title}</p>
            {text}
        </blockquote>
        <form method="post" action=action novalidate=true>
            <input type="hidden" name="act" value=act />
            {rules}
            {area(
                Field {
                    id: "note".to_owned(),
                    name: "note",
                    label: t(lang, "moderation-note"),
                    value: note,
                    hint: Some(t(lang, "moderation-note-hint")),
                    fault: note_fault,
                    ..Field::default()
                },
                3,
            )}
            <div class="actions">
                <button type="submit" class=button>{t(lang, &format!("moderation-{act}"))}</button>
                <a class="button quiet" href=back>{t(lang, "moderation-cancel")}</a>
            </div>
        </form>
    }
}

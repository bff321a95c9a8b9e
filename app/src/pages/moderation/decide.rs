//! A decision, before it is taken.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::t,
    pages::{
        discuss::{RuleChoice, reasons},
        field::{Field, OptionGroup, area, select},
    },
    ui::{Quoted, Words},
};

/// A value that a decision takes.
#[derive(Clone, Debug)]
pub struct Value {
    pub label: String,
    pub value: String,
    pub options: Vec<OptionGroup>,
    pub fault: Option<String>,
}

#[component]
pub fn DecidePage(
    lang: Lang,
    /// Code of the act.
    act: &'static str,
    /// It is against somebody, so a rule is named.
    against: bool,
    /// Path to post to.
    action: String,
    /// Path to go back to.
    back: String,
    /// What it is about: the comment's text, or the thread's title.
    words: Option<Words>,
    title: String,
    /// Stands for what is shown here.
    seen: String,
    value: Option<Value>,
    /// The rules in force.
    rules: Vec<RuleChoice>,
    reason: String,
    reason_fault: Option<String>,
    note: String,
    note_fault: Option<String>,
) -> impl IntoView {
    let rules = against.then(|| {
        view! {
            {reasons(lang, t(lang, "moderation-reason"), rules, &reason, reason_fault)}
        }
    });
    let button = if against { "danger" } else { "" };
    let text = words.map(|words| view! { <Quoted words=words /> });
    let value = value.map(|value| {
        select(
            Field {
                id: "value".to_owned(),
                name: "value",
                label: value.label,
                value: value.value,
                fault: value.fault,
                ..Field::default()
            },
            value.options,
        )
    });
    let (label, hint) = if against {
        ("mod-sentence", "mod-sentence-hint")
    } else {
        ("moderation-note", "moderation-note-hint")
    };
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
            <input type="hidden" name="seen" value=seen />
            {value}
            {rules}
            {area(
                Field {
                    id: "note".to_owned(),
                    name: "note",
                    label: t(lang, label),
                    value: note,
                    hint: Some(t(lang, hint)),
                    fault: note_fault,
                    ..Field::default()
                },
                3,
            )}
            <div class="actions">
                <button type="submit" class=button>{t(lang, &format!("mod-do-{act}"))}</button>
                <a class="button quiet" href=back>{t(lang, "moderation-cancel")}</a>
            </div>
        </form>
    }
}

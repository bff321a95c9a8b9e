//! Writing: a thread, a reply, another text for a comment.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::{AboutChoices, QuotedFigure, quoted::quoted_figure};
use crate::{
    i18n::t,
    pages::field::{Field, area, line, select},
};

/// A form for a text.
#[derive(Clone, Debug, Default)]
pub struct Composer {
    pub id: String,
    /// Path to post to.
    pub action: String,
    pub label: String,
    pub body: String,
    pub fault: Option<String>,
}

/// What everybody who writes should know.
pub(super) fn reminder(lang: Lang) -> AnyView {
    view! {
        <p class="hint reminder">
            {t(lang, "forum-identify")} " "
            <a href=format!("/{lang}/rules")>{t(lang, "forum-rules")}</a>
        </p>
    }
    .into_any()
}

fn body_field(
    lang: Lang,
    id: String,
    label: String,
    body: String,
    fault: Option<String>,
) -> AnyView {
    area(
        Field {
            id,
            name: "body",
            label,
            value: body,
            hint: Some(t(lang, "forum-field-body-hint")),
            fault,
            autocomplete: None,
        },
        5,
    )
}

/// The form for a comment.
pub(super) fn composer(lang: Lang, composer: Composer) -> AnyView {
    let Composer {
        id,
        action,
        label,
        body,
        fault,
    } = composer;
    view! {
        <form method="post" action=action class="compose" novalidate=true>
            {body_field(lang, id, label, body, fault)}
            {reminder(lang)}
            <button type="submit">{t(lang, "forum-publish")}</button>
        </form>
    }
    .into_any()
}

/// Instead of the form, for whoever is not signed in.
pub(super) fn sign_in_first(lang: Lang, next: &str) -> AnyView {
    view! {
        <div class="notice">
            <p>{t(lang, "forum-sign-in-to-write-text")}</p>
            <p>
                <a class="button quiet" href=format!("/{lang}/account?next={next}")>
                    {t(lang, "forum-sign-in-to-write")}
                </a>
            </p>
        </div>
    }
    .into_any()
}

#[component]
pub fn NewThreadPage(
    lang: Lang,
    /// Path of the list of threads.
    base: String,
    choices: AboutChoices,
    about: String,
    about_fault: Option<String>,
    /// The figure it is about, if it is about one.
    quoted: Option<QuotedFigure>,
    title: String,
    title_fault: Option<String>,
    body: String,
    body_fault: Option<String>,
    /// Says why nothing was published although the fields are right.
    fault: Option<String>,
) -> impl IntoView {
    let mut groups = vec![(None, vec![(String::new(), t(lang, "forum-about-survey"))])];
    groups.extend(
        choices
            .into_iter()
            .map(|(section, questions)| (Some(section), questions)),
    );
    let fault = fault.map(|text| {
        view! {
            <div class="summary" role="alert">
                <h2>{t(lang, "forum-fault-heading")}</h2>
                <p>{text}</p>
            </div>
        }
    });
    view! {
        <div class="page-head">
            <h1>{t(lang, "forum-new")}</h1>
        </div>
        {fault}
        {quoted_figure(lang, quoted)}
        <form method="post" action=format!("{base}/new") class="compose" novalidate=true>
            {select(
                Field {
                    id: "about".to_owned(),
                    name: "about",
                    label: t(lang, "forum-field-about"),
                    value: about,
                    fault: about_fault,
                    ..Field::default()
                },
                groups,
            )}
            {line(Field {
                id: "title".to_owned(),
                name: "title",
                label: t(lang, "forum-field-title"),
                value: title,
                hint: Some(t(lang, "forum-field-title-hint")),
                fault: title_fault,
                autocomplete: None,
            })}
            {body_field(lang, "body".to_owned(), t(lang, "forum-field-body"), body, body_fault)}
            {reminder(lang)}
            <div class="actions">
                <button type="submit">{t(lang, "forum-publish")}</button>
                <a class="button quiet" href=base.clone()>{t(lang, "forum-cancel")}</a>
            </div>
        </form>
    }
}

#[component]
pub fn EditPage(
    lang: Lang,
    /// Path of the comment's permalink.
    href: String,
    body: String,
    fault: Option<String>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{t(lang, "forum-edit-heading")}</h1>
        </div>
        <form method="post" action=format!("{href}/edit") class="compose" novalidate=true>
            {body_field(lang, "body".to_owned(), t(lang, "forum-field-body"), body, fault)}
            {reminder(lang)}
            <div class="actions">
                <button type="submit">{t(lang, "forum-save")}</button>
                <a class="button quiet" href=href.clone()>{t(lang, "forum-cancel")}</a>
            </div>
        </form>
    }
}

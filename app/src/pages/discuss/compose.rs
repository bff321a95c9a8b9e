//! Writing: a thread, a reply, another text for a comment.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::{AboutChoices, QuotedFigure, quoted::quoted_figure};
use crate::{
    i18n::{t, t_with},
    islands::{DraftWords, ThreadTools, ThreadWords},
    pages::field::{Field, area, line, select},
    ui::SafeHtml,
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
    /// What it will look like, where that was asked for.
    pub preview: Option<Preview>,
}

/// What a draft will look like.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Sanitised.
    pub html: String,
    /// Its length in words.
    pub count: String,
    /// It is too long.
    pub over: bool,
    /// The rule it comes near to, in words.
    pub near: Option<String>,
}

/// The preview, and the place where a script puts one.
fn preview_box(lang: Lang, preview: Option<Preview>) -> AnyView {
    let there = preview.is_some();
    let Preview {
        html,
        count,
        over,
        near,
    } = preview.unwrap_or(Preview {
        html: String::new(),
        count: String::new(),
        over: false,
        near: None,
    });
    view! {
        <p class="count" class:over=over data-count>{count}</p>
        <p class="near" role="status" data-near>{near}</p>
        <section class="preview" aria-label=t(lang, "compose-preview") data-preview hidden=!there>
            <h3>{t(lang, "compose-preview")}</h3>
            <SafeHtml html />
        </section>
    }
    .into_any()
}

/// Publishing, and looking first.
fn buttons(lang: Lang, publish: &str, cancel: Option<String>) -> AnyView {
    let cancel = cancel.map(|href| {
        view! { <a class="button quiet" href=href>{t(lang, "forum-cancel")}</a> }
    });
    view! {
        <div class="actions">
            <button type="submit">{t(lang, publish)}</button>
            <button type="submit" name="act" value="preview" class="quiet">
                {t(lang, "compose-preview")}
            </button>
            {cancel}
        </div>
    }
    .into_any()
}

/// What the script says.
pub(super) fn words(lang: Lang) -> ThreadWords {
    ThreadWords {
        sending: t(lang, "forum-sending"),
        failed: t(lang, "forum-send-failed"),
        restored: t(lang, "compose-restored"),
        one_new: t(lang, "live-one"),
        many_new: t(lang, "live-many"),
        fresh: t(lang, "notices-new"),
        keys: t(lang, "thread-keys"),
        draft: DraftWords {
            length: t_with(
                lang,
                "compose-count",
                &[("n", "#".into()), ("most", "##".into())],
            ),
            near: t_with(lang, "compose-near", &[("rule", "#".into())]),
        },
    }
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
        preview,
    } = composer;
    view! {
        <form method="post" action=action class="compose" novalidate=true>
            {body_field(lang, id, label, body, fault)}
            {preview_box(lang, preview)}
            {reminder(lang)}
            {buttons(lang, "forum-publish", None)}
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
    preview: Option<Preview>,
    /// Why the reader may not write.
    held: Option<HeldBack>,
    /// What one should know before writing here.
    notices: Vec<String>,
) -> impl IntoView {
    let may_write = held.is_none();
    let held = held.map(|held| held_back(&held));
    let notices = notices
        .into_iter()
        .map(|text| view! { <p class="hint">{text}</p> })
        .collect_view();
    // What was typed before is never taken away.
    if !may_write && title.is_empty() && body.is_empty() {
        return view! {
            <div class="page-head">
                <h1>{t(lang, "forum-new")}</h1>
            </div>
            {held}
        }
        .into_any();
    }
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
        {held}
        {fault}
        {quoted_figure(lang, quoted)}
        {notices}
        <ThreadTools words=words(lang)>
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
            {preview_box(lang, preview)}
            {reminder(lang)}
            {buttons(lang, "forum-publish", Some(base.clone()))}
        </form>
        </ThreadTools>
    }
    .into_any()
}

/// What holds an account back: what it is and until when, and the way to why and to what helps.
#[derive(Clone, Debug)]
pub struct HeldBack {
    pub text: String,
    pub href: String,
    pub link: String,
}

pub fn held_back(held: &HeldBack) -> AnyView {
    view! {
        <div class="notice warn">
            <p>{held.text.clone()} " " <a href=held.href.clone()>{held.link.clone()}</a></p>
        </div>
    }
    .into_any()
}

#[component]
pub fn EditPage(
    lang: Lang,
    /// Path of the comment's permalink.
    href: String,
    composer: Composer,
    /// Language that the author chose, where the text itself does not tell it.
    marked: Option<Lang>,
) -> impl IntoView {
    let languages = [(String::new(), t(lang, "comment-lang-told"))]
        .into_iter()
        .chain(Lang::ALL.map(|l| (l.to_string(), t(lang, &format!("comment-lang-{l}")))))
        .collect();
    view! {
        <div class="page-head">
            <h1>{t(lang, "forum-edit-heading")}</h1>
        </div>
        <ThreadTools words=words(lang)>
        <form method="post" action=format!("{href}/edit") class="compose" novalidate=true>
            {body_field(lang, "body".to_owned(), t(lang, "forum-field-body"), composer.body, composer.fault)}
            {preview_box(lang, composer.preview)}
            {select(
                Field {
                    id: "lang".to_owned(),
                    name: "lang",
                    label: t(lang, "comment-lang"),
                    hint: Some(t(lang, "comment-lang-hint")),
                    value: marked.map(|l| l.to_string()).unwrap_or_default(),
                    ..Field::default()
                },
                vec![(None, languages)],
            )}
            {reminder(lang)}
            {buttons(lang, "forum-save", Some(href.clone()))}
        </form>
        </ThreadTools>
    }
}

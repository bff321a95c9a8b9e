//! What happened to somebody's words, and in the threads they follow.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{i18n::t, pages::field::notice};

/// A notice in words.
#[derive(Clone, Debug)]
pub struct NoticeLine {
    pub text: String,
    pub href: String,
    /// Title of the thread, where the text does not say it.
    pub place: Option<String>,
    /// Rule that is cited.
    pub rule: Option<String>,
    /// The words to the person; may be empty.
    pub sentence: String,
    pub when: String,
    pub datetime: String,
    pub seen: bool,
}

#[component]
pub fn NoticesPage(
    lang: Lang,
    /// Path of this page.
    href: String,
    said: Option<String>,
    notices: Vec<NoticeLine>,
    unread: i64,
    /// Path of the next page.
    next: Option<String>,
) -> impl IntoView {
    let mark = (unread > 0).then(|| {
        view! {
            <form method="post" action=href>
                <button type="submit" class="quiet">{t(lang, "notices-mark")}</button>
            </form>
        }
    });
    let list = if notices.is_empty() {
        view! { <p class="empty">{t(lang, "notices-none")}</p> }.into_any()
    } else {
        let items = notices
            .into_iter()
            .map(|line| notice_line(lang, line))
            .collect_view();
        view! { <ol class="plain-list notices">{items}</ol> }.into_any()
    };
    let older = next.map(|href| {
        view! { <p class="pages"><a href=href>{t(lang, "notices-older")}</a></p> }
    });
    view! {
        <div class="page-head">
            <h1>{t(lang, "notices-title")}</h1>
            <p>{t(lang, "notices-lede")}</p>
        </div>
        {notice(said)}
        {mark}
        {list}
        {older}
    }
}

fn notice_line(lang: Lang, line: NoticeLine) -> AnyView {
    let fresh = (!line.seen).then(|| view! { <span class="tag">{t(lang, "notices-new")}</span> });
    let place = line.place.map(|title| view! { <span>{title}</span> });
    let rule = line.rule.map(|rule| view! { <p class="rule">{rule}</p> });
    let sentence =
        (!line.sentence.is_empty()).then(|| view! { <p class="sentence">{line.sentence}</p> });
    view! {
        <li class:unseen=!line.seen>
            <p><a href=line.href>{line.text}</a></p>
            <p class="by">
                {place}
                <time datetime=line.datetime>{line.when}</time>
                {fresh}
            </p>
            {rule}
            {sentence}
        </li>
    }
    .into_any()
}

//! What happened to somebody's words, and in the threads they follow.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::{t, t_with},
    pages::field::notice,
};

/// A notice in words.
#[derive(Clone, Debug)]
pub struct NoticeLine {
    /// Why: the code of a text.
    pub kind: &'static str,
    pub href: String,
    pub title: String,
    pub author: Option<String>,
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
    let author = line.author.unwrap_or_else(|| t(lang, "notices-somebody"));
    let text = t_with(
        lang,
        &format!("notices-{}", line.kind),
        &[("author", author.into()), ("title", line.title.into())],
    );
    let fresh = (!line.seen).then(|| view! { <span class="tag">{t(lang, "notices-new")}</span> });
    view! {
        <li class:unseen=!line.seen>
            <p><a href=line.href>{text}</a></p>
            <p class="by">
                <time datetime=line.datetime>{line.when}</time>
                {fresh}
            </p>
        </li>
    }
    .into_any()
}

//! The list of threads.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::AboutChoices;
use crate::{
    i18n::{t, t_with},
    pages::field::{Field, notice, select},
};

/// A thread in the list.
#[derive(Clone, Debug)]
pub struct ThreadLine {
    pub href: String,
    /// `None` when it was removed.
    pub title: String,
    pub about: String,
    pub author: Option<String>,
    pub comments: i64,
    pub last: String,
    pub locked: bool,
}

#[component]
pub fn ListPage(
    lang: Lang,
    /// Path of this list.
    base: String,
    said: Option<String>,
    /// Question ids about which there are threads, with their titles, by section.
    choices: AboutChoices,
    /// `*` for everything, empty for the whole, else a question's id.
    about: String,
    threads: Vec<ThreadLine>,
    signed_in: bool,
    next: Option<String>,
) -> impl IntoView {
    let new_href = match about.as_str() {
        "*" | "" => format!("{base}/new"),
        question => format!("{base}/new?about={question}"),
    };
    let everything = about == "*";
    let list = if threads.is_empty() {
        let (heading, text) = if everything {
            (t(lang, "forum-empty-heading"), t(lang, "forum-empty-text"))
        } else {
            (t(lang, "forum-empty-about"), t(lang, "forum-empty-text"))
        };
        view! {
            <div class="empty">
                <h2>{heading}</h2>
                <p>{text}</p>
            </div>
        }
        .into_any()
    } else {
        let items = threads
            .into_iter()
            .map(|thread| thread_line(lang, thread))
            .collect_view();
        view! { <ol class="plain-list threads">{items}</ol> }.into_any()
    };
    let notices = signed_in.then(|| {
        view! { <a href=format!("{base}/notices")>{t(lang, "notices-title")}</a> }
    });
    let older = next.map(|cursor| {
        let about = if everything {
            String::new()
        } else {
            format!("&about={about}")
        };
        view! {
            <p class="pages">
                <a href=format!("{base}?cursor={cursor}{about}")>{t(lang, "forum-more-threads")}</a>
            </p>
        }
    });
    let mut groups = vec![(
        None,
        vec![
            ("*".to_owned(), t(lang, "forum-filter-all")),
            (String::new(), t(lang, "forum-about-survey")),
        ],
    )];
    groups.extend(
        choices
            .into_iter()
            .map(|(section, questions)| (Some(section), questions)),
    );
    view! {
        <div class="page-head">
            <h1>{t(lang, "forum-title")}</h1>
            <p>{t(lang, "forum-lede")}</p>
        </div>
        {notice(said)}
        <div class="forum-bar">
            <a class="button" href=new_href>{t(lang, "forum-new")}</a>
            <a href=format!("{base}/search")>{t(lang, "search-title")}</a>
            <a href=format!("{base}/feed.atom") type="application/atom+xml">{t(lang, "thread-feed")}</a>
            {notices}
            <form method="get" action=base class="filter">
                {select(
                    Field {
                        id: "filter".to_owned(),
                        name: "about",
                        label: t(lang, "forum-filter"),
                        value: about,
                        ..Field::default()
                    },
                    groups,
                )}
                <button type="submit" class="quiet">{t(lang, "forum-filter-apply")}</button>
            </form>
        </div>
        {list}
        {older}
    }
}

fn thread_line(lang: Lang, thread: ThreadLine) -> AnyView {
    let author = thread.author.map(|author| view! { <span>{author}</span> });
    let locked = thread
        .locked
        .then(|| view! { <span class="tag">{t(lang, "forum-locked")}</span> });
    view! {
        <li>
            <h2><a href=thread.href>{thread.title}</a></h2>
            <p class="by">
                <span>{t_with(lang, "forum-about", &[("about", thread.about.into())])}</span>
                {author}
                <span>{t_with(lang, "forum-comments", &[("n", thread.comments.into())])}</span>
                <span>{t_with(lang, "forum-last", &[("when", thread.last.into())])}</span>
                {locked}
            </p>
        </li>
    }
    .into_any()
}

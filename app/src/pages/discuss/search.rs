//! Looking for words in the discussion.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::{t, t_with},
    pages::field::{Field, line},
};

/// What was asked.
#[derive(Clone, Debug, Default)]
pub struct SearchForm {
    pub words: String,
    pub author: String,
    pub author_fault: Option<String>,
    pub from: String,
    pub until: String,
    pub date_fault: Option<String>,
    /// The thread it is limited to: number and title.
    pub thread: Option<(i64, String)>,
}

impl SearchForm {
    fn narrowed(&self) -> bool {
        !(self.author.is_empty() && self.from.is_empty() && self.until.is_empty())
    }
}

/// A comment that was found.
#[derive(Clone, Debug)]
pub struct FoundLine {
    pub href: String,
    pub thread_title: Vec<(bool, String)>,
    pub opens: bool,
    pub author: Option<String>,
    pub when: String,
    pub datetime: String,
    pub lang: &'static str,
    /// Pieces of its text; `true` marks what was looked for.
    pub excerpt: Vec<(bool, String)>,
}

#[component]
pub fn SearchPage(
    lang: Lang,
    /// Path of the list of threads.
    base: String,
    form: SearchForm,
    /// Something was asked that can be looked for.
    asked: bool,
    found: Vec<FoundLine>,
    /// Path of the next page.
    next: Option<String>,
) -> impl IntoView {
    let results = match (asked, found.is_empty()) {
        (false, _) => view! { <p class="hint">{t(lang, "search-hint")}</p> }.into_any(),
        (true, true) => view! {
            <div class="empty">
                <h2>{t(lang, "search-none")}</h2>
                <p>{t(lang, "search-none-text")}</p>
            </div>
        }
        .into_any(),
        (true, false) => {
            let items = found
                .into_iter()
                .map(|comment| found_line(lang, comment))
                .collect_view();
            view! {
                <p class="hint">{t(lang, "search-order")}</p>
                <ol class="plain-list found">{items}</ol>
            }
            .into_any()
        }
    };
    let older = next.map(|href| {
        view! { <p class="pages"><a href=href>{t(lang, "search-more")}</a></p> }
    });
    view! {
        <div class="page-head">
            <h1>{t(lang, "search-title")}</h1>
            <p><a href=base.clone()>{t(lang, "search-back")}</a></p>
        </div>
        {search_form(lang, &base, form)}
        <section aria-label=t(lang, "search-results")>{results} {older}</section>
    }
}

fn search_form(lang: Lang, base: &str, form: SearchForm) -> AnyView {
    let narrowed = form.narrowed();
    let within = form.thread.map(|(id, title)| {
        let away = format!("{base}/search");
        view! {
            <p class="within">
                <input type="hidden" name="thread" value=id.to_string() />
                <span>{t_with(lang, "search-within", &[("title", title.into())])}</span>
                <a href=away>{t(lang, "search-everywhere")}</a>
            </p>
        }
    });
    let date = |id: &'static str, key: &str, value: String| {
        view! {
            <div class="field">
                <label for=id>{t(lang, key)}</label>
                <input type="date" id=id name=id value=value />
            </div>
        }
    };
    let date_fault = form
        .date_fault
        .map(|text| view! { <p class="fault" role="alert">{text}</p> });
    view! {
        <form method="get" action=format!("{base}/search") class="search" role="search">
            {within}
            {line(Field {
                id: "q".to_owned(),
                name: "q",
                label: t(lang, "search-words"),
                value: form.words,
                hint: Some(t(lang, "search-words-hint")),
                ..Field::default()
            })}
            <details open=narrowed>
                <summary>{t(lang, "search-narrow")}</summary>
                {line(Field {
                    id: "by".to_owned(),
                    name: "by",
                    label: t(lang, "search-author"),
                    value: form.author,
                    fault: form.author_fault,
                    ..Field::default()
                })}
                {date_fault}
                <div class="dates">
                    {date("from", "search-from", form.from)}
                    {date("until", "search-until", form.until)}
                </div>
            </details>
            <button type="submit">{t(lang, "search-go")}</button>
        </form>
    }
    .into_any()
}

/// Text with what was asked for marked.
fn pieces(text: Vec<(bool, String)>) -> AnyView {
    text.into_iter()
        .map(|(marked, text)| {
            if marked {
                view! { <mark>{text}</mark> }.into_any()
            } else {
                text.into_any()
            }
        })
        .collect_view()
        .into_any()
}

fn found_line(lang: Lang, comment: FoundLine) -> AnyView {
    let excerpt = pieces(comment.excerpt);
    let author = comment.author.unwrap_or_else(|| t(lang, "forum-by-nobody"));
    let opens = comment
        .opens
        .then(|| view! { <span class="tag">{t(lang, "search-opening")}</span> });
    view! {
        <li>
            <h2><a href=comment.href>{pieces(comment.thread_title)}</a></h2>
            <p class="by">
                <strong class="author">{author}</strong>
                <time datetime=comment.datetime>{comment.when}</time>
                {opens}
            </p>
            <p class="excerpt" lang=comment.lang>{excerpt}</p>
        </li>
    }
    .into_any()
}

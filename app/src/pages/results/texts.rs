//! What people wrote: the lists of a release.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::{t, t_with};

/// The lists of a release, or a part of them.
#[derive(Clone, Debug)]
pub struct TextListsView {
    pub lang: Lang,
    /// Path of the release's results.
    pub results: String,
    /// Path of the file.
    pub file: String,
    /// Release, day and number of responses in words.
    pub release: String,
    pub mark: String,
    pub minimum: u64,
    /// The operator set a rule looser than Partake promises.
    pub looser: bool,
    pub lists: Vec<TextListView>,
}

/// The texts of one question.
#[derive(Clone, Debug)]
pub struct TextListView {
    pub question: String,
    pub title: String,
    /// Texts on the whole list.
    pub all: usize,
    /// Place of the first text shown, from 0.
    pub from: usize,
    pub texts: Vec<String>,
    /// Paths of the pages before and after, or of the whole list.
    pub before: Option<String>,
    pub after: Option<String>,
    /// This is the list's own page.
    pub alone: bool,
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[component]
pub fn TextListsPage(view: TextListsView) -> impl IntoView {
    let lang = view.lang;
    let least = i64::try_from(view.minimum).unwrap_or(i64::MAX);
    let lists = if view.lists.is_empty() {
        view! { <p class="empty">{t(lang, "texts-list-none")}</p> }.into_any()
    } else {
        let lists = view.lists.into_iter();
        lists
            .map(|one| list(lang, least, one))
            .collect_view()
            .into_any()
    };
    view! {
        <div class="results own-words">
            <header class="results-head">
                <p class="release"><span>{view.release}</span></p>
                <h1>{t(lang, "texts-list-title")}</h1>
                <p class="lede">{t(lang, "texts-list-lede")}</p>
            </header>
            {view.looser.then(|| view! { <p class="warning">{t(lang, "results-looser")}</p> })}
            <p class="rule">
                {t_with(lang, "texts-list-mark", &[("mark", view.mark.into())])} " "
                {t_with(lang, "texts-list-join", &[("minimum", least.into())])}
            </p>
            {lists}
            <p class="actions">
                <a href=view.file>{t(lang, "texts-list-file")}</a>
                <a href=view.results>{t(lang, "texts-list-back")}</a>
            </p>
        </div>
    }
}

fn list(lang: Lang, least: i64, list: TextListView) -> impl IntoView {
    let heading = format!("{}-title", list.question);
    let body = if list.texts.is_empty() {
        let args = [("minimum", least.into())];
        view! { <p class="withheld">{t_with(lang, "texts-list-wait", &args)}</p> }.into_any()
    } else {
        let all = [("n", number(list.all).into())];
        let shown = list.texts.len();
        let count = if shown == list.all {
            t_with(lang, "texts-list-count", &all)
        } else {
            let args = [
                ("from", number(list.from + 1).into()),
                ("to", number(list.from + shown).into()),
                ("n", number(list.all).into()),
            ];
            t_with(lang, "texts-list-page", &args)
        };
        let texts = list
            .texts
            .into_iter()
            .map(|text| view! { <li><p class="as-written" lang="">{text}</p></li> })
            .collect_view();
        let after = list.after.map(|href| {
            let words = if list.alone {
                t(lang, "texts-more")
            } else {
                t_with(lang, "texts-list-all", &all)
            };
            view! { <a href=href>{words}</a> }
        });
        let before = list
            .before
            .map(|href| view! { <a rel="prev" href=href>{t(lang, "texts-fewer")}</a> });
        view! {
            <p class="base">{count}</p>
            <ul class="own-words-list">{texts}</ul>
            <p class="pages">{before} " " {after}</p>
        }
        .into_any()
    };
    view! {
        <section class="result" id=list.question aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{list.title}</h2>
            {body}
        </section>
    }
}

/// What the page of a release says of its lists.
#[derive(Clone, Debug)]
pub struct WordsTeaser {
    /// Path of the lists.
    pub href: String,
    pub minimum: u64,
    /// Question, title and number of texts of each list.
    pub lists: Vec<(String, String, usize)>,
}

pub(super) fn words_teaser(lang: Lang, teaser: Option<WordsTeaser>) -> impl IntoView {
    teaser.map(|teaser| {
        let least = i64::try_from(teaser.minimum).unwrap_or(i64::MAX);
        let items = teaser
            .lists
            .into_iter()
            .map(|(question, title, n)| {
                let args = [("n", number(n).into()), ("minimum", least.into())];
                view! {
                    <li>
                        <a href=format!("{}#{question}", teaser.href)>{title}</a>
                        <span class="note">{t_with(lang, "texts-teaser", &args)}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="result-section" id="own-words" aria-labelledby="own-words-title">
                <h2 id="own-words-title">
                    <a href=teaser.href.clone()>{t(lang, "texts-list-title")}</a>
                </h2>
                <p>{t(lang, "texts-list-lede")}</p>
                <ul class="own-words-questions">{items}</ul>
            </section>
        }
    })
}

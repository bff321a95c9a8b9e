//! A thread.

use leptos::prelude::*;
use partake_core::{forum::Sort, lang::Lang};

use super::{
    comment::{CommentView, acts, body, byline, tree},
    compose::{Composer, HeldBack, composer, held_back, sign_in_first, words},
    quoted::{QuotedFigure, quoted_figure},
};
use crate::{
    i18n::{t, t_with},
    islands::ThreadTools,
    pages::field::notice,
};

#[component]
pub fn ThreadPage(
    lang: Lang,
    /// Path of this thread.
    href: String,
    title: String,
    about: String,
    /// Path of the threads about the same.
    about_href: String,
    /// The figure it is about, if it is about one.
    quoted: Option<QuotedFigure>,
    locked: bool,
    comment_count: i64,
    said: Option<String>,
    opening: CommentView,
    comments: Vec<CommentView>,
    sort: Sort,
    /// Readable comments in each language that occurs.
    languages: Vec<(Lang, i64)>,
    /// The one language that is read.
    only: Option<Lang>,
    /// The reader follows it; `None` for whoever is not signed in.
    follows: Option<bool>,
    next: Option<String>,
    /// A page in the middle of the comments.
    continued: bool,
    /// `None` when the reader may not reply.
    composer_form: Option<Composer>,
    signed_in: bool,
    /// Path and text of what a moderator can do.
    moderate: Vec<(String, String)>,
    /// What one should know before writing here.
    notices: Vec<String>,
    /// Why the reader may not write anywhere.
    held: Option<HeldBack>,
) -> impl IntoView {
    let moderate = moderate
        .into_iter()
        .map(|(href, text)| view! { <a href=href>{text}</a> })
        .collect_view();
    let notices = notices
        .into_iter()
        .map(|text| view! { <p class="hint">{text}</p> })
        .collect_view();
    let locked_text =
        locked.then(|| view! { <p class="notice">{t(lang, "forum-locked-text")}</p> });
    let form = match composer_form {
        Some(form) => composer(lang, form),
        None if locked => ().into_any(),
        None if !signed_in => sign_in_first(lang, &href),
        None => held.map(|held| held_back(&held)).into_any(),
    };
    let head = (!continued).then(|| {
        view! {
            <article class="opening" id=format!("c{}", opening.id)>
                {byline(lang, &opening)}
                {body(lang, &opening)}
                <div class="acts">{acts(lang, &opening)} {moderate}</div>
            </article>
            {locked_text}
            <section class="join" id="reply" aria-label=t(lang, "forum-reply-thread")>{notices} {form}</section>
        }
    });
    let search_href = href
        .rsplit_once('/')
        .map_or_else(String::new, |(base, id)| {
            format!("{base}/search?thread={id}")
        });
    let empty = comments.is_empty() && !continued;
    let list = comments
        .into_iter()
        .map(|comment| tree(lang, comment))
        .collect_view();
    let list = if empty {
        view! { <p class="empty">{t(lang, "forum-first-comment")}</p> }.into_any()
    } else {
        list.into_any()
    };
    let only_query = only.map(|only| format!("&only={only}")).unwrap_or_default();
    let languages = language_choice(lang, &href, sort, only, &languages);
    let follow = follows.map(|follows| {
        let (value, key) = if follows {
            ("off", "thread-unfollow")
        } else {
            ("on", "thread-follow")
        };
        view! {
            <form method="post" action=format!("{href}/follow") class="follow">
                <button type="submit" name="follow" value=value class="quiet">{t(lang, key)}</button>
            </form>
        }
    });
    let feed = format!("{href}/feed.atom");
    let live = format!("{href}/live");
    let number = href.rsplit('/').next().unwrap_or_default().to_owned();
    let next = next.map(|cursor| {
        view! {
            <p class="pages">
                <a href=format!("{href}?sort={sort}{only_query}&cursor={cursor}")>
                    {t(lang, "forum-next-comments")}
                </a>
            </p>
        }
    });
    let sorts = Sort::ALL.map(|order| {
        view! {
            <a
                href=format!("{href}?sort={order}{only_query}#comments")
                aria-current=(order == sort).then_some("true")
            >
                {t(lang, &format!("forum-sort-{order}"))}
            </a>
        }
    });
    view! {
        <div class="page-head">
            <p class="by">
                <a href=about_href>{t_with(lang, "forum-about", &[("about", about.into())])}</a>
            </p>
            <h1>{title}</h1>
        </div>
        {notice(said)}
        {quoted_figure(lang, quoted)}
        <ThreadTools words=words(lang)>
            {head}
            <section class="comments" aria-labelledby="comments" data-live=live data-thread=number>
                <div class="comments-head">
                    <h2 id="comments">
                        {t_with(lang, "forum-comments", &[("n", (comment_count - 1).max(0).into())])}
                    </h2>
                    <nav class="sorts" aria-label=t(lang, "forum-sort")>{sorts}</nav>
                    <p class="hint">{t(lang, &format!("thread-sort-{sort}"))}</p>
                    {languages}
                    <div class="thread-ways">
                        <a href=search_href>{t(lang, "search-in-thread")}</a>
                        <a href=feed type="application/atom+xml">{t(lang, "thread-feed")}</a>
                        {follow}
                    </div>
                </div>
                <div class="children roots">{list}</div>
                {next}
            </section>
        </ThreadTools>
    }
}

/// Reading one language only, and what that folds away; nothing where there is but one.
fn language_choice(
    lang: Lang,
    href: &str,
    sort: Sort,
    only: Option<Lang>,
    languages: &[(Lang, i64)],
) -> AnyView {
    if languages.len() < 2 && only.is_none() {
        return ().into_any();
    }
    let choice = |to: Option<Lang>, text: String| {
        let query = to.map(|to| format!("&only={to}")).unwrap_or_default();
        view! {
            <a
                href=format!("{href}?sort={sort}{query}#comments")
                aria-current=(only == to).then_some("true")
            >
                {text}
            </a>
        }
    };
    let each = languages
        .iter()
        .map(|(of, n)| {
            let text = t_with(lang, &format!("thread-only-{of}"), &[("n", (*n).into())]);
            choice(Some(*of), text)
        })
        .collect_view();
    let folded = only.map(|only| {
        let n: i64 = languages
            .iter()
            .filter(|(of, _)| *of != only)
            .map(|(_, n)| n)
            .sum();
        view! { <p class="hint">{t_with(lang, "thread-folded", &[("n", n.into())])}</p> }
    });
    view! {
        <nav class="sorts languages" aria-label=t(lang, "thread-languages")>
            {choice(None, t(lang, "thread-only-all"))}
            {each}
        </nav>
        {folded}
    }
    .into_any()
}

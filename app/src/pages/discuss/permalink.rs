//! One comment with what came before it and what followed.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::{
    comment::{CommentView, body, byline, tree},
    compose::{Composer, HeldBack, composer, held_back, words},
};
use crate::{
    i18n::{t, t_with},
    islands::ThreadTools,
    pages::field::notice,
};

#[component]
pub fn PermalinkPage(
    lang: Lang,
    /// Path of the thread.
    thread_href: String,
    thread_title: String,
    said: Option<String>,
    ancestors: Vec<CommentView>,
    /// Others under the same parent.
    beside: Vec<CommentView>,
    comment: CommentView,
    /// A reply that was refused, with what was typed.
    refused: Option<Composer>,
    /// What holds the reader back from answering.
    held: Option<HeldBack>,
    /// Where more replies to it are.
    next: Option<String>,
) -> impl IntoView {
    let alone = |comments: &[CommentView]| {
        comments
            .iter()
            .map(|comment| {
                view! {
                    <li id=format!("c{}", comment.id)>
                        {byline(lang, comment)}
                        {body(lang, comment)}
                    </li>
                }
            })
            .collect_view()
    };
    let others = (!beside.is_empty()).then(|| {
        view! {
            <section class="before siblings" aria-labelledby="siblings">
                <h2 id="siblings">{t(lang, "forum-beside")}</h2>
                <ol class="plain-list">{alone(&beside)}</ol>
            </section>
        }
    });
    let before = (!ancestors.is_empty()).then(|| {
        let items = alone(&ancestors);
        view! {
            <section class="before" aria-labelledby="before">
                <h2 id="before">{t(lang, "forum-ancestors")}</h2>
                <ol class="plain-list">{items}</ol>
            </section>
        }
    });
    let refused = refused.map(|form| {
        let label = form.label.clone();
        let form = composer(lang, form);
        view! { <section class="join" id="reply" aria-label=label>{form}</section> }
    });
    let next = next.map(|href| {
        view! { <p class="pages"><a href=href>{t(lang, "forum-next-comments")}</a></p> }
    });
    view! {
        <div class="page-head">
            <h1>{t_with(lang, "forum-in-thread", &[("title", thread_title.into())])}</h1>
            <p><a href=thread_href>{t(lang, "forum-whole-thread")}</a></p>
        </div>
        {notice(said)}
        {held.map(|held| held_back(&held))}
        <ThreadTools words=words(lang)>
            {before}
            {refused}
            <section class="comments" aria-label=t(lang, "forum-all-comments")>
                <div class="children roots focus">{tree(lang, comment)}</div>
                {next}
            </section>
            {others}
        </ThreadTools>
    }
}

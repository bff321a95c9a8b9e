//! A second look at a decided comment, without the decision.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::{t, t_with},
    pages::{discuss::RuleChoice, field::notice},
    ui::{Quoted, Words},
};

/// What is looked at.
#[derive(Clone, Debug)]
pub struct ToReview {
    pub act: i64,
    pub thread_title: String,
    /// Author and text of what it replies to.
    pub parent: Option<(String, Words)>,
    pub words: Words,
}

#[component]
pub fn ReviewPage(
    lang: Lang,
    said: Option<String>,
    fault: Option<String>,
    /// The rules in force.
    rules: Vec<RuleChoice>,
    item: Option<ToReview>,
) -> impl IntoView {
    let body = match item {
        None => view! { <p class="empty">{t(lang, "mod-review-none")}</p> }.into_any(),
        Some(item) => {
            let parent = item.parent.map(|(by, words)| {
                view! {
                    <details class="before-it" open=true>
                        <summary>{t_with(lang, "mod-in-reply", &[("author", by.into())])}</summary>
                        <Quoted words=words />
                    </details>
                }
            });
            let choices = std::iter::once(("keep", t(lang, "mod-review-keep")))
                .chain(rules.into_iter().map(|rule| (rule.code, rule.title)))
                .map(|(code, text)| {
                    view! {
                        <label class="check">
                            <input type="radio" name="verdict" value=code />
                            <span>{text}</span>
                        </label>
                    }
                })
                .collect_view();
            let fault = fault.map(|text| view! { <p class="fault" role="alert">{text}</p> });
            view! {
                <h2>{item.thread_title}</h2>
                {parent}
                <blockquote class="quoted"><Quoted words=item.words /></blockquote>
                <form method="post" action=format!("/{lang}/moderation/review") novalidate=true>
                    <input type="hidden" name="act" value=item.act />
                    <fieldset class="reasons">
                        <legend>{t(lang, "mod-review-question")}</legend>
                        {fault}
                        {choices}
                    </fieldset>
                    <button type="submit">{t(lang, "mod-review-send")}</button>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <div class="page-head">
            <h1>{t(lang, "mod-review")}</h1>
            <p>{t(lang, "mod-review-lede")}</p>
            {super::links(lang)}
        </div>
        {notice(said)}
        {body}
    }
}

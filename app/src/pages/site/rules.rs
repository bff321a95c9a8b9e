//! The rules of the discussion: what is removed, how, and how to object.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::Operator;
use crate::i18n::{t, t_with};

/// A version of a rule.
#[derive(Clone, Debug)]
pub struct RuleView {
    /// Code and version.
    pub citation: String,
    pub title: String,
    pub text: String,
    pub breaks: Vec<String>,
    pub keeps: Vec<String>,
    pub published: String,
    /// Nothing is decided under it any more.
    pub retired: bool,
}

/// A rule: the version that holds, and those before it.
#[derive(Clone, Debug)]
pub struct RuleHistory {
    /// Code.
    pub code: &'static str,
    pub newest: RuleView,
    pub earlier: Vec<RuleView>,
}

#[component]
pub fn Rules(lang: Lang, operator: Operator, rules: Vec<RuleHistory>) -> impl IntoView {
    let say = move |key: &str| t(lang, &format!("site-rules-{key}"));
    let rules = rules
        .into_iter()
        .map(|rule| history(lang, rule))
        .collect_view();
    let how = (1..=3)
        .map(|at| view! { <li>{say(&format!("how-{at}"))}</li> })
        .collect_view();
    let contact = operator.contact.map(|contact| {
        view! { <p>{t_with(lang, "mod-rules-contact", &[("contact", contact.into())])}</p> }
    });
    view! {
        <article class="prose">
            <h1>{say("title")}</h1>
            <p class="lede">{say("lede")}</p>
            <h2>{say("removed-title")}</h2>
            {rules}
            <h2>{say("how-title")}</h2>
            <ul>{how}</ul>
            <p>
                <a href=format!("/{lang}/moderation/log")>{say("log")}</a>
                " · "
                <a href=format!("/{lang}/moderation/statistics")>{t(lang, "mod-statistics")}</a>
            </p>
            <h2>{say("appeal-title")}</h2>
            <p>{t(lang, "mod-rules-appeal")}</p>
            <p><a href=format!("/{lang}/moderation/mine")>{t(lang, "mod-mine")}</a></p>
            {contact}
            <h2>{say("yours-title")}</h2>
            <p>{say("yours")}</p>
        </article>
    }
}

fn history(lang: Lang, rule: RuleHistory) -> AnyView {
    let earlier = (!rule.earlier.is_empty()).then(|| {
        let versions = rule
            .earlier
            .into_iter()
            .map(|version| version_view(lang, version))
            .collect_view();
        view! {
            <details>
                <summary>{t(lang, "mod-rules-earlier")}</summary>
                {versions}
            </details>
        }
    });
    let retired = rule
        .newest
        .retired
        .then(|| view! { <p class="notice">{t(lang, "mod-rule-retired-text")}</p> });
    view! {
        <section class="rule" id=rule.code>
            {retired}
            {version_view(lang, rule.newest)}
            {earlier}
        </section>
    }
    .into_any()
}

fn version_view(lang: Lang, rule: RuleView) -> AnyView {
    let list = |examples: Vec<String>| {
        examples
            .into_iter()
            .map(|example| view! { <li>{example}</li> })
            .collect_view()
    };
    let keeps = (!rule.keeps.is_empty()).then(|| {
        view! {
            <p>{t(lang, "mod-rule-keeps")}</p>
            <ul>{list(rule.keeps)}</ul>
        }
    });
    view! {
        <div class="rule-version" id=rule.citation.replace('@', "-")>
            <h3>
                {rule.title} " "
                <code title=t(lang, "site-rules-code")>{rule.citation.clone()}</code>
            </h3>
            <p class="by">{t_with(lang, "mod-rule-since", &[("when", rule.published.into())])}</p>
            <p>{rule.text}</p>
            <p>{t(lang, "mod-rule-breaks")}</p>
            <ul>{list(rule.breaks)}</ul>
            {keeps}
        </div>
    }
    .into_any()
}

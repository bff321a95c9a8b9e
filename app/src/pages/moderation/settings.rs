//! How the discussion is moderated.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::queue::options;
use crate::{
    i18n::t,
    pages::{
        discuss::RuleChoice,
        field::{Field, area, line, notice, select},
    },
};

/// A number that can be set.
#[derive(Clone, Debug)]
pub struct NumberSetting {
    pub name: &'static str,
    pub value: String,
    pub fault: Option<String>,
}

/// A sentence at hand.
#[derive(Clone, Debug)]
pub struct SnippetLine {
    pub id: i64,
    pub reason: String,
    pub lang: &'static str,
    pub body: String,
}

/// A sentence that was typed.
#[derive(Clone, Debug, Default)]
pub struct SentenceTyped {
    pub reason: String,
    pub lang: String,
    pub body: String,
}

#[component]
pub fn SettingsPage(
    lang: Lang,
    said: Option<String>,
    fault: Option<String>,
    /// What these settings were when the form was made.
    seen: String,
    premoderate: String,
    named: String,
    repetition: bool,
    numbers: Vec<NumberSetting>,
    words: String,
    words_fault: Option<String>,
    snippets: Vec<SnippetLine>,
    snippet_fault: Option<String>,
    /// What was typed of a sentence that was refused.
    sentence: SentenceTyped,
    /// The rules in force.
    offered: Vec<RuleChoice>,
    /// Rule, its newest version, and whether it is retired; for who may change them.
    rules: Vec<(&'static str, i64, bool)>,
) -> impl IntoView {
    let fault =
        fault.map(|text| view! { <div class="notice warn" role="alert"><p>{text}</p></div> });
    let choice = |name: &'static str, value: String, options: &[&str]| {
        let options = options
            .iter()
            .map(|code| {
                (
                    (*code).to_owned(),
                    t(lang, &format!("mod-set-{name}-{code}")),
                )
            })
            .collect();
        select(
            Field {
                id: name.to_owned(),
                name,
                label: t(lang, &format!("mod-set-{name}")),
                value,
                ..Field::default()
            },
            vec![(None, options)],
        )
    };
    let numbers = numbers
        .into_iter()
        .map(|number| {
            line(Field {
                id: number.name.to_owned(),
                name: number.name,
                label: t(lang, &format!("mod-set-{}", number.name)),
                hint: Some(t(lang, &format!("mod-set-{}-hint", number.name))),
                value: number.value,
                fault: number.fault,
                autocomplete: Some("off"),
            })
        })
        .collect_view();
    let rules = (!rules.is_empty()).then(|| rule_list(lang, rules));
    view! {
        <div class="page-head">
            <h1>{t(lang, "mod-settings")}</h1>
            <p>{t(lang, "mod-settings-lede")}</p>
            {super::links(lang)}
        </div>
        {notice(said)}
        {fault}
        <form method="post" action=format!("/{lang}/moderation/settings") novalidate=true class="settings">
            <input type="hidden" name="seen" value=seen />
            {choice("premoderate", premoderate, &["nobody", "newcomers", "everyone"])}
            {choice("named", named, &["handle", "role"])}
            <label class="check">
                <input type="checkbox" name="repetition" value="on" checked=repetition />
                <span>{t(lang, "mod-set-repetition")}</span>
            </label>
            {numbers}
            {area(
                Field {
                    id: "words".into(),
                    name: "words",
                    label: t(lang, "mod-set-words"),
                    hint: Some(t(lang, "mod-set-words-hint")),
                    value: words,
                    fault: words_fault,
                    ..Field::default()
                },
                6,
            )}
            <button type="submit">{t(lang, "forum-save")}</button>
        </form>
        {snippet_section(lang, snippets, snippet_fault, sentence, &offered)}
        {rules}
    }
}

fn snippet_section(
    lang: Lang,
    snippets: Vec<SnippetLine>,
    fault: Option<String>,
    typed: SentenceTyped,
    rules: &[RuleChoice],
) -> AnyView {
    let action = format!("/{lang}/moderation/settings/sentences");
    let lines = snippets
        .into_iter()
        .map(|line| {
            view! {
                <li>
                    <p class="by"><strong>{line.reason}</strong> <span>{line.lang}</span></p>
                    <p lang=line.lang>{line.body}</p>
                    <form method="post" action=action.clone()>
                        <input type="hidden" name="id" value=line.id />
                        <button type="submit" name="act" value="drop" class="link">
                            {t(lang, "mod-snippet-drop")}
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let spoken = if typed.lang.is_empty() {
        lang.as_str().to_owned()
    } else {
        typed.lang
    };
    let langs = vec![
        ("zh".to_owned(), "中文".to_owned()),
        ("en".to_owned(), "English".to_owned()),
    ];
    view! {
        <section aria-labelledby="sentences">
            <h2 id="sentences">{t(lang, "mod-snippets")}</h2>
            <ol class="plain-list">{lines}</ol>
            <form method="post" action=action.clone() novalidate=true>
                {select(
                    Field { id: "snippet-reason".into(), name: "reason", label: t(lang, "moderation-reason"), value: typed.reason, ..Field::default() },
                    options(rules),
                )}
                {select(
                    Field { id: "snippet-lang".into(), name: "lang", label: t(lang, "mod-filter-language"), value: spoken, ..Field::default() },
                    vec![(None, langs)],
                )}
                {area(
                    Field { id: "snippet-body".into(), name: "body", label: t(lang, "mod-sentence"), value: typed.body, fault, ..Field::default() },
                    2,
                )}
                <button type="submit" name="act" value="add" class="quiet">{t(lang, "mod-snippet-add")}</button>
            </form>
        </section>
    }
    .into_any()
}

fn rule_list(lang: Lang, rules: Vec<(&'static str, i64, bool)>) -> AnyView {
    let lines = rules
        .into_iter()
        .map(|(reason, version, retired)| {
            let retired = retired
                .then(|| view! { <span class="tag on">{t(lang, "mod-rule-retired")}</span> });
            view! {
                <li>
                    <a href=format!("/{lang}/moderation/rules/{reason}")>
                        {t(lang, &format!("forum-reason-{reason}"))}
                    </a>
                    " "
                    <code>{format!("{reason}@{version}")}</code>
                    " "
                    {retired}
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="rules">
            <h2 id="rules">{t(lang, "forum-rules")}</h2>
            <p>{t(lang, "mod-rules-owner")}</p>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}

//! Another version of a rule.

use leptos::prelude::*;
use partake_core::{forum::rule::Wording, lang::Lang};

use crate::{
    i18n::{t, t_with},
    pages::field::{Field, area, line},
};

/// A wording as it is typed: one example on each line.
#[derive(Clone, Debug, Default)]
pub struct RuleText {
    pub title: String,
    pub text: String,
    pub breaks: String,
    pub keeps: String,
    pub sentence: String,
    pub fault: Option<String>,
}

impl From<&Wording> for RuleText {
    fn from(wording: &Wording) -> Self {
        Self {
            title: wording.title.clone(),
            text: wording.text.clone(),
            breaks: wording.breaks.join("\n"),
            keeps: wording.keeps.join("\n"),
            sentence: wording.sentence.clone(),
            fault: None,
        }
    }
}

#[component]
pub fn RulePage(
    lang: Lang,
    reason: &'static str,
    /// Newest version.
    version: i64,
    retired: bool,
    zh: RuleText,
    en: RuleText,
    /// Why the whole was refused.
    fault: Option<String>,
) -> impl IntoView {
    let fault =
        fault.map(|text| view! { <div class="notice warn" role="alert"><p>{text}</p></div> });
    let title = match lang {
        Lang::Zh => &zh.title,
        Lang::En => &en.title,
    };
    let heading = match title.is_empty() {
        true => t(lang, &format!("forum-reason-{reason}")),
        false => title.clone(),
    };
    let state = match retired {
        true => t(lang, "mod-rule-retired-text"),
        false => t_with(lang, "mod-rule-version-now", &[("n", version.into())]),
    };
    let retire = (!retired).then(|| {
        view! {
            <button type="submit" name="act" value="retire" class="danger">
                {t(lang, "mod-rule-retire")}
            </button>
        }
    });
    view! {
        <div class="page-head">
            <h1>{heading}</h1>
            <p>{state}</p>
            {super::links(lang)}
        </div>
        {fault}
        <p>{t(lang, "mod-rule-edit-text")}</p>
        <form method="post" action=format!("/{lang}/moderation/rules/{reason}") novalidate=true>
            <input type="hidden" name="seen" value=version />
            <div class="two">
                {wording(lang, "zh", "中文", zh)}
                {wording(lang, "en", "English", en)}
            </div>
            <div class="actions">
                <button type="submit" name="act" value="publish">{t(lang, "mod-rule-publish")}</button>
                {retire}
            </div>
        </form>
    }
}

fn wording(lang: Lang, code: &'static str, name: &'static str, text: RuleText) -> AnyView {
    // One name for each field and language, as the form sends it.
    let names: [&'static str; 5] = match code {
        "zh" => [
            "zh_title",
            "zh_text",
            "zh_breaks",
            "zh_keeps",
            "zh_sentence",
        ],
        _ => [
            "en_title",
            "en_text",
            "en_breaks",
            "en_keeps",
            "en_sentence",
        ],
    };
    let field = |name: &'static str, key: &str, value: String| Field {
        id: name.to_owned(),
        name,
        label: t(lang, key),
        value,
        ..Field::default()
    };
    let [title, body, breaks, keeps, sentence] = names;
    let fault = text
        .fault
        .map(|text| view! { <p class="fault" role="alert">{text}</p> });
    view! {
        <fieldset lang=code>
            <legend>{name}</legend>
            {fault}
            {line(field(title, "mod-rule-title", text.title))}
            {area(field(body, "mod-rule-text", text.text), 4)}
            {area(field(breaks, "mod-rule-breaks-field", text.breaks), 4)}
            {area(field(keeps, "mod-rule-keeps-field", text.keeps), 4)}
            {area(field(sentence, "mod-rule-sentence", text.sentence), 3)}
        </fieldset>
    }
    .into_any()
}

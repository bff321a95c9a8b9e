//! A stored response, with what can still be done about it.

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::{t, t_with},
    pages::survey::ANSWERS_FORM,
};

/// A question and the lines of its answer.
pub type StoredAnswer = (String, Vec<String>);

/// A text with what became of it.
#[derive(Clone, Debug)]
pub struct StoredText {
    pub question: String,
    pub lines: Vec<String>,
    pub fate: Option<String>,
}

/// What can still be done about a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be changed and withdrawn.
    Open,
    /// Its survey is closed: it can be withdrawn.
    Closed,
    /// It is part of a release: it can be withdrawn from later ones.
    Released(i64),
}

/// What is stored, in words.
#[derive(Clone, Debug)]
pub struct StoredView {
    pub lang: Lang,
    pub base: String,
    pub code: String,
    pub standing: Standing,
    /// Question and answers, section by section.
    pub sections: Vec<(String, Vec<StoredAnswer>)>,
    pub texts: Vec<StoredText>,
    pub votes: Vec<(String, Vec<String>)>,
    /// Quality flags.
    pub flags: Vec<(String, Vec<String>)>,
    /// Language in which it was answered.
    pub answered_in: String,
    /// True when "withdraw" was pressed without the tick.
    pub unticked: bool,
}

#[component]
pub fn StoredPage(stored: StoredView) -> impl IntoView {
    let StoredView {
        lang,
        base,
        code,
        standing,
        sections,
        texts,
        votes,
        flags,
        answered_in,
        unticked,
    } = stored;
    let state = match standing {
        Standing::Open => t(lang, "survey-response-open-state"),
        Standing::Closed => t(lang, "survey-response-closed-state"),
        Standing::Released(n) => t_with(
            lang,
            "survey-response-frozen-state",
            &[("release", n.into())],
        ),
    };
    let change = (standing == Standing::Open).then(|| {
        view! {
            <form method="post" action=format!("{base}/response/change")>
                <h2>{t(lang, "survey-response-change")}</h2>
                <p>{t(lang, "survey-response-change-help")}</p>
                <input type="hidden" name="code" value=code.clone() />
                <button class="button" type="submit">{t(lang, "survey-response-change")}</button>
            </form>
        }
    });
    let consequence = t(
        lang,
        match standing {
            Standing::Open | Standing::Closed => "survey-response-withdraw-open",
            Standing::Released(_) => "survey-response-withdraw-frozen",
        },
    );
    let fault = unticked.then(|| {
        view! {
            <p class="fault" id="e-sure" role="alert">{t(lang, "survey-response-withdraw-tick")}</p>
        }
    });
    let closed = sections
        .into_iter()
        .map(|(title, pairs)| {
            view! {
                <h3>{title}</h3>
                {list(pairs)}
            }
        })
        .collect_view();
    let texts = (!texts.is_empty()).then(|| {
        view! {
            <h3>{t(lang, "survey-response-texts")}</h3>
            <p class="help">{t(lang, "survey-response-texts-help")}</p>
            {texts_list(texts)}
        }
    });
    let flags = view! {
        <h3>{t(lang, "answering-flags")}</h3>
        <p class="help">{t(lang, "answering-flags-help")}</p>
        {list(flags)}
    };
    let votes = (!votes.is_empty()).then(|| {
        view! {
            <h3>{t(lang, "survey-response-votes")}</h3>
            {list(votes)}
        }
    });
    view! {
        <section class="sheet response">
            // For the language switch: the address alone does not say which response this is.
            <form id=ANSWERS_FORM method="post" action=format!("{base}/response")>
                <input type="hidden" name="code" value=code.clone() />
            </form>
            <h1>{t(lang, "survey-response-title")}</h1>
            <p class="notice">{state}</p>
            <p class="stub-label">{t(lang, "survey-response-code")}</p>
            <p class="code" translate="no">{code.clone()}</p>
            <h2>{t(lang, "survey-response-stored")}</h2>
            <dl class="stored">
                <dt>{t(lang, "survey-response-language")}</dt>
                <dd>{answered_in}</dd>
            </dl>
            {closed}
            {texts}
            {votes}
            {flags}
            <hr />
            {change}
            <form method="post" action=format!("{base}/response/withdraw") novalidate=true>
                <h2>{t(lang, "survey-response-withdraw")}</h2>
                <p>{consequence}</p>
                <input type="hidden" name="code" value=code />
                {fault}
                <label class="choice">
                    <input
                        type="checkbox"
                        name="sure"
                        value="yes"
                        aria-describedby=unticked.then_some("e-sure")
                    />
                    <span>{t(lang, "survey-response-withdraw-sure")}</span>
                </label>
                <p>
                    <button class="button quiet danger" type="submit">
                        {t(lang, "survey-response-withdraw")}
                    </button>
                </p>
            </form>
        </section>
    }
}

fn texts_list(texts: Vec<StoredText>) -> impl IntoView {
    let rows = texts
        .into_iter()
        .map(|text| {
            let lines = text.lines.into_iter();
            view! {
                <dt>{text.question}</dt>
                {lines.map(|line| view! { <dd>{line}</dd> }).collect_view()}
                {text.fate.map(|fate| view! { <dd class="fate">{fate}</dd> })}
            }
        })
        .collect_view();
    view! { <dl class="stored">{rows}</dl> }
}

fn list(pairs: Vec<(String, Vec<String>)>) -> impl IntoView {
    let rows = pairs
        .into_iter()
        .map(|(question, answers)| {
            view! {
                <dt>{question}</dt>
                {answers.into_iter().map(|answer| view! { <dd>{answer}</dd> }).collect_view()}
            }
        })
        .collect_view();
    view! { <dl class="stored">{rows}</dl> }
}

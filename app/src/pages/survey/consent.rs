//! What a person should know before the first question.

use leptos::prelude::*;
use partake_core::{
    flow::{Body, QuestionView},
    lang::Lang,
};
use partake_survey::RunnerConfig;

use crate::{i18n::t, ui::config};

/// The consent page's view model.
#[derive(Clone, Debug)]
pub struct ConsentView {
    pub lang: Lang,
    pub base: String,
    /// For a draft that waits on the device.
    pub runner: RunnerConfig,
    pub title: String,
    pub intro: String,
    pub terms: String,
    /// The information text with the operator's particulars, in paragraphs.
    pub text: Vec<String>,
    pub gate: QuestionView,
    /// True when the form came back without a choice.
    pub unanswered: bool,
    pub shared: bool,
}

#[component]
pub fn ConsentPage(consent: ConsentView) -> impl IntoView {
    let ConsentView {
        lang,
        base,
        runner,
        title,
        intro,
        terms,
        text,
        gate,
        unanswered,
        shared,
    } = consent;
    let options = match gate.body {
        Body::Single(options) => options,
        _ => Vec::new(),
    };
    let choices = options
        .into_iter()
        .map(|option| {
            view! {
                <label class="choice">
                    <input type="radio" name=gate.id.clone() value=option.code />
                    <span>{option.label}</span>
                </label>
            }
        })
        .collect_view();
    let fault = unanswered
        .then(|| view! { <p class="fault" id="e-gate" role="alert">{t(lang, "survey-consent-choose")}</p> });
    view! {
        <div class="sheet survey consent">
            <h1>{title}</h1>
            <p class="lede">{intro}</p>
            <div data-draft=config(&runner)></div>
            <section class="information">
                <h2>{t(lang, "survey-consent-heading")}</h2>
                {text.into_iter().map(|part| view! { <p>{part}</p> }).collect_view()}
                <p>
                    <a href=format!("/{lang}/privacy")>{t(lang, "survey-consent-privacy")}</a>
                </p>
                <h3>{t(lang, "survey-consent-terms")}</h3>
                <p>{terms}</p>
            </section>
            <form method="post" action=format!("{base}/survey") novalidate=true>
                <fieldset
                    class="question"
                    id="q-gate"
                    aria-describedby=unanswered.then_some("e-gate")
                >
                    <legend>{gate.title}</legend>
                    {fault}
                    {choices}
                </fieldset>
                <label class="choice device-shared">
                    <input type="checkbox" name="shared" value="yes" checked=shared />
                    <span>{t(lang, "survey-consent-shared")}</span>
                </label>
                <div class="bar end">
                    <button class="button" type="submit">{t(lang, "survey-consent-go")}</button>
                </div>
            </form>
        </div>
    }
}

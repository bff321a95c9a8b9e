//! One section as a plain form. The answers so far travel in it, sealed.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;
use partake_core::{
    flow::{Progress, SectionView},
    lang::Lang,
};

use crate::{
    i18n::t,
    islands::{RunnerConfig, SurveyRunner},
    survey::{
        ErrorSummary, FaultLine, Fields, ProgressBar, Question, SectionHead, Setting, minutes_left,
        words,
    },
};

/// The section page's view model.
#[derive(Clone, Debug)]
pub struct SectionPageView {
    pub lang: Lang,
    pub base: String,
    /// The same page's base in the other language.
    pub other_base: String,
    pub section: SectionView,
    pub fields: Fields,
    pub faults: Vec<FaultLine>,
    /// What the person is told above the questions.
    pub notice: Option<String>,
    /// Unlikely numbers by question: what was typed, and what is asked about it.
    pub doubts: BTreeMap<String, (String, String)>,
    pub progress: Progress,
    pub previous: Option<String>,
    /// `None` on the last section.
    pub next: Option<String>,
    /// The sealed answers.
    pub state: String,
    pub runner: RunnerConfig,
}

#[component]
pub fn SectionPage(page: SectionPageView) -> impl IntoView {
    let SectionPageView {
        lang,
        base,
        other_base,
        section,
        fields,
        faults,
        notice,
        mut doubts,
        progress,
        previous,
        next,
        state,
        runner,
    } = page;
    let words = words(lang);
    let SectionView {
        id,
        title,
        intro,
        optional,
        questions,
    } = section;
    let here = format!("{base}/survey/{id}");
    let forward = format!("{base}/survey/{}", next.as_deref().unwrap_or("receipt"));
    let forward_text = words.get(if next.is_some() { "next" } else { "submit" });
    let setting = Arc::new(Setting {
        words: words.clone(),
        fields,
        live: false,
        here: here.clone(),
    });
    let drawn = questions
        .into_iter()
        .map(|question| {
            let mine = faults
                .iter()
                .filter(|f| f.question == question.id)
                .cloned()
                .collect();
            let doubt = doubts.remove(&question.id);
            view! { <Question question faults=mine doubt setting=setting.clone() /> }
        })
        .collect_view();
    let back = previous.map(|previous| {
        view! {
            <button
                class="button quiet"
                type="submit"
                name="go"
                value="back"
                formaction=format!("{base}/survey/{previous}")
            >
                {words.get("back")}
            </button>
        }
    });
    let other = lang.other();
    let texts = words.texts();
    view! {
        <div class="sheet survey">
            <SurveyRunner config=runner words=texts>
                <ProgressBar progress words=words.clone() />
                <ErrorSummary lines=faults words=words.clone() />
                <SectionHead title intro />
                {optional.then(|| view! { <p class="notice">{words.get("optional")}</p> })}
                {notice.map(|text| view! { <p class="notice" role="status">{text}</p> })}
                <form method="post" action=forward novalidate=true autocomplete="off">
                    // Enter in a field presses the first button of a form.
                    <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">
                        {forward_text.clone()}
                    </button>
                    <input type="hidden" name="state" value=state />
                    <input type="hidden" name="from" value=id.clone() />
                    {drawn}
                    <div class="bar">
                        {back}
                        <span class="device">
                            {words.get("kept-page")} " · " {minutes_left(&words, progress)}
                        </span>
                        <button class="button" type="submit">{forward_text.clone()}</button>
                    </div>
                    <p class="switch">
                        <button
                            class="link"
                            type="submit"
                            name="go"
                            value="stay"
                            formaction=format!("{other_base}/survey/{id}")
                            lang=other.tag()
                        >
                            {t(lang, "survey-language")}
                        </button>
                    </p>
                </form>
            </SurveyRunner>
        </div>
    }
}

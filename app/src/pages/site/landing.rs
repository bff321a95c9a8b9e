//! The landing page: the question, the ways in, why it is asked, what happens to an answer.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::{path::AnswerPath, promise::Promise, stamped_row::StampedRow};
use crate::{
    charts::grouped,
    i18n::{t, t_with},
};

/// What the landing page shows of the site's state. The number of answers that are not released
/// yet is not among it and must not be: it would move with every single answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingView {
    pub lang: Lang,
    /// Beginning of the survey's paths: `/zh` or `/zh/s/other`.
    pub base: String,
    /// The site's other surveys.
    pub others: Vec<OtherSurvey>,
    /// `None` while no survey is published.
    pub survey: Option<SurveyFacts>,
    /// The newest release.
    pub release: Option<ReleaseFacts>,
    pub threads: u64,
    /// Answers needed before the first release, those held back included.
    pub first_release: u64,
    /// Answers held back at each release.
    pub hold_back: u64,
}

/// Another survey of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherSurvey {
    pub href: String,
    pub title: String,
    pub intro: String,
    /// Language of title and intro, where it is not the page's.
    pub foreign: Option<Lang>,
    pub facts: SurveyFacts,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyFacts {
    pub questions: usize,
    /// Questions that cannot be skipped, consent included.
    pub required: usize,
    /// Expected minutes along the shortest and the longest way.
    pub minutes: (u32, u32),
    pub open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseFacts {
    pub number: i64,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Answers as published.
    pub n: i64,
}

#[component]
pub fn Landing(page: LandingView) -> impl IntoView {
    let lang = page.lang;
    let (first_release, hold_back) = (page.first_release, page.hold_back);
    let others = others(lang, &page.others);
    view! {
        <section class="hero">
            <h1>{t(lang, "site-title")}</h1>
            <StampedRow />
            <p class="lede">{t(lang, "site-lede")}</p>
        </section>
        {doors(page)}
        {others}
        <section class="why prose" aria-labelledby="why">
            <h2 id="why">{t(lang, "site-why-title")}</h2>
            <p>{t(lang, "site-why-1")}</p>
            <p>{t(lang, "site-why-2")}</p>
            <p>{t(lang, "site-why-3")}</p>
            <p>{t(lang, "site-why-4")}</p>
            <p class="credit">
                {t(lang, "site-why-credit")} " "
                <a href=format!("/{lang}/about#studies")>{t(lang, "site-why-more")}</a>
            </p>
        </section>
        <AnswerPath lang=lang first_release=first_release hold_back=hold_back />
        <Promise lang=lang />
    }
}

/// A survey's own front page.
#[component]
pub fn SurveyHome(title: String, intro: String, page: LandingView) -> impl IntoView {
    view! {
        <section class="hero">
            <h1>{title}</h1>
            <p class="lede">{intro}</p>
        </section>
        {doors(page)}
    }
}

fn others(lang: Lang, others: &[OtherSurvey]) -> Option<impl IntoView + use<>> {
    if others.is_empty() {
        return None;
    }
    let items = others
        .iter()
        .map(|other| {
            let tag = other.foreign.map(Lang::tag);
            let meta = if other.facts.open {
                t_with(
                    lang,
                    "surveys-minutes",
                    &[
                        ("minutes", minutes(&other.facts).into()),
                        ("questions", other.facts.questions.into()),
                    ],
                )
            } else {
                t(lang, "surveys-closed")
            };
            view! {
                <li>
                    <h3 lang=tag>
                        <a href=other.href.clone()>{other.title.clone()}</a>
                    </h3>
                    <p lang=tag>{other.intro.clone()}</p>
                    <p class="meta">{meta}</p>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="prose other-surveys" aria-labelledby="others">
            <h2 id="others">{t(lang, "surveys-other-title")}</h2>
            <ul>{items}</ul>
        </section>
    })
}

fn minutes(facts: &SurveyFacts) -> String {
    let (least, most) = facts.minutes;
    if least == most {
        most.to_string()
    } else {
        format!("{least}–{most}")
    }
}

fn doors(page: LandingView) -> impl IntoView {
    let LandingView {
        lang,
        base,
        survey,
        release,
        threads,
        first_release,
        ..
    } = page;
    let open = survey.as_ref().is_some_and(|s| s.open);
    let (answer_text, answer_meta) = survey.map_or_else(
        || (t(lang, "site-answer-none"), None),
        |facts| {
            (
                about_survey(lang, &facts),
                Some(survey_state(lang, facts.open)),
            )
        },
    );
    let results_meta = release.map_or_else(
        || {
            t_with(
                lang,
                "site-results-none",
                &[("least", first_release.into())],
            )
        },
        |release| {
            t_with(
                lang,
                "site-results-release",
                &[
                    ("number", release.number.into()),
                    ("date", release.date.into()),
                    ("n", grouped(release.n.unsigned_abs()).into()),
                ],
            )
        },
    );
    let discuss_meta = if threads == 0 {
        t(lang, "site-discuss-empty")
    } else {
        t_with(lang, "site-discuss-count", &[("n", threads.into())])
    };
    let answer_class = if open { "door first" } else { "door" };
    view! {
        <nav class="doors" aria-label=t(lang, "site-doors")>
            <a class=answer_class href=format!("{base}/survey")>
                <h2>{t(lang, "site-answer-title")}</h2>
                <p>{answer_text}</p>
                {answer_meta.map(|meta| view! { <span class="meta">{meta}</span> })}
            </a>
            <a class="door" href=format!("{base}/results")>
                <h2>{t(lang, "site-results-title")}</h2>
                <p>{t(lang, "site-results-text")}</p>
                <span class="meta">{results_meta}</span>
            </a>
            <a class="door" href=format!("{base}/discuss")>
                <h2>{t(lang, "site-discuss-title")}</h2>
                <p>{t(lang, "site-discuss-text")}</p>
                <span class="meta">{discuss_meta}</span>
            </a>
        </nav>
    }
}

fn about_survey(lang: Lang, facts: &SurveyFacts) -> String {
    t_with(
        lang,
        "site-answer-text",
        &[
            ("questions", facts.questions.into()),
            ("minutes", minutes(facts).into()),
            ("required", facts.required.into()),
        ],
    )
}

fn survey_state(lang: Lang, open: bool) -> String {
    t(
        lang,
        if open {
            "site-answer-state-open"
        } else {
            "site-answer-state-closed"
        },
    )
}

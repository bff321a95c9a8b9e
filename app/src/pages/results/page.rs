//! The page of one release.

use leptos::prelude::*;
use partake_core::{disclosure::attention, lang::Lang};

use crate::{
    charts::{Declared, DeclaredView, Figure, FigureView, Group, Source, Threads, choices, figure},
    i18n::{t, t_with},
};

use super::texts::{WordsTeaser, words_teaser};

/// What is shown of a release.
#[derive(Clone, Debug)]
pub struct ResultsView {
    pub lang: Lang,
    pub survey_base: String,
    pub survey_title: String,
    pub release: ReleaseHead,
    /// All releases, newest first, this one included.
    pub releases: Vec<OtherRelease>,
    pub sentences: Vec<String>,
    pub sections: Vec<SectionFigures>,
    /// Hypotheses and indices; not where groups are compared.
    pub declared: Option<Declared>,
    pub split: SplitChoice,
    /// The lists of free texts, if the survey has any.
    pub words: Option<WordsTeaser>,
    /// The operator set a rule looser than Partake promises.
    pub looser: bool,
}

/// By what the page can be split.
#[derive(Clone, Debug)]
pub struct SplitChoice {
    /// Path of the page without the choice.
    pub path: String,
    /// The one chosen.
    pub by: Option<String>,
    /// Id and title of each.
    pub choices: Vec<(String, String)>,
    /// The one that tells apart who answered the attention row as asked.
    pub attention: Option<String>,
}

impl SplitChoice {
    #[must_use]
    pub fn new(source: &Source<'_>, path: String, by: Option<String>) -> Self {
        Self {
            path,
            by,
            choices: choices(source),
            attention: attention(source.instrument).map(|attention| attention.table),
        }
    }
}

/// Which release it is.
#[derive(Clone, Debug)]
pub struct ReleaseHead {
    pub number: i64,
    /// Day in words.
    pub date: String,
    pub n: String,
    pub wave: String,
    pub newest: bool,
}

/// A release to go to.
#[derive(Clone, Debug)]
pub struct OtherRelease {
    pub number: i64,
    pub date: String,
}

/// The figures of one section.
#[derive(Clone, Debug)]
pub struct SectionFigures {
    pub id: String,
    pub title: String,
    pub figures: Vec<Figure>,
}

/// The figures of every section that has one.
#[must_use]
pub fn sections(
    source: &Source<'_>,
    split: &[Group<'_>],
    threads: impl Fn(&str) -> Threads,
) -> Vec<SectionFigures> {
    source
        .instrument
        .sections
        .iter()
        .map(|section| SectionFigures {
            id: section.id.clone(),
            title: source.text(&section.title),
            figures: section
                .questions
                .iter()
                .filter_map(|q| figure(source, split, q, threads(&q.id)))
                .collect(),
        })
        .filter(|section| !section.figures.is_empty())
        .collect()
}

#[component]
pub fn ResultsPage(view: ResultsView) -> impl IntoView {
    let ResultsView {
        lang,
        survey_base,
        survey_title,
        release,
        releases,
        sentences,
        sections,
        declared,
        split,
        words,
        looser,
    } = view;
    let anchors = sections.iter().map(|s| (s.id.clone(), s.title.clone()));
    let declared_anchor = declared
        .as_ref()
        .map(|d| ("declared".to_owned(), d.title.clone()));
    let contents: Vec<_> = anchors
        .chain(declared_anchor)
        .map(|(id, title)| view! { <li><a href=format!("#{id}")>{title}</a></li> })
        .collect();
    let sections: Vec<_> = sections.into_iter().map(section_view).collect();
    view! {
        <div class="results">
            {header(lang, &survey_base, &survey_title, &release)}
            {looser.then(|| view! { <p class="warning">{t(lang, "results-looser")}</p> })}
            {first_screen(lang, sentences)}
            <section class="made" id="how" aria-labelledby="how-title">
                <h2 id="how-title">{t(lang, "results-how-title")}</h2>
                <p>{t(lang, "results-how-release")}</p>
                <p>{t(lang, "results-how-counts")}</p>
                <p>{t(lang, "results-how-sample")}</p>
                <p>{t(lang, "results-how-audit")}</p>
                <p>
                    <a href=format!("{survey_base}/results/method")>
                        {t(lang, "charts-method-link")}
                    </a>
                </p>
                <p>
                    <a href=format!("{survey_base}/data")>{t(lang, "results-to-data")}</a>
                </p>
            </section>
            {split_choice(lang, split)}
            <nav class="contents" aria-label=t(lang, "results-contents")>
                <ol>{contents}</ol>
            </nav>
            {sections}
            {declared.map(|declared| view! { <DeclaredView declared /> })}
            {words_teaser(lang, words)}
            {others(lang, &survey_base, &release, releases)}
        </div>
    }
}

fn header(
    lang: Lang,
    survey_base: &str,
    survey_title: &str,
    release: &ReleaseHead,
) -> impl IntoView + use<> {
    let line = t_with(
        lang,
        "results-release-line",
        &[
            ("release", release.number.into()),
            ("date", release.date.clone().into()),
            ("n", release.n.clone().into()),
        ],
    );
    let older = (!release.newest).then(|| {
        view! {
            <p class="note">
                {t(lang, "results-older")} " "
                <a href=format!("{survey_base}/results")>{t(lang, "results-newest")}</a>
            </p>
        }
    });
    view! {
        <header class="results-head">
            <p class="release">
                <span>{line}</span>
                <a href="#how">{t(lang, "results-how-link")}</a>
            </p>
            <h1>{t(lang, "results-title")}</h1>
            <p class="lede">{survey_title.to_owned()}</p>
            {older}
        </header>
    }
}

fn split_choice(lang: Lang, split: SplitChoice) -> AnyView {
    if split.choices.is_empty() {
        return ().into_any();
    }
    let attention = split.by.is_some() && split.by == split.attention;
    let none = (None, t(lang, "results-split-off"));
    let choices = split
        .choices
        .into_iter()
        .map(|(id, title)| (Some(id), title));
    let items: Vec<_> = std::iter::once(none)
        .chain(choices)
        .map(|(by, title)| {
            let href = match &by {
                Some(by) => format!("{}?by={by}#split", split.path),
                None => format!("{}#split", split.path),
            };
            let current = by == split.by;
            view! {
                <li>
                    <a href=href aria-current=current.then_some("true")>{title}</a>
                </li>
            }
        })
        .collect();
    view! {
        <nav class="split" id="split" aria-labelledby="split-title">
            <h2 id="split-title" class="small-title">{t(lang, "results-split-title")}</h2>
            <ul>{items}</ul>
            <p class="rule">{t(lang, "results-split-rule")}</p>
            {attention.then(|| view! { <p class="rule">{t(lang, "results-split-flag")}</p> })}
        </nav>
    }
    .into_any()
}

fn first_screen(lang: Lang, sentences: Vec<String>) -> impl IntoView {
    if sentences.is_empty() {
        return view! { <p class="lede">{t(lang, "results-no-findings")}</p> }.into_any();
    }
    let sentences: Vec<_> = sentences
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect();
    view! {
        <section aria-labelledby="findings-title">
            <h2 id="findings-title" class="small-title">{t(lang, "results-findings-title")}</h2>
            <ol class="findings">{sentences}</ol>
            <p class="rule">{t(lang, "results-findings-rule")}</p>
        </section>
    }
    .into_any()
}

fn section_view(section: SectionFigures) -> impl IntoView {
    let heading = format!("{}-title", section.id);
    let labelled = heading.clone();
    let figures: Vec<_> = section
        .figures
        .into_iter()
        .map(|figure| view! { <FigureView figure /> }.into_any())
        .collect();
    view! {
        <section class="result-section" id=section.id aria-labelledby=labelled>
            <h2 id=heading>{section.title}</h2>
            {figures}
        </section>
    }
    .into_any()
}

fn others(
    lang: Lang,
    survey_base: &str,
    release: &ReleaseHead,
    releases: Vec<OtherRelease>,
) -> impl IntoView + use<> {
    let current = release.number;
    let items: Vec<_> = releases
        .into_iter()
        .map(|other| {
            let text = t_with(
                lang,
                "results-release-short",
                &[
                    ("release", other.number.into()),
                    ("date", other.date.into()),
                ],
            );
            view! {
                <li>
                    <a
                        href=format!("{survey_base}/results/{}", other.number)
                        aria-current=(other.number == current).then_some("page")
                    >
                        {text}
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <section class="releases" aria-labelledby="releases-title">
            <h2 id="releases-title">{t(lang, "results-releases-title")}</h2>
            <p>{t_with(lang, "results-wave", &[("wave", release.wave.clone().into())])}</p>
            <ul>{items}</ul>
        </section>
    }
}

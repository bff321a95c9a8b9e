//! Downloads, citation, method.

mod single;

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::i18n::{t, t_with};

pub use single::{Cohort, Column, SingleAnswers};

/// What can be downloaded.
#[derive(Clone, Debug)]
pub struct DataView {
    pub lang: Lang,
    pub survey_base: String,
    pub survey_title: String,
    /// `/api/v1` or `/api/v1/surveys/other`.
    pub api_base: String,
    /// Address of the site, for the citation.
    pub site: String,
    pub instrument: Download,
    pub version: String,
    /// Newest first.
    pub releases: Vec<ReleaseFiles>,
}

/// The files of one release.
#[derive(Clone, Debug)]
pub struct ReleaseFiles {
    pub number: i64,
    /// Day in words, and its year.
    pub date: String,
    pub year: String,
    pub n: String,
    /// The operator set a rule looser than Partake promises.
    pub looser: bool,
    pub files: Vec<Download>,
    /// The public file of single answers, if the release has one.
    pub single: Option<SingleAnswers>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct Download {
    pub name: String,
    /// What is in it.
    pub about: String,
    pub href: String,
    pub size: String,
    pub sha256: String,
    /// Downloaded only by who accepts the terms.
    pub terms: bool,
}

#[component]
pub fn DataPage(view: DataView) -> impl IntoView {
    let lang = view.lang;
    let cite = cite(&view);
    let api = api(&view);
    let releases: Vec<_> = view
        .releases
        .into_iter()
        .map(|r| release(lang, r))
        .collect();
    let downloads = if releases.is_empty() {
        view! { <p class="note">{t(lang, "results-data-none")}</p> }.into_any()
    } else {
        releases.into_any()
    };
    view! {
        <div class="data-page">
            <header>
                <p class="release">{view.survey_title}</p>
                <h1>{t(lang, "results-data-title")}</h1>
                <p class="lede">{t(lang, "results-data-lede")}</p>
            </header>
            <section aria-labelledby="downloads">
                <h2 id="downloads">{t(lang, "results-data-downloads")}</h2>
                {downloads}
                <h3>
                    {t_with(lang, "results-data-instrument", &[("version", view.version.into())])}
                </h3>
                <ul class="downloads">{download(lang, view.instrument)}</ul>
                <p class="rule">{t(lang, "results-data-verify")}</p>
            </section>
            <section aria-labelledby="cite">
                <h2 id="cite">{t(lang, "results-data-cite")}</h2>
                {cite}
                <h3>{t(lang, "results-data-licence")}</h3>
                <p>
                    {t(lang, "results-data-licence-text")} " "
                    <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">
                        "CC BY 4.0"
                    </a>
                </p>
            </section>
            {method(lang, &view.survey_base)}
            <p class="onward">
                <a href=format!("{}/results/method", view.survey_base)>
                    {t(lang, "charts-method-link")}
                </a>
            </p>
            {api}
        </div>
    }
}

fn release(lang: Lang, release: ReleaseFiles) -> impl IntoView {
    let title = t_with(
        lang,
        "results-release-line",
        &[
            ("release", release.number.into()),
            ("date", release.date.into()),
            ("n", release.n.into()),
        ],
    );
    let files: Vec<_> = release
        .files
        .into_iter()
        .map(|file| download(lang, file))
        .collect();
    let looser = release
        .looser
        .then(|| view! { <p class="note">{t(lang, "results-looser")}</p> });
    let single = release
        .single
        .map(|s| single::view(lang, release.number, s));
    view! {
        <h3>{title}</h3>
        {looser}
        {single}
        <ul class="downloads">{files}</ul>
    }
}

fn download(lang: Lang, file: Download) -> impl IntoView {
    let name = file.name.clone();
    let way = if file.terms {
        single::terms(lang, file.href, name).into_any()
    } else {
        view! { <a href=file.href download=name>{file.name}</a> }.into_any()
    };
    view! {
        <li>
            {way}
            <span class="size">{file.size}</span>
            <p>{file.about}</p>
            <p class="checksum">
                {t(lang, "results-data-sha")} " " <code>{file.sha256}</code>
            </p>
        </li>
    }
}

fn cite(view: &DataView) -> impl IntoView + use<> {
    let lang = view.lang;
    match view.releases.first() {
        None => view! { <p>{t(lang, "results-data-cite-later")}</p> }.into_any(),
        Some(newest) => {
            let text = t_with(
                lang,
                "results-data-citation",
                &[
                    ("title", view.survey_title.clone().into()),
                    ("release", newest.number.into()),
                    ("date", newest.date.clone().into()),
                    ("year", newest.year.clone().into()),
                    (
                        "url",
                        format!(
                            "{}{}/results/{}",
                            view.site, view.survey_base, newest.number
                        )
                        .into(),
                    ),
                ],
            );
            view! {
                <p>{t(lang, "results-data-cite-how")}</p>
                <blockquote class="citation">{text}</blockquote>
            }
            .into_any()
        }
    }
}

fn method(lang: Lang, survey_base: &str) -> impl IntoView + use<> {
    let steps: Vec<_> = [
        "results-method-stored",
        "results-method-release",
        "results-method-count",
        "results-method-votes",
        "results-method-file",
        "results-method-text",
        "results-method-final",
    ]
    .map(|key| view! { <li>{t(lang, key)}</li> })
    .into();
    view! {
        <section aria-labelledby="method">
            <h2 id="method">{t(lang, "results-method-title")}</h2>
            <ol class="method">{steps}</ol>
            <h3>{t(lang, "results-method-limits-title")}</h3>
            <p>{t(lang, "results-method-limits")}</p>
            <p>{t(lang, "results-method-file-limits")}</p>
            <h3 id="audit">{t(lang, "results-audit-title")}</h3>
            <p>{t(lang, "results-audit-why")}</p>
            <p>{t(lang, "results-audit-example")}</p>
            <p>{t(lang, "results-audit-releases")}</p>
            <p>{t(lang, "results-audit-check")}</p>
            <p class="note">{t(lang, "results-audit-limits")}</p>
            <p>
                <a href=format!("{survey_base}/results")>{t(lang, "results-to-results")}</a>
            </p>
        </section>
    }
}

fn api(view: &DataView) -> impl IntoView + use<> {
    let lang = view.lang;
    let base = &view.api_base;
    let mut paths = vec![
        (format!("{base}/instrument"), "results-api-instrument"),
        (format!("{base}/releases"), "results-api-releases"),
    ];
    if let Some(newest) = view.releases.first() {
        paths.push((
            format!("{base}/releases/{}/aggregates", newest.number),
            "results-api-aggregates",
        ));
    }
    paths.push(("/api/v1/surveys".to_owned(), "results-api-surveys"));
    let items: Vec<_> = paths
        .into_iter()
        .map(|(path, about)| {
            let href = path.clone();
            view! {
                <li>
                    <a href=href>
                        <code>{path}</code>
                    </a>
                    <p>{t(lang, about)}</p>
                </li>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="api">
            <h2 id="api">{t(lang, "results-api-title")}</h2>
            <p>{t(lang, "results-api-text")}</p>
            <ul class="downloads">{items}</ul>
        </section>
    }
}

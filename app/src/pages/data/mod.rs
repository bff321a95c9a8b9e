//! Downloads, citation, method.

mod codebook;
mod files;
mod single;

use leptos::prelude::*;
use partake_core::lang::Lang;

use crate::{
    i18n::{t, t_with},
    islands::CopyText,
};

pub use files::Group;
pub use single::{Closeness, Cohort, Column, Level, SingleAnswers};

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
    /// Its name in a list of references.
    pub cite_key: String,
    pub n: String,
    /// The operator set a rule looser than Partake promises.
    pub looser: bool,
    /// Everything in one file.
    pub archive: Option<Download>,
    pub groups: Vec<Group>,
    /// The tables, one file for each question.
    pub tables: Vec<Download>,
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
    let mut releases = view.releases.into_iter();
    let downloads = match releases.next() {
        None => empty(lang, &view.survey_base).into_any(),
        Some(release) => newest(lang, release).into_any(),
    };
    let before: Vec<_> = releases.collect();
    let before = (!before.is_empty()).then(|| earlier(lang, before));
    view! {
        <div class="data-page">
            <header>
                <p class="release">{view.survey_title}</p>
                <h1>{t(lang, "results-data-title")}</h1>
                <p class="lede">{t(lang, "results-data-lede")}</p>
            </header>
            {downloads}
            <section aria-labelledby="questionnaire">
                <h2 id="questionnaire">
                    {t_with(lang, "results-data-instrument", &[("version", view.version.into())])}
                </h2>
                <ul class="downloads">{files::plain(lang, view.instrument)}</ul>
            </section>
            {before}
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

fn newest(lang: Lang, mut release: ReleaseFiles) -> impl IntoView {
    let columns = release
        .single
        .as_mut()
        .map(|s| std::mem::take(&mut s.columns));
    let facts = facts(lang, &release, columns.as_ref().map_or(0, Vec::len));
    let single = release
        .single
        .as_ref()
        .map(|s| single::view(lang, release.number, s));
    let title = title(lang, &release);
    let looser = looser(lang, &release);
    let columns = columns.filter(|columns| !columns.is_empty());
    view! {
        <section aria-labelledby="downloads">
            <h2 id="downloads">{t(lang, "data-newest")}</h2>
            <h3>{title}</h3>
            {facts}
            {looser}
            {files::view(lang, release)}
            <p class="rule">{t(lang, "results-data-verify")}</p>
            {single}
        </section>
        {columns
            .map(|columns| {
                view! {
                    {codebook::codebook(lang, columns)}
                    {codebook::loaders(lang)}
                }
            })}
    }
}

fn earlier(lang: Lang, releases: Vec<ReleaseFiles>) -> impl IntoView {
    let releases: Vec<_> = releases
        .into_iter()
        .map(|release| {
            let title = title(lang, &release);
            let looser = looser(lang, &release);
            let single = release
                .single
                .as_ref()
                .map(|s| single::view(lang, release.number, s));
            view! {
                <details class="codebook">
                    <summary>{title}</summary>
                    {looser}
                    {files::view(lang, release)}
                    {single}
                </details>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="earlier">
            <h2 id="earlier">{t(lang, "data-earlier")}</h2>
            <p>{t(lang, "data-earlier-rule")}</p>
            {releases}
        </section>
    }
}

fn title(lang: Lang, release: &ReleaseFiles) -> String {
    t_with(
        lang,
        "results-release-line",
        &[
            ("release", release.number.into()),
            ("date", release.date.clone().into()),
            ("n", release.n.clone().into()),
        ],
    )
}

fn looser(lang: Lang, release: &ReleaseFiles) -> Option<impl IntoView + use<>> {
    release
        .looser
        .then(|| view! { <p class="note">{t(lang, "results-looser")}</p> })
}

fn facts(lang: Lang, release: &ReleaseFiles, columns: usize) -> impl IntoView + use<> {
    let mut facts = vec![(release.n.clone(), "data-facts-n")];
    if let Some(single) = &release.single {
        facts.push((single.rows.clone(), "data-facts-rows"));
        facts.push((columns.to_string(), "data-facts-columns"));
        facts.push((single.k.to_string(), "data-facts-k"));
    }
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(figure, what)| {
            view! {
                <li>
                    <b>{figure}</b>
                    " "
                    {t(lang, what)}
                </li>
            }
        })
        .collect();
    view! { <ul class="data-facts">{facts}</ul> }
}

fn empty(lang: Lang, survey_base: &str) -> impl IntoView + use<> {
    let items: Vec<_> = ["data-empty-tables", "data-empty-single", "data-empty-docs"]
        .map(|key| view! { <li>{t(lang, key)}</li> })
        .into();
    view! {
        <section aria-labelledby="downloads">
            <h2 id="downloads">{t(lang, "results-data-downloads")}</h2>
            <p class="note">{t(lang, "data-empty-when")}</p>
            <ul>{items}</ul>
            <p>
                {t(lang, "data-empty-now")} " "
                <a href=format!("{survey_base}/survey")>{t(lang, "data-empty-answer")}</a>
            </p>
        </section>
    }
}

fn cite(view: &DataView) -> impl IntoView + use<> {
    let lang = view.lang;
    match view.releases.first() {
        None => view! { <p>{t(lang, "results-data-cite-later")}</p> }.into_any(),
        Some(newest) => {
            let url = format!(
                "{}{}/results/{}",
                view.site, view.survey_base, newest.number
            );
            let bibtex = format!(
                "@misc{{{},\n  title = {{{}}},\n  author = {{{{Partake}}}},\n  year = {{{}}},\n  note = {{Release {}}},\n  url = {{{url}}}\n}}",
                newest.cite_key, view.survey_title, newest.year, newest.number,
            );
            let text = t_with(
                lang,
                "results-data-citation",
                &[
                    ("title", view.survey_title.clone().into()),
                    ("release", newest.number.into()),
                    ("date", newest.date.clone().into()),
                    ("year", newest.year.clone().into()),
                    ("url", url.into()),
                ],
            );
            view! {
                <p>{t(lang, "results-data-cite-how")}</p>
                <blockquote class="citation whole">{text.clone()}</blockquote>
                {copy(lang, text)}
                <h3>{t(lang, "data-cite-bibtex")}</h3>
                {to_copy(lang, bibtex)}
                <p class="rule">{t(lang, "data-cite-select")}</p>
            }
            .into_any()
        }
    }
}

/// Code that somebody takes to another program.
fn to_copy(lang: Lang, code: String) -> impl IntoView + use<> {
    view! {
        <pre class="whole" tabindex="0">
            <code>{code.clone()}</code>
        </pre>
        {copy(lang, code)}
    }
}

fn copy(lang: Lang, text: String) -> impl IntoView + use<> {
    view! {
        <CopyText
            text=text
            copy=t(lang, "data-copy")
            copied=t(lang, "data-copied")
            refused=t(lang, "data-copy-refused")
        />
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

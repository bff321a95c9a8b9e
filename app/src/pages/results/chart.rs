//! One chart of one release, by itself: to link to, to pass on, to talk about.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::{OtherRelease, ReleaseHead};
use crate::{
    charts::{Figure, FigureView},
    i18n::{t, t_with},
    islands::SaveImage,
};

/// What is shown of one chart.
#[derive(Clone, Debug)]
pub struct ChartView {
    pub lang: Lang,
    pub survey_base: String,
    pub release: ReleaseHead,
    /// Releases that have this chart, newest first, this one included.
    pub releases: Vec<OtherRelease>,
    pub figure: Figure,
    /// Name of the chart in addresses.
    pub id: String,
    /// The whole address.
    pub address: String,
    /// Title, address and number of comments of the threads about it, the most lately active
    /// first.
    pub threads: Vec<(String, String, i64)>,
}

#[component]
pub fn ChartPage(view: ChartView) -> impl IntoView {
    let ChartView {
        lang,
        survey_base,
        release,
        releases,
        mut figure,
        id,
        address,
        threads,
    } = view;
    let number = release.number;
    let line = t_with(
        lang,
        "results-release-line",
        &[
            ("release", number.into()),
            ("date", release.date.into()),
            ("n", release.n.into()),
        ],
    );
    let svg = format!("{survey_base}/results/{number}/charts/{id}.svg");
    let about = format!("r{number}.{id}");
    let threads = threads_view(lang, &survey_base, &figure.id, &about, threads);
    let others = releases_view(lang, &survey_base, &id, number, releases);
    // The page is about this chart, so it is a heading of the page.
    let title = std::mem::take(&mut figure.title);
    figure.title.clone_from(&title);
    view! {
        <article class="results chart-page">
            <p class="release">
                <span>{line}</span>
                <a href=format!("{survey_base}/results/{number}#{}", figure.id)>
                    {t_with(lang, "charts-page-back", &[("release", number.into())])}
                </a>
            </p>
            <h1 class="visually-hidden">{title}</h1>
            <FigureView figure />
            <section aria-labelledby="pass-on">
                <h2 id="pass-on">{t(lang, "charts-page-images")}</h2>
                <p class="pass-on">
                    <a class="button quiet" href=svg.clone() download=format!("partake-{number}-{id}.svg")>
                        {t(lang, "charts-page-svg")}
                    </a>
                    <SaveImage
                        svg=svg
                        name=format!("partake-{number}-{id}.png")
                        label=t(lang, "charts-page-png")
                        failed=t(lang, "charts-page-png-failed")
                    />
                </p>
                <p class="rule">{t(lang, "charts-page-address")}</p>
                <p class="address"><a href=address.clone()>{address.clone()}</a></p>
            </section>
            {threads}
            {others}
        </article>
    }
}

fn threads_view(
    lang: Lang,
    survey_base: &str,
    question: &str,
    about: &str,
    threads: Vec<(String, String, i64)>,
) -> impl IntoView + use<> {
    let none = threads
        .is_empty()
        .then(|| view! { <p class="note">{t(lang, "charts-page-none")}</p> });
    let all = (!threads.is_empty()).then(|| {
        view! {
            <a href=format!("{survey_base}/discuss?about={question}")>
                {t(lang, "charts-page-all")}
            </a>
        }
    });
    let items: Vec<_> = threads
        .into_iter()
        .map(|(title, href, comments)| {
            view! {
                <li>
                    <a href=href>{title}</a> " "
                    <span class="size">{comments}</span>
                </li>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="talk">
            <h2 id="talk">{t(lang, "charts-page-threads")}</h2>
            {none}
            <ul class="talk">{items}</ul>
            <p class="under">
                {all}
                <a href=format!("{survey_base}/discuss/new?about={about}")>
                    {t(lang, "charts-start-thread")}
                </a>
            </p>
        </section>
    }
}

fn releases_view(
    lang: Lang,
    survey_base: &str,
    id: &str,
    current: i64,
    releases: Vec<OtherRelease>,
) -> impl IntoView + use<> {
    (releases.len() > 1).then(|| {
        let items: Vec<_> = releases
            .into_iter()
            .map(|release| {
                let text = t_with(
                    lang,
                    "results-release-short",
                    &[
                        ("release", release.number.into()),
                        ("date", release.date.into()),
                    ],
                );
                let href = format!("{survey_base}/results/{}/charts/{id}", release.number);
                let here = release.number == current;
                view! {
                    <li>
                        <a href=href aria-current=here.then_some("page")>{text}</a>
                    </li>
                }
            })
            .collect();
        view! {
            <section class="releases" aria-labelledby="other-releases">
                <h2 id="other-releases">{t(lang, "charts-page-releases")}</h2>
                <ul>{items}</ul>
            </section>
        }
    })
}

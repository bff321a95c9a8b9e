//! One chart of one release, by itself: to link to, to pass on, to talk about.

use leptos::prelude::*;
use partake_core::lang::Lang;

use super::{OtherRelease, ReleaseHead};
use crate::{
    charts::{Figure, FigureView, Level, OverTime, OverTimeView},
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
    /// The same in every release, when there are several.
    pub over_time: Option<OverTime>,
    /// The server can make a PNG of it.
    pub png: bool,
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
        figure,
        over_time,
        png,
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
    let picture = |ending: &str| format!("{survey_base}/results/{number}/charts/{id}.{ending}");
    let svg = picture("svg");
    let as_png = if png {
        view! {
            <a class="button quiet" href=picture("png") download=format!("partake-{number}-{id}.png")>
                {t(lang, "charts-page-png-file")}
            </a>
        }
        .into_any()
    } else {
        view! {
            <SaveImage
                svg=svg.clone()
                name=format!("partake-{number}-{id}.png")
                label=t(lang, "charts-page-png")
                failed=t(lang, "charts-page-png-failed")
            />
        }
        .into_any()
    };
    let about = format!("r{number}.{id}");
    let threads = threads_view(lang, &survey_base, &figure.id, &about, threads).into_any();
    let others = releases_view(lang, &survey_base, &id, number, releases).into_any();
    let back = format!("{survey_base}/results/{number}#{}", figure.id);
    // Without their types: the type of the whole page would be too deep for the compiler.
    let figure = view! { <FigureView figure level=Level::Page /> }.into_any();
    let over_time = over_time.map(|chart| view! { <OverTimeView chart /> }.into_any());
    view! {
        <article class="results chart-page">
            <p class="release">
                <span>{line}</span>
                <a href=back>
                    {t_with(lang, "charts-page-back", &[("release", number.into())])}
                </a>
            </p>
            {figure}
            {over_time}
            <section aria-labelledby="pass-on">
                <h2 id="pass-on">{t(lang, "charts-page-images")}</h2>
                <p class="pass-on">
                    <a class="button quiet" href=svg download=format!("partake-{number}-{id}.svg")>
                        {t(lang, "charts-page-svg")}
                    </a>
                    {as_png}
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

//! `GET /{lang}/results/{release}/charts/{chart}` and the same with `.svg` and `.png`.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use partake_app::{
    charts::{
        Caption, Earlier, Figure, OverTime, Source, Threads, date, figure, grouped, over_time, svg,
    },
    i18n::{t, t_with},
    pages::results::{ChartPage, ChartPageProps, ChartView, OtherRelease, ReleaseHead},
    shell::{Module, Nav, SharedPicture},
};
use partake_core::forum::About;
use partake_store::{forum::Reader, releases::Release};

use crate::{
    assets::sha256_hex,
    auth::actor,
    error::PageError,
    extract::CurrentSurvey,
    page::PageContext,
    pictures::PictureError,
    release::Published,
    routes::api::releases::{SHORT, cached, release_number},
    state::AppState,
};

/// Threads named on the page; the rest is one click away.
const NAMED: usize = 5;

pub(super) async fn show(
    State(state): State<AppState>,
    page: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let number = path
        .get("release")
        .and_then(|n| release_number(n))
        .ok_or(PageError::NotFound)?;
    let asked = path.get("chart").ok_or(PageError::NotFound)?;
    let (id, form) = form_of(asked);
    let releases = state.store.releases(&survey.wave.survey).await?;
    let release = releases
        .iter()
        .find(|r| r.number == number)
        .ok_or(PageError::NotFound)?;
    let published = state
        .published
        .get(&state.store, release)
        .await
        .map_err(PageError::internal)?;
    if form == Form::Page {
        return chart_page(&state, &page, &survey, release, &releases, &published, id).await;
    }
    let figure = drawn(&page, &survey, &published, id, Threads::default())?;
    let caption = caption(&state, &page, &survey, release, &published, id);
    let drawing = svg(page.lang, &figure, &caption);
    let tag = sha256_hex(drawing.as_bytes());
    if form == Form::Svg {
        let body = drawing.into_bytes();
        return Ok(cached(&headers, &tag, SHORT, SVG, body));
    }
    match state.pictures.png(&tag, drawing).await {
        Ok(png) => Ok(cached(
            &headers,
            &sha256_hex(&png),
            SHORT,
            "image/png",
            png.to_vec(),
        )),
        // The page offers one that the reader's browser makes.
        Err(PictureError::Letters) => Err(PageError::NotFound),
        Err(error) => Err(PageError::internal(error)),
    }
}

const SVG: &str = "image/svg+xml; charset=utf-8";

/// As what a chart is asked for.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Page,
    Svg,
    Png,
}

fn form_of(asked: &str) -> (&str, Form) {
    match asked.rsplit_once('.') {
        Some((id, "svg")) => (id, Form::Svg),
        Some((id, "png")) => (id, Form::Png),
        _ => (asked, Form::Page),
    }
}

/// The chart in every release of its wave up to this one.
async fn in_every_release(
    state: &AppState,
    page: &PageContext,
    survey: &CurrentSurvey,
    release: &Release,
    releases: &[Release],
    published: &Published,
    id: &str,
) -> Result<Option<OverTime>, PageError> {
    let moments = state
        .series
        .up_to(&state.store, releases, release.number, &release.wave)
        .await
        .map_err(PageError::internal)?;
    let labels: Vec<String> = moments
        .iter()
        .map(|moment| {
            let number = [("release", moment.number.into())];
            t_with(page.lang, "charts-time-release", &number)
        })
        .collect();
    let earlier: Vec<Earlier<'_>> = moments
        .iter()
        .zip(&labels)
        .map(|(moment, label)| Earlier {
            label,
            aggregates: &moment.aggregates,
            parameters: moment.parameters,
        })
        .collect();
    let mut source = source(page, survey, published);
    let question = source.chart(id).ok_or(PageError::NotFound)?;
    Ok(over_time(&source, question, &earlier))
}

fn source<'a>(page: &PageContext, survey: &CurrentSurvey, published: &'a Published) -> Source<'a> {
    Source::new(
        page.lang,
        &published.instrument,
        &published.aggregates,
        published.parameters,
        survey.base(page.lang),
    )
}

fn drawn(
    page: &PageContext,
    survey: &CurrentSurvey,
    published: &Published,
    id: &str,
    threads: Threads,
) -> Result<Figure, PageError> {
    let mut source = source(page, survey, published);
    let question = source.chart(id).ok_or(PageError::NotFound)?;
    figure(&source, &[], question, threads).ok_or(PageError::NotFound)
}

fn release_line(page: &PageContext, release: &Release, published: &Published) -> String {
    t_with(
        page.lang,
        "results-release-line",
        &[
            ("release", release.number.into()),
            ("date", date(page.lang, &release.day).into()),
            ("n", grouped(published.aggregates.n).into()),
        ],
    )
}

fn address(state: &AppState, page: &PageContext, survey: &CurrentSurvey, tail: &str) -> String {
    let (site, base) = (state.config.base_url(), survey.base(page.lang));
    format!("{site}{base}{tail}")
}

fn caption(
    state: &AppState,
    page: &PageContext,
    survey: &CurrentSurvey,
    release: &Release,
    published: &Published,
    id: &str,
) -> Caption {
    let tail = format!("/results/{}/charts/{id}", release.number);
    Caption {
        survey: published.instrument.title.get(page.lang).to_owned(),
        release: release_line(page, release, published),
        address: address(state, page, survey, &tail),
        rule: t(page.lang, "results-rule"),
    }
}

async fn chart_page(
    state: &AppState,
    page: &PageContext,
    survey: &CurrentSurvey,
    release: &Release,
    releases: &[Release],
    published: &Published,
    id: &str,
) -> Result<Response, PageError> {
    let lang = page.lang;
    let subject = drawn(page, survey, published, id, Threads::default())?;
    // Threads about the question, and about its figures in any release.
    let about = About::Question {
        question: subject.id.clone(),
    };
    let reader = Reader::of(actor(page.viewer.as_ref()));
    let talk = state
        .store
        .threads(&survey.wave.survey, Some(&about), None, reader)
        .await?;
    let base = survey.base(lang);
    let threads = talk
        .items
        .into_iter()
        .filter_map(|thread| {
            // One without a title was taken down.
            let href = format!("{base}/discuss/{}", thread.id);
            let title = thread.title.text()?.to_owned();
            Some((title, href, (thread.comment_count - 1).max(0)))
        })
        .take(NAMED)
        .collect();
    let tail = format!("/results/{}/charts/{id}", release.number);
    let mut shell = page.shell(
        format!("{}{tail}", survey.prefix),
        subject.title.clone(),
        Nav::Results,
    );
    shell.module = Some(Module::Islands);
    shell.description = Some(release_line(page, release, published));
    shell.shared_from = Some(state.config.base_url().to_owned());
    let png = state.pictures.writes(lang).await;
    shell.picture = png.then(|| SharedPicture {
        path: format!("{}{tail}.png", survey.prefix),
        about: subject.title.clone(),
    });
    let over_time = in_every_release(state, page, survey, release, releases, published, id).await?;
    let view = ChartView {
        lang,
        survey_base: base,
        release: ReleaseHead {
            number: release.number,
            date: date(lang, &release.day),
            n: grouped(published.aggregates.n),
            wave: release.wave.clone(),
            newest: releases.first().is_some_and(|r| r.number == release.number),
        },
        releases: releases
            .iter()
            .map(|r| OtherRelease {
                number: r.number,
                date: date(lang, &r.day),
            })
            .collect(),
        figure: subject,
        over_time,
        png,
        id: id.to_owned(),
        address: address(state, page, survey, &tail),
        threads,
    };
    Ok(page.respond(StatusCode::OK, shell, move || {
        ChartPage(ChartPageProps { view })
    }))
}

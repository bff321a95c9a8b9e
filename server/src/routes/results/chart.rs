//! `GET /{lang}/results/{release}/charts/{chart}` and the same with `.svg`.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use partake_app::{
    charts::{Caption, Figure, Source, Threads, date, figure, grouped, svg},
    i18n::{t, t_with},
    pages::results::{ChartPage, ChartPageProps, ChartView, OtherRelease, ReleaseHead},
    shell::{Module, Nav},
};
use partake_core::forum::About;
use partake_store::{forum::Reader, releases::Release};

use crate::{
    assets::sha256_hex,
    auth::actor,
    error::PageError,
    extract::CurrentSurvey,
    page::PageContext,
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
    let (id, drawing) = match asked.strip_suffix(".svg") {
        Some(id) => (id, true),
        None => (asked.as_str(), false),
    };
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
    if drawing {
        let figure = drawn(&page, &survey, &published, id, Threads::default())?;
        let caption = caption(&state, &page, &survey, release, &published, id);
        let body = svg(page.lang, &figure, &caption).into_bytes();
        let tag = sha256_hex(&body);
        return Ok(cached(
            &headers,
            &tag,
            SHORT,
            "image/svg+xml; charset=utf-8",
            body,
        ));
    }
    chart_page(&state, &page, &survey, release, &releases, &published, id).await
}

fn drawn(
    page: &PageContext,
    survey: &CurrentSurvey,
    published: &Published,
    id: &str,
    threads: Threads,
) -> Result<Figure, PageError> {
    let mut source = Source::new(
        page.lang,
        &published.instrument,
        &published.aggregates,
        published.parameters,
        survey.base(page.lang),
    );
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
        id: id.to_owned(),
        address: address(state, page, survey, &tail),
        threads,
    };
    Ok(page.respond(StatusCode::OK, shell, move || {
        ChartPage(ChartPageProps { view })
    }))
}

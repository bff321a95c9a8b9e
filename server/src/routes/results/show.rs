//! `GET /{lang}/results` and `/{lang}/results/{release}`.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    charts::{Source, date, grouped},
    i18n::{t, t_with},
    pages::results::{
        EmptyResults, EmptyResultsProps, OtherRelease, ReleaseHead, ResultsPage, ResultsPageProps,
        ResultsView, sections, sentences,
    },
    shell::{Module, Nav},
};
use partake_core::{
    disclosure::{Aggregates, Parameters},
    instrument::Instrument,
};
use partake_store::releases::Release;

use crate::{
    error::PageError,
    extract::CurrentSurvey,
    page::PageContext,
    release::{AGGREGATES, INSTRUMENT},
    routes::api::releases::release_number,
    state::AppState,
};

pub(super) async fn newest(
    State(state): State<AppState>,
    page: PageContext,
    survey: CurrentSurvey,
) -> Result<Response, PageError> {
    let releases = state.store.releases(&survey.wave.survey).await?;
    match releases.first().cloned() {
        Some(release) => show(&state, &page, &survey, &release, &releases, "").await,
        None => Ok(empty(&page, &survey)),
    }
}

pub(super) async fn numbered(
    State(state): State<AppState>,
    page: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let number = path
        .get("release")
        .and_then(|n| release_number(n))
        .ok_or(PageError::NotFound)?;
    let releases = state.store.releases(&survey.wave.survey).await?;
    let release = releases
        .iter()
        .find(|r| r.number == number)
        .cloned()
        .ok_or(PageError::NotFound)?;
    show(
        &state,
        &page,
        &survey,
        &release,
        &releases,
        &format!("/{number}"),
    )
    .await
}

fn empty(page: &PageContext, survey: &CurrentSurvey) -> Response {
    let lang = page.lang;
    let shell = page.shell(
        format!("{}/results", survey.prefix),
        t(lang, "results-empty-title"),
        Nav::Results,
    );
    let props = EmptyResultsProps {
        lang,
        survey_base: survey.base(lang),
        survey_title: survey.wave.instrument.title.get(lang).to_owned(),
    };
    page.respond(StatusCode::OK, shell, move || EmptyResults(props))
}

async fn show(
    state: &AppState,
    page: &PageContext,
    survey: &CurrentSurvey,
    release: &Release,
    releases: &[Release],
    tail: &str,
) -> Result<Response, PageError> {
    let lang = page.lang;
    let aggregates: Aggregates = stored(state, release, AGGREGATES).await?;
    let instrument: Instrument = stored(state, release, INSTRUMENT).await?;
    let parameters: Parameters =
        serde_json::from_str(&release.params).map_err(PageError::internal)?;
    let survey_base = survey.base(lang);
    let source = Source::new(
        lang,
        &instrument,
        &aggregates,
        parameters,
        survey_base.clone(),
    );
    let view = ResultsView {
        lang,
        survey_title: instrument.title.get(lang).to_owned(),
        release: ReleaseHead {
            number: release.number,
            date: date(lang, &release.day),
            n: grouped(aggregates.n),
            wave: release.wave.clone(),
            newest: releases
                .first()
                .is_some_and(|newest| newest.number == release.number),
        },
        releases: releases
            .iter()
            .map(|r| OtherRelease {
                number: r.number,
                date: date(lang, &r.day),
            })
            .collect(),
        sentences: sentences(&source),
        sections: sections(&source),
        survey_base,
    };
    let mut shell = page.shell(
        format!("{}/results{tail}", survey.prefix),
        t(lang, "results-title"),
        Nav::Results,
    );
    shell.module = Some(Module::Islands);
    shell.description = Some(t_with(
        lang,
        "results-release-line",
        &[
            ("release", release.number.into()),
            ("date", view.release.date.clone().into()),
            ("n", view.release.n.clone().into()),
        ],
    ));
    Ok(page.respond(StatusCode::OK, shell, move || {
        ResultsPage(ResultsPageProps { view })
    }))
}

/// A stored file of the release, read as what it is.
async fn stored<T: serde::de::DeserializeOwned>(
    state: &AppState,
    release: &Release,
    name: &str,
) -> Result<T, PageError> {
    let file = state
        .store
        .release_file(&release.survey, release.number, name)
        .await?
        .ok_or_else(|| PageError::internal(format!("release {} lacks {name}", release.number)))?;
    serde_json::from_slice(&file.body).map_err(PageError::internal)
}

//! `GET /{lang}/results` and `/{lang}/results/{release}`.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use partake_app::{
    charts::{Chart, Source, Threads, date, declared, group_tables, grouped, groups},
    i18n::{t, t_with},
    pages::results::{
        EmptyResults, EmptyResultsProps, OtherRelease, ReleaseHead, ResultsPage, ResultsPageProps,
        ResultsView, SplitChoice, WordsTeaser, sections, sentences,
    },
    shell::{Module, Nav, SharedPicture, render},
};
use partake_core::disclosure::Parameters;
use partake_store::releases::Release;

use crate::{
    assets::accepts_brotli, error::PageError, extract::CurrentSurvey, page::PageContext,
    release::waiting, rendered::Rendered, routes::api::releases::release_number, state::AppState,
};

/// How the results are to be shown.
#[derive(serde::Deserialize)]
pub(super) struct View {
    /// What every chart is split by: a background question, or attention.
    by: Option<String>,
}

/// What is asked for.
struct Asked {
    /// What follows the page's path: nothing, or the number of the release.
    tail: String,
    by: Option<String>,
    brotli: bool,
}

pub(super) async fn newest(
    State(state): State<AppState>,
    page: PageContext,
    survey: CurrentSurvey,
    Query(view): Query<View>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let releases = state.store.releases(&survey.wave.survey).await?;
    match releases.first().cloned() {
        Some(release) => {
            let asked = Asked {
                tail: String::new(),
                by: view.by,
                brotli: accepts_brotli(&headers),
            };
            show(&state, &page, &survey, &release, &releases, asked).await
        }
        None => {
            let missing = waiting::noted(&state.store, &survey.wave.survey).await?;
            Ok(empty(&page, &survey, missing))
        }
    }
}

pub(super) async fn numbered(
    State(state): State<AppState>,
    page: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    Query(view): Query<View>,
    headers: HeaderMap,
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
    let asked = Asked {
        tail: format!("/{number}"),
        by: view.by,
        brotli: accepts_brotli(&headers),
    };
    show(&state, &page, &survey, &release, &releases, asked).await
}

fn empty(page: &PageContext, survey: &CurrentSurvey, missing: Option<u64>) -> Response {
    let lang = page.lang;
    let mut shell = page.shell(
        format!("{}/results", survey.prefix),
        t(lang, "results-empty-title"),
        Nav::Results,
    );
    shell.description = Some(t(lang, "results-empty-lede"));
    let props = EmptyResultsProps {
        lang,
        survey_base: survey.base(lang),
        survey_title: survey.wave.instrument.title.get(lang).to_owned(),
        missing,
    };
    page.respond(StatusCode::OK, shell, move || EmptyResults(props))
}

async fn show(
    state: &AppState,
    page: &PageContext,
    survey: &CurrentSurvey,
    release: &Release,
    releases: &[Release],
    Asked { tail, by, brotli }: Asked,
) -> Result<Response, PageError> {
    let lang = page.lang;
    let threads = state
        .threads
        .counts(&state.store, &release.survey, &state.clock)
        .await?;
    // Visitors see the same page until the next release or the next word in the discussion; who
    // is signed in sees their name on it.
    let key = format!(
        "{lang} {} {tail} {} {} {}",
        release.survey,
        releases.len(),
        threads.mark,
        by.as_deref().unwrap_or_default()
    ) + &survey.prefix;
    let shared = page.viewer.is_none();
    if let Some(kept) = state.rendered.get(&key).filter(|_| shared) {
        return Ok(page.kept(brotli, kept));
    }
    let published = state
        .published
        .get(&state.store, release)
        .await
        .map_err(PageError::internal)?;
    let survey_base = survey.base(lang);
    let source = Source::new(
        lang,
        &published.instrument,
        &published.aggregates,
        published.parameters,
        survey_base.clone(),
    )
    .with_relations(&published.relations);
    let tables = match &by {
        Some(by) => group_tables(&published.instrument, &published.aggregates, by)
            .ok_or(PageError::NotFound)?,
        None => vec![],
    };
    let split = groups(&source, by.as_deref().unwrap_or_default(), &tables);
    let view = ResultsView {
        lang,
        survey_title: published.instrument.title.get(lang).to_owned(),
        release: ReleaseHead {
            number: release.number,
            date: date(lang, &release.day),
            n: grouped(published.aggregates.n),
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
        sections: sections(&source, &split, |question| {
            let counts = threads.of.get(question).copied().unwrap_or_default();
            Threads {
                threads: counts.0,
                comments: counts.1,
            }
        }),
        declared: if by.is_none() {
            declared(&source)
        } else {
            None
        },
        words: published.texts.as_ref().map(|texts| WordsTeaser {
            href: format!("{survey_base}/results/{}/texts", release.number),
            minimum: texts.minimum,
            lists: texts
                .questions
                .iter()
                .map(|list| {
                    let title = list.title.get(lang).to_owned();
                    (list.question.clone(), title, list.texts.len())
                })
                .collect(),
        }),
        looser: !published
            .parameters
            .at_least_as_strict(&Parameters::default()),
        split: SplitChoice::new(&source, format!("{survey_base}/results{tail}"), by),
        survey_base,
    };
    let mut shell = page.shell(
        format!("{}/results{tail}", survey.prefix),
        t(lang, "results-title"),
        Nav::Results,
    );
    shell.module = Some(Module::Islands);
    shell.shared_from = Some(state.config.base_url().to_owned());
    shell.description = Some(t_with(
        lang,
        "results-release-line",
        &[
            ("release", release.number.into()),
            ("date", view.release.date.clone().into()),
            ("n", view.release.n.clone().into()),
        ],
    ));
    if state.pictures.writes(lang).await {
        shell.picture = leading_chart(&view, &survey.prefix);
    }
    let html = render(shell, move || ResultsPage(ResultsPageProps { view }));
    if !shared {
        return Ok(page.html(StatusCode::OK, Bytes::from(html)));
    }
    let kept = tokio::task::spawn_blocking(move || Rendered::new(html))
        .await
        .map_err(PageError::internal)?;
    state.rendered.keep(key, kept.clone());
    Ok(page.kept(brotli, kept))
}

/// The first chart that shows something stands for the page where its address is passed on.
fn leading_chart(view: &ResultsView, prefix: &str) -> Option<SharedPicture> {
    let mut figures = view.sections.iter().flat_map(|section| &section.figures);
    let leading = figures.find(|figure| !matches!(figure.chart, Chart::Withheld(_)))?;
    let (release, id) = (view.release.number, &leading.id);
    Some(SharedPicture {
        path: format!("{prefix}/results/{release}/charts/{id}.png"),
        about: leading.title.clone(),
    })
}

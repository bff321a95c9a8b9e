//! `GET /{lang}/results/{release}/texts`.

use std::collections::HashMap;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    charts::{date, grouped},
    i18n::{t, t_with},
    pages::results::{TextListView, TextListsPage, TextListsPageProps, TextListsView},
    shell::Nav,
};
use partake_core::{
    disclosure::{Parameters, public_text},
    free_text::QuestionTexts,
};

use crate::{
    error::PageError, extract::CurrentSurvey, page::PageContext, release::TEXTS,
    routes::api::releases::release_number, state::AppState,
};

/// Texts of a list on the page of all lists, and on its own.
const FIRST: usize = 30;
const ON_A_PAGE: usize = 100;

#[derive(serde::Deserialize)]
pub(super) struct Place {
    question: Option<String>,
    page: Option<usize>,
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    Query(place): Query<Place>,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let number = path
        .get("release")
        .and_then(|n| release_number(n))
        .ok_or(PageError::NotFound)?;
    let release = state
        .store
        .release(&survey.wave.survey, number)
        .await?
        .ok_or(PageError::NotFound)?;
    let published = state
        .published
        .get(&state.store, &release)
        .await
        .map_err(PageError::internal)?;
    let lists = published.texts.as_ref().ok_or(PageError::NotFound)?;
    let base = survey.base(lang);
    let here = format!("{base}/results/{number}/texts");
    let mut shown = Vec::new();
    for list in &lists.questions {
        let title = public_text(&published.instrument, &list.title);
        let title = title.get(lang).to_owned();
        match &place.question {
            None => shown.push(first(list, title, &here)),
            Some(question) if *question == list.question => {
                let page = place.page.unwrap_or(1).max(1) - 1;
                shown.push(one_page(list, title, &here, page).ok_or(PageError::NotFound)?);
            }
            Some(_) => {}
        }
    }
    if place.question.is_some() && shown.is_empty() {
        return Err(PageError::NotFound);
    }
    let api = match survey.prefix.as_str() {
        "" => "/api/v1".to_owned(),
        _ => format!("/api/v1/surveys/{}", survey.wave.survey),
    };
    let line = [
        ("release", number.into()),
        ("date", date(lang, &release.day).into()),
        ("n", grouped(published.aggregates.n).into()),
    ];
    let view = TextListsView {
        lang,
        results: format!("{base}/results/{number}"),
        file: format!("{api}/releases/{number}/files/{TEXTS}"),
        release: t_with(lang, "results-release-line", &line),
        mark: lists.mark.clone(),
        minimum: lists.minimum,
        looser: !published
            .parameters
            .at_least_as_strict(&Parameters::default()),
        lists: shown,
    };
    let mut shell = context.shell(
        format!("{}/results/{number}/texts", survey.prefix),
        t(lang, "texts-list-title"),
        Nav::Results,
    );
    shell.description = Some(t(lang, "texts-list-lede"));
    Ok(context.respond(StatusCode::OK, shell, move || {
        TextListsPage(TextListsPageProps { view })
    }))
}

/// The beginning of a list, and the way to the rest.
fn first(list: &QuestionTexts, title: String, here: &str) -> TextListView {
    TextListView {
        question: list.question.clone(),
        title,
        all: list.texts.len(),
        from: 0,
        texts: list.texts.iter().take(FIRST).cloned().collect(),
        before: None,
        after: (list.texts.len() > FIRST).then(|| format!("{here}?question={}", list.question)),
        alone: false,
    }
}

fn one_page(list: &QuestionTexts, title: String, here: &str, page: usize) -> Option<TextListView> {
    let from = page.checked_mul(ON_A_PAGE)?;
    if page > 0 && from >= list.texts.len() {
        return None;
    }
    let to = |page: usize| format!("{here}?question={}&page={}", list.question, page + 1);
    Some(TextListView {
        question: list.question.clone(),
        title,
        all: list.texts.len(),
        from,
        texts: list
            .texts
            .iter()
            .skip(from)
            .take(ON_A_PAGE)
            .cloned()
            .collect(),
        before: page.checked_sub(1).map(to),
        after: (from + ON_A_PAGE < list.texts.len()).then(|| to(page + 1)),
        alone: true,
    })
}

//! `GET` and `POST /{lang}/survey/{section}`.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use partake_app::{
    i18n::t,
    pages::survey::{RunnerPage, RunnerPageProps},
    shell::{Module, Nav},
    survey_words,
};
use partake_survey::{Fields, REVIEW, steering};

use super::{
    Shown, Walk,
    consent::closed,
    receipt, uncached,
    walk::{config, first},
};
use crate::{
    error::PageError,
    extract::{CurrentSurvey, PageLang},
    page::PageContext,
    sealed::Progress,
    state::AppState,
};

/// An address in the middle of the survey: the runner opens a draft there; the server has none.
pub(super) async fn show(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let section = path.get("section").map(String::as_str).unwrap_or_default();
    let title = if section == REVIEW {
        survey_words(lang).get("review-title")
    } else {
        let declared = survey.wave.instrument.section(section);
        declared
            .ok_or(PageError::NotFound)?
            .title
            .get(lang)
            .to_owned()
    };
    let context = PageContext::anonymous(lang, &state);
    let path = format!("{}/survey/{section}", survey.prefix);
    let mut shell = context.shell(path, title, Nav::Answer);
    shell.module = Some(Module::Survey);
    shell.private = true;
    let props = RunnerPageProps {
        runner: config(lang, &survey),
        heading: t(lang, "survey-draft-heading"),
        paragraphs: vec![t(lang, "survey-draft-text"), t(lang, "survey-draft-device")],
        ways: vec![(
            format!("{}/survey", survey.base(lang)),
            t(lang, "survey-draft-start"),
        )],
    };
    Ok(uncached(context.respond(
        StatusCode::OK,
        shell,
        move || RunnerPage(props),
    )))
}

/// Takes a section's answers and shows what comes next. The section in the path is where the
/// button pointed when the page was made; where the person really goes follows from the answers.
pub(super) async fn advance(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    Path(path): Path<HashMap<String, String>>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let to = path.get("section").map(String::as_str).unwrap_or_default();
    let mut walk = match Walk::open(&state, lang, survey, &pairs) {
        Ok(walk) => walk,
        Err(page) => return Ok(*page),
    };
    // Said as soon as it is known, and not after the last question.
    if !walk.wave.open {
        return Ok(closed(&state, lang, &walk.survey));
    }
    match take(&state, &mut walk, to, &pairs)? {
        Next::Page(page) => Ok(page),
        Next::Section(section) => walk.page(&state, Shown::plainly(&section)),
        Next::Review => walk.review(&state, StatusCode::OK, None),
        Next::Finish => receipt::finish(&state, walk).await,
        Next::Receipt => receipt::again(&state, walk).await,
    }
}

/// Last segment of the address to which answers are sent.
pub(super) const RECEIPT: &str = "receipt";

/// Where a posted section leads.
pub(super) enum Next {
    /// To a page that is ready.
    Page(Response),
    Section(String),
    /// To the answers as they will be sent.
    Review,
    /// To the end.
    Finish,
    /// To the end once more, in another language; nothing is sent.
    Receipt,
}

/// Takes the answers of the section that was posted; `to` is where the button pointed.
pub(super) fn take(
    state: &AppState,
    walk: &mut Walk,
    to: &str,
    pairs: &[(String, String)],
) -> Result<Next, PageError> {
    let from = first(pairs, steering::FROM).unwrap_or_default();
    if from == REVIEW {
        return Ok(from_review(walk, to, first(pairs, steering::GO)));
    }
    if walk.wave.instrument.section(from).is_none() {
        return Err(PageError::BadRequest);
    }
    let Progress {
        answers, confirmed, ..
    } = &walk.progress;
    let taken = walk.step().take(answers, confirmed, from, pairs);
    walk.progress.answers = taken.answers;
    let again = Shown {
        typed: Some(pairs),
        ..Shown::plainly(from)
    };

    if let Some(question) = first(pairs, steering::CLEAR) {
        walk.progress
            .answers
            .retain(|key, _| key != question && !key.starts_with(&format!("{question}__")));
        let mut fields = Fields::from_pairs(pairs);
        fields.clear(question);
        let kept = fields.pairs();
        let notice = Some(survey_words(walk.lang).get("cleared"));
        let shown = Shown {
            typed: Some(&kept),
            notice,
            ..again
        };
        return walk.page(state, shown).map(Next::Page);
    }
    match first(pairs, steering::GO) {
        Some("back") => {
            let to = walk.before(from).unwrap_or_else(|| from.to_owned());
            return Ok(Next::Section(to));
        }
        Some("jump") if to == REVIEW => return Ok(Next::Review),
        Some("jump") => return Ok(Next::Section(to.to_owned())),
        Some("stay") => return walk.page(state, again).map(Next::Page),
        _ => {}
    }
    walk.progress.confirmed = taken.confirmed;
    if !taken.faults.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let shown = Shown {
            status,
            faults: &taken.faults,
            doubts: taken.doubts,
            ..again
        };
        return walk.page(state, shown).map(Next::Page);
    }
    if !taken.opened.is_empty() {
        let notice = Some(survey_words(walk.lang).get("opened"));
        return walk
            .page(
                state,
                Shown {
                    notice,
                    doubts: taken.doubts,
                    ..again
                },
            )
            .map(Next::Page);
    }
    if !taken.doubts.is_empty() {
        return walk
            .page(
                state,
                Shown {
                    doubts: taken.doubts,
                    ..again
                },
            )
            .map(Next::Page);
    }
    Ok(walk.after(from).map_or(Next::Review, Next::Section))
}

fn from_review(walk: &Walk, to: &str, go: Option<&str>) -> Next {
    let last = || {
        let flow = walk.step().flow(&walk.progress.answers);
        flow.sections().last().map(|id| (*id).to_owned())
    };
    match go {
        Some("back") => last().map_or(Next::Review, Next::Section),
        Some("jump") if to != REVIEW => Next::Section(to.to_owned()),
        Some("stay") if to == RECEIPT => Next::Receipt,
        Some(_) => Next::Review,
        None => Next::Finish,
    }
}

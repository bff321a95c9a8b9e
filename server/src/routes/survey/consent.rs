//! `GET` and `POST /{lang}/survey`.

use axum::{Form, extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::survey::{
        ConsentPage, ConsentPageProps, ConsentView, SurveyMessage, SurveyMessageProps,
    },
    shell::{Module, Nav},
};
use partake_core::{
    flow::{Body, Flow, QuestionView, Seed, assign},
    lang::Lang,
    response::{Answers, Assignment, Pace, receipt::Receipt},
};
use partake_survey::Confirmed;

use super::{
    Shown, Walk, uncached,
    walk::{config, first},
};
use crate::{
    entropy,
    error::PageError,
    extract::{CurrentSurvey, PageLang},
    page::PageContext,
    sealed::Progress,
    state::AppState,
};

pub(super) async fn show(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
) -> Response {
    if !survey.wave.open {
        return closed(&state, lang, &survey);
    }
    page(&state, lang, &survey, StatusCode::OK, false)
}

/// Takes the decision: the first section, a goodbye, or the same page again.
pub(super) async fn decide(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    if !survey.wave.open {
        return Ok(closed(&state, lang, &survey));
    }
    let gate = gate(&survey, lang);
    let Body::Single(options) = &gate.body else {
        return Err(PageError::NotFound);
    };
    let chosen = first(&pairs, &gate.id).unwrap_or_default();
    let shared = first(&pairs, "shared").is_some();
    match options.iter().position(|option| option.code == chosen) {
        Some(0) => begin(&state, lang, survey, shared),
        Some(_) => Ok(refused(&state, lang, &survey)),
        None => Ok(page(
            &state,
            lang,
            &survey,
            StatusCode::UNPROCESSABLE_ENTITY,
            shared,
        )),
    }
}

fn gate(survey: &CurrentSurvey, lang: Lang) -> QuestionView {
    let nothing = Assignment::new();
    Flow::new(
        &survey.wave.instrument,
        lang,
        Seed(0),
        &nothing,
        &Answers::new(),
    )
    .gate()
}

fn begin(
    state: &AppState,
    lang: Lang,
    survey: CurrentSurvey,
    shared: bool,
) -> Result<Response, PageError> {
    let seed = u32::from_le_bytes(entropy::bytes().map_err(PageError::internal)?);
    let wave = survey.wave.clone();
    let progress = Progress {
        survey: wave.survey.clone(),
        version: wave.version.clone(),
        seed,
        receipt: Receipt::from_bytes(entropy::bytes().map_err(PageError::internal)?).to_string(),
        assignment: assign(&wave.instrument, Seed(seed)),
        answers: Answers::new(),
        confirmed: Confirmed::new(),
        shared,
        change: false,
        reviewed: false,
        begun_ms: Some(state.clock.now_ms()),
        pace: Pace::Unknown,
    };
    let walk = Walk {
        lang,
        survey,
        wave,
        progress,
    };
    let section = walk.after("").ok_or(PageError::NotFound)?;
    walk.page(state, Shown::plainly(&section))
}

fn page(
    state: &AppState,
    lang: Lang,
    survey: &CurrentSurvey,
    status: StatusCode,
    shared: bool,
) -> Response {
    let instrument = &survey.wave.instrument;
    let consent = ConsentView {
        lang,
        base: survey.base(lang),
        runner: config(lang, survey),
        title: instrument.title.get(lang).to_owned(),
        intro: instrument.intro.get(lang).to_owned(),
        terms: instrument.terms.get(lang).to_owned(),
        text: information(state, lang, survey),
        gate: gate(survey, lang),
        unanswered: status != StatusCode::OK,
        shared,
    };
    let context = PageContext::anonymous(lang, state);
    let path = format!("{}/survey", survey.prefix);
    let mut shell = context.shell(path, t(lang, "survey-consent-title"), Nav::Answer);
    shell.description = Some(instrument.intro.get(lang).to_owned());
    shell.module = Some(Module::Survey);
    uncached(context.respond(status, shell, move || {
        ConsentPage(ConsentPageProps { consent })
    }))
}

/// The information text with the operator's particulars; what is not set is said to be not set.
fn information(state: &AppState, lang: Lang, survey: &CurrentSurvey) -> Vec<String> {
    let site = &state.config.site;
    let set = |value: &Option<String>, key: &str| value.clone().unwrap_or_else(|| t(lang, key));
    let results = format!("{}{}/results", state.config.base_url(), survey.base(lang));
    let particulars = [
        (
            "{{operator}}",
            set(&site.operator_name, "survey-consent-unset-operator"),
        ),
        (
            "{{contact}}",
            set(&site.operator_contact, "survey-consent-unset-contact"),
        ),
        ("{{results_url}}", results),
        (
            "{{freeze_date}}",
            set(&site.freeze_date, "survey-consent-unset-date"),
        ),
    ];
    let text = survey.wave.instrument.consent.text.get(lang);
    let filled = particulars
        .iter()
        .fold(text.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        });
    filled
        .split("\n\n")
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// Says that the survey takes no answers any more.
pub(super) fn closed(state: &AppState, lang: Lang, survey: &CurrentSurvey) -> Response {
    let base = survey.base(lang);
    let context = PageContext::anonymous(lang, state);
    let title = t(lang, "survey-closed-title");
    let path = format!("{}/survey", survey.prefix);
    let shell = context.shell(path, title.clone(), Nav::Answer);
    let props = SurveyMessageProps {
        heading: title,
        paragraphs: vec![t(lang, "survey-closed-text")],
        ways: vec![
            (format!("{base}/results"), t(lang, "survey-refused-results")),
            (
                format!("{base}/response"),
                t(lang, "survey-closed-response"),
            ),
        ],
    };
    uncached(context.respond(StatusCode::OK, shell, move || SurveyMessage(props)))
}

fn refused(state: &AppState, lang: Lang, survey: &CurrentSurvey) -> Response {
    let base = survey.base(lang);
    let context = PageContext::anonymous(lang, state);
    let title = t(lang, "survey-refused-title");
    let path = format!("{}/survey", survey.prefix);
    let mut shell = context.shell(path, title.clone(), Nav::Answer);
    shell.private = true;
    let props = SurveyMessageProps {
        heading: title,
        paragraphs: vec![t(lang, "survey-refused-text")],
        ways: vec![
            (format!("{base}/results"), t(lang, "survey-refused-results")),
            (format!("{base}/survey"), t(lang, "survey-refused-again")),
        ],
    };
    uncached(context.respond(StatusCode::OK, shell, move || SurveyMessage(props)))
}

//! `GET` and `POST /{lang}/survey/receipt`: the one address to which answers are sent.

use axum::{
    Extension, Form, Json,
    body::Bytes,
    extract::{FromRequest, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use partake_app::{
    i18n::t,
    pages::survey::{ANSWERS_FORM, ReceiptPage, ReceiptPageProps, RunnerPage, RunnerPageProps},
    shell::{Module, Nav},
    survey_words,
};
use partake_core::{
    flow::Seed,
    lang::Lang,
    response::{Fault, receipt::Receipt},
};
use partake_survey::{CLOSED, Parcel, ReceiptKind, Refusal, RefusedAnswer, Reply, message};

use super::{
    Shown, Walk,
    consent::closed,
    section::{Next, RECEIPT, take},
    uncached,
    walk::config,
};
use crate::{
    brake::Brake,
    error::PageError,
    extract::{ClientAddress, CurrentSurvey, PageLang},
    page::PageContext,
    receipt_words::copies,
    state::AppState,
    submission::{self, Candidate, SubmissionError},
};

/// Without a submission there is nothing to show; the runner shows what this tab has seen.
pub(super) async fn show(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
) -> Response {
    let base = survey.base(lang);
    let context = PageContext::anonymous(lang, &state);
    let path = format!("{}/survey/receipt", survey.prefix);
    let mut shell = context.shell(path, t(lang, "survey-receipt-page-title"), Nav::Answer);
    shell.module = Some(Module::Survey);
    shell.private = true;
    let props = RunnerPageProps {
        runner: config(lang, &survey),
        heading: t(lang, "survey-receipt-none-heading"),
        paragraphs: vec![t(lang, "survey-receipt-none-text")],
        ways: vec![
            (
                format!("{base}/survey"),
                t(lang, "survey-receipt-none-start"),
            ),
            (
                format!("{base}/response"),
                t(lang, "survey-receipt-none-response"),
            ),
        ],
    };
    uncached(context.respond(StatusCode::OK, shell, move || RunnerPage(props)))
}

/// Takes a submission: the last section's form, or the runner's whole response as JSON.
pub(super) async fn submit(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    Extension(brake): Extension<Brake>,
    ClientAddress(address): ClientAddress,
    request: Request,
) -> Result<Response, Response> {
    let is_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"));
    let slowed = !brake.allows(address, state.clock.now_ms());
    if !slowed {
        brake.count(address);
    }
    if is_json {
        if slowed {
            return Ok(slow(lang));
        }
        #[cfg(feature = "unprotected")]
        let cookie = request.headers().get(header::COOKIE).cloned();
        let parcel = parcel(request).await?;
        #[cfg(feature = "unprotected")]
        if let (Ok(receipt), Some(cookie)) = (Receipt::parse(&parcel.receipt), cookie)
            && crate::unprotected::Protection::Unlinked.is_off()
        {
            let name = format!("seen/{:032x}", u128::from_be_bytes(receipt.response_id()));
            let noted = state.store.setting_or_insert(&name, cookie.as_bytes());
            noted
                .await
                .map_err(|e| PageError::from(e).into_response())?;
        }
        return from_runner(&state, lang, survey, parcel)
            .await
            .map_err(IntoResponse::into_response);
    }
    let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, &state)
        .await
        .map_err(IntoResponse::into_response)?;
    from_form(&state, lang, survey, slowed, &pairs)
        .await
        .map_err(IntoResponse::into_response)
}

/// Reads a parcel as the extractor of axum does, but for the path to what is wrong: nobody reads it
/// of what a program wrote, and to keep track of it costs more than the reading.
async fn parcel(request: Request) -> Result<Parcel, Response> {
    let body = Bytes::from_request(request, &())
        .await
        .map_err(IntoResponse::into_response)?;
    serde_json::from_slice(&body).map_err(|error| {
        let status = if error.is_data() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::BAD_REQUEST
        };
        status.into_response()
    })
}

async fn from_form(
    state: &AppState,
    lang: Lang,
    survey: CurrentSurvey,
    slowed: bool,
    pairs: &[(String, String)],
) -> Result<Response, PageError> {
    let mut walk = match Walk::open(state, lang, survey, pairs) {
        Ok(walk) => walk,
        Err(page) => return Ok(*page),
    };
    match take(state, &mut walk, RECEIPT, pairs)? {
        Next::Page(page) => Ok(page),
        Next::Section(section) => walk.page(state, Shown::plainly(&section)),
        Next::Finish if slowed => {
            let notice = t(lang, "survey-slowed");
            walk.review(state, StatusCode::TOO_MANY_REQUESTS, Some(notice))
        }
        Next::Review => walk.review(state, StatusCode::OK, None),
        Next::Finish => finish(state, walk).await,
        Next::Receipt => again(state, walk).await,
    }
}

/// Shows a receipt in the language that was chosen on it. Whoever withdrew meanwhile comes to the
/// answers as they would be sent.
pub(super) async fn again(state: &AppState, walk: Walk) -> Result<Response, PageError> {
    let receipt = Receipt::parse(&walk.progress.receipt).map_err(PageError::internal)?;
    let stored = state.store.response(receipt.response_id()).await?;
    if stored.is_none() {
        return walk.review(state, StatusCode::OK, None);
    }
    page(state, &walk, &receipt, ReceiptKind::Already)
}

/// Stores the response and shows its receipt, or the first section that stands in the way.
pub(super) async fn finish(state: &AppState, walk: Walk) -> Result<Response, PageError> {
    let receipt = Receipt::parse(&walk.progress.receipt).map_err(PageError::internal)?;
    let candidate = Candidate {
        lang: walk.lang,
        seed: Seed(walk.progress.seed),
        assignment: walk.progress.assignment.clone(),
        answers: walk.progress.answers.clone(),
        only_asked: false,
        receipt,
        pace: walk.progress.pace,
    };
    match submission::submit(&state.store, &walk.wave, candidate).await {
        Ok(kind) => page(state, &walk, &receipt, kind),
        Err(SubmissionError::Faults(faults)) => {
            let section = section_of(&walk, &faults).ok_or(PageError::BadRequest)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            walk.page(
                state,
                Shown {
                    status,
                    faults: &faults,
                    ..Shown::plainly(&section)
                },
            )
        }
        Err(SubmissionError::Closed) => Ok(closed(state, walk.lang, &walk.survey)),
        Err(SubmissionError::Internal(error)) => Err(PageError::Internal(error)),
    }
}

fn section_of(walk: &Walk, faults: &[Fault]) -> Option<String> {
    let flow = walk.step().flow(&walk.progress.answers);
    let holds = |id: &&str| {
        flow.section(id).is_some_and(|view| {
            view.questions
                .iter()
                .any(|q| faults.iter().any(|f| f.question == q.id))
        })
    };
    let sections = flow.sections();
    sections
        .iter()
        .copied()
        .find(holds)
        .or_else(|| sections.last().copied())
        .map(ToOwned::to_owned)
}

fn page(
    state: &AppState,
    walk: &Walk,
    receipt: &Receipt,
    kind: ReceiptKind,
) -> Result<Response, PageError> {
    let lang = walk.lang;
    let context = PageContext::anonymous(lang, state);
    let path = format!("{}/survey/{RECEIPT}", walk.survey.prefix);
    let mut shell = context.shell(path, t(lang, "survey-receipt-page-title"), Nav::Answer);
    shell.private = true;
    shell.language_form = Some(ANSWERS_FORM);
    let props = ReceiptPageProps {
        lang,
        code: receipt.to_string(),
        kind,
        outro: walk.wave.instrument.outro.get(lang).to_owned(),
        base: walk.survey.base(lang),
        copies: copies(receipt, lang, &address(state, lang, &walk.survey)),
        state: state
            .seal
            .seal(&walk.progress)
            .map_err(PageError::internal)?,
    };
    Ok(uncached(context.respond(
        StatusCode::OK,
        shell,
        move || ReceiptPage(props),
    )))
}

/// Says that this address has to wait. Nothing was read, so nothing is lost but a minute.
fn slow(lang: Lang) -> Response {
    let refusal = Refusal {
        error: "too_many_submissions",
        message: t(lang, "survey-slowed"),
        faults: Vec::new(),
    };
    let wait = [(header::RETRY_AFTER, "60")];
    uncached((StatusCode::TOO_MANY_REQUESTS, wait, Json(refusal)).into_response())
}

/// Where a receipt opens its response.
fn address(state: &AppState, lang: Lang, survey: &CurrentSurvey) -> String {
    format!("{}{}/response", state.config.base_url(), survey.base(lang))
}

async fn from_runner(
    state: &AppState,
    lang: Lang,
    survey: CurrentSurvey,
    parcel: Parcel,
) -> Result<Response, PageError> {
    let wave = state.surveys.wave(&parcel.survey, &parcel.version);
    let Some(wave) = wave.filter(|wave| wave.survey == survey.wave.survey) else {
        return Ok(refuse(
            "unknown_version",
            t(lang, "survey-lost-wave"),
            Vec::new(),
        ));
    };
    let Ok(receipt) = Receipt::parse(&parcel.receipt) else {
        let message = t(lang, "survey-response-malformed");
        return Ok(refuse("malformed_receipt", message, Vec::new()));
    };
    let seed = Seed(parcel.seed);
    let kept = submission::kept(&state.store, &wave, &receipt, &parcel).await?;
    let candidate = Candidate {
        lang,
        seed,
        assignment: kept.assignment,
        answers: parcel.answers,
        only_asked: true,
        receipt,
        pace: kept.pace,
    };
    match submission::submit(&state.store, &wave, candidate).await {
        Ok(outcome) => {
            let copies = copies(&receipt, lang, &address(state, lang, &survey));
            Ok(uncached(Json(Reply { outcome, copies }).into_response()))
        }
        Err(SubmissionError::Faults(faults)) => Ok(refuse_faults(lang, faults)),
        Err(SubmissionError::Closed) => {
            Ok(refuse(CLOSED, t(lang, "survey-closed-text"), Vec::new()))
        }
        Err(SubmissionError::Internal(error)) => Err(PageError::Internal(error)),
    }
}

fn refuse_faults(lang: Lang, faults: Vec<Fault>) -> Response {
    let words = survey_words(lang);
    let refused: Vec<RefusedAnswer> = faults
        .into_iter()
        .map(|fault| RefusedAnswer {
            message: message(&words, &fault.code),
            code: fault.code.name().to_owned(),
            question: fault.question,
            row: fault.row,
        })
        .collect();
    let messages: Vec<String> = refused
        .iter()
        .map(|fault| format!("{}: {}", fault.question, fault.message))
        .collect();
    refuse("invalid_answers", messages.join(" "), refused)
}

fn refuse(error: &'static str, message: String, faults: Vec<RefusedAnswer>) -> Response {
    let refusal = Refusal {
        error,
        message,
        faults,
    };
    uncached((StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response())
}

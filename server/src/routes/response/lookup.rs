//! `GET` and `POST /{lang}/response`.

use std::sync::Arc;

use axum::{Extension, Form, extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::response::{
        LookupFault, LookupPage, LookupPageProps, Standing, StoredPage, StoredPageProps, StoredView,
    },
    pages::survey::ANSWERS_FORM,
    shell::{Module, Nav, Shell},
};
use partake_core::{
    lang::Lang,
    response::{Flags, Pace, receipt::Receipt},
};
use serde::Deserialize;

use super::describe::describe;
use crate::{
    brake::Brake,
    error::PageError,
    extract::{ClientAddress, CurrentSurvey, PageLang},
    page::PageContext,
    receipt_words,
    routes::survey::uncached,
    state::AppState,
    submission::{self, Opened, SubmissionError},
    surveys::Wave,
};

#[derive(Debug, Deserialize)]
pub(super) struct Code {
    #[serde(default)]
    pub(super) code: String,
    pub(super) sure: Option<String>,
}

/// A response that a code has opened.
pub(super) struct Found {
    /// The survey it belongs to, whichever survey's page the code was typed into.
    pub(super) survey: CurrentSurvey,
    pub(super) receipt: Receipt,
    pub(super) opened: Opened,
    pub(super) wave: Arc<Wave>,
}

impl Found {
    /// What can still be done about it.
    pub(super) fn standing(&self) -> Standing {
        match self.opened.stored.release {
            Some(release) => Standing::Released(release),
            None if self.wave.open => Standing::Open,
            None => Standing::Closed,
        }
    }
}

/// Who asks, in which language, about which survey.
pub(super) struct Asking<'a> {
    pub(super) state: &'a AppState,
    pub(super) lang: Lang,
    pub(super) survey: &'a CurrentSurvey,
    pub(super) guesses: &'a Brake,
    pub(super) address: ClientAddress,
}

pub(super) async fn show(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
) -> Response {
    form(&state, lang, &survey, StatusCode::OK, String::new(), None)
}

pub(super) async fn open(
    State(state): State<AppState>,
    PageLang(lang): PageLang,
    survey: CurrentSurvey,
    Extension(guesses): Extension<Brake>,
    address: ClientAddress,
    Form(typed): Form<Code>,
) -> Result<Response, PageError> {
    let asking = Asking {
        state: &state,
        lang,
        survey: &survey,
        guesses: &guesses,
        address,
    };
    match asking.find(&typed.code).await? {
        Ok(found) => Ok(asking.stored(&found, StatusCode::OK, false)),
        Err(page) => Ok(*page),
    }
}

impl Asking<'_> {
    /// The response of a code, or the form with what is wrong with the code beside it.
    pub(super) async fn find(
        &self,
        typed: &str,
    ) -> Result<Result<Found, Box<Response>>, PageError> {
        let refuse = |status: StatusCode, fault: LookupFault| {
            let typed = typed.to_owned();
            Ok(Err(Box::new(form(
                self.state,
                self.lang,
                self.survey,
                status,
                typed,
                Some(fault),
            ))))
        };
        let ClientAddress(address) = self.address;
        if !self.guesses.allows(address, self.state.clock.now_ms()) {
            return refuse(StatusCode::TOO_MANY_REQUESTS, LookupFault::TooMany);
        }
        let receipt = Receipt::parse(typed).ok();
        let Some(receipt) = receipt.or_else(|| receipt_words::read(typed)) else {
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, LookupFault::Malformed);
        };
        let waves = |survey: &str, version: &str| self.state.surveys.wave(survey, version);
        let opened = submission::open(&self.state.store, waves, &receipt).await;
        let opened = opened.map_err(|error| match error {
            SubmissionError::Internal(error) => PageError::Internal(error),
            other => PageError::internal(other),
        })?;
        let found = opened.and_then(|(opened, wave)| {
            let survey = CurrentSurvey::named(&self.state.surveys, &wave.survey)?;
            Some((survey, opened, wave))
        });
        match found {
            Some((survey, opened, wave)) => Ok(Ok(Found {
                survey,
                receipt,
                opened,
                wave,
            })),
            None => {
                self.guesses.count(address);
                refuse(StatusCode::NOT_FOUND, LookupFault::Unknown)
            }
        }
    }

    /// The page of a stored response.
    pub(super) fn stored(&self, found: &Found, status: StatusCode, unticked: bool) -> Response {
        let described = describe(self.lang, found);
        let stored = StoredView {
            lang: self.lang,
            base: found.survey.base(self.lang),
            code: found.receipt.to_string(),
            standing: found.standing(),
            sections: described.sections,
            texts: described.texts,
            votes: described.votes,
            flags: flags(self.lang, found.opened.sheet.flags),
            answered_in: match found.opened.sheet.lang {
                Lang::Zh => "中文".to_owned(),
                Lang::En => "English".to_owned(),
            },
            unticked,
        };
        let title = t(self.lang, "survey-response-title");
        let context = PageContext::anonymous(self.lang, self.state);
        let mut shell = shell(&context, &found.survey, title);
        shell.language_form = Some(ANSWERS_FORM);
        let mut response = context.respond(status, shell, move || {
            StoredPage(StoredPageProps { stored })
        });
        // Someone else may sit down at this screen; nothing of it is kept.
        response.headers_mut().insert(
            axum::http::header::CACHE_CONTROL,
            axum::http::HeaderValue::from_static("private, no-store"),
        );
        response
    }
}

/// What was noted about how it was answered.
fn flags(lang: Lang, flags: Flags) -> Vec<(String, Vec<String>)> {
    let attentive = match flags.attentive {
        None => "answering-flag-not-asked",
        Some(true) => "answering-flag-as-asked",
        Some(false) => "answering-flag-otherwise",
    };
    let straight = if flags.straightlined {
        "answering-flag-yes"
    } else {
        "answering-flag-no"
    };
    let pace = match flags.pace {
        Pace::Unknown => "answering-flag-unknown",
        Pace::Usual => "answering-flag-usual",
        Pace::Fast => "answering-flag-fast",
    };
    [
        ("answering-flag-attention", attentive),
        ("answering-flag-straight", straight),
        ("answering-flag-pace", pace),
    ]
    .map(|(label, value)| (t(lang, label), vec![t(lang, value)]))
    .into()
}

fn form(
    state: &AppState,
    lang: Lang,
    survey: &CurrentSurvey,
    status: StatusCode,
    typed: String,
    fault: Option<LookupFault>,
) -> Response {
    let base = survey.base(lang);
    let title = t(lang, "survey-response-title");
    page(state, lang, survey, status, title, move || {
        LookupPage(LookupPageProps {
            lang,
            base,
            typed,
            fault,
        })
    })
}

/// A page under `/response`.
pub(super) fn page<V: leptos::IntoView + 'static>(
    state: &AppState,
    lang: Lang,
    survey: &CurrentSurvey,
    status: StatusCode,
    title: String,
    view: impl FnOnce() -> V,
) -> Response {
    let context = PageContext::anonymous(lang, state);
    let shell = shell(&context, survey, title);
    uncached(context.respond(status, shell, view))
}

fn shell(context: &PageContext, survey: &CurrentSurvey, title: String) -> Shell {
    let mut shell = context.shell(format!("{}/response", survey.prefix), title, Nav::None);
    shell.private = true;
    // For a code that was read from its picture.
    shell.module = Some(Module::Survey);
    shell
}

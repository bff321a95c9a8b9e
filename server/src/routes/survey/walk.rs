//! One respondent's way through the pages: what is known, and how a section is drawn from it.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use partake_app::{
    i18n::t,
    pages::survey::{
        ANSWERS_FORM, ReviewPage, ReviewPageProps, ReviewPageView, SectionPage, SectionPageProps,
        SectionPageView, SurveyMessage, SurveyMessageProps,
    },
    shell::{Module, Nav},
    survey_words,
};
use partake_core::{flow::Seed, lang::Lang, response::Fault};
use partake_survey::{
    Change, Fields, REVIEW, RunnerConfig, Start, Step, fault_lines, review_head, review_parts,
    steering,
};

use crate::{
    error::PageError, extract::CurrentSurvey, page::PageContext, sealed::Progress, state::AppState,
    surveys::Wave,
};

/// A response in progress, opened.
pub(crate) struct Walk {
    pub(crate) lang: Lang,
    pub(crate) survey: CurrentSurvey,
    /// The version it was begun with, which need not be the current one.
    pub(crate) wave: Arc<Wave>,
    pub(crate) progress: Progress,
}

/// How a section is to be shown.
pub(crate) struct Shown<'a> {
    pub(crate) section: &'a str,
    pub(crate) status: StatusCode,
    /// What was typed, where it must be shown again as it is; else the answers are shown.
    pub(crate) typed: Option<&'a [(String, String)]>,
    pub(crate) faults: &'a [Fault],
    pub(crate) doubts: Vec<(String, String, String)>,
    pub(crate) notice: Option<String>,
}

impl<'a> Shown<'a> {
    pub(crate) fn plainly(section: &'a str) -> Self {
        Self {
            section,
            status: StatusCode::OK,
            typed: None,
            faults: &[],
            doubts: Vec::new(),
            notice: None,
        }
    }
}

impl Walk {
    /// Opens the state that came with a form.
    pub(crate) fn open(
        state: &AppState,
        lang: Lang,
        survey: CurrentSurvey,
        pairs: &[(String, String)],
    ) -> Result<Self, Box<Response>> {
        let lost = |key: &str, survey: &CurrentSurvey| Box::new(lost(state, lang, survey, key));
        let Ok(progress) = state
            .seal
            .open(first(pairs, steering::STATE).unwrap_or_default())
        else {
            return Err(lost("survey-lost-text", &survey));
        };
        if progress.survey != survey.wave.survey {
            return Err(lost("survey-lost-text", &survey));
        }
        let Some(wave) = state.surveys.wave(&progress.survey, &progress.version) else {
            return Err(lost("survey-lost-wave", &survey));
        };
        Ok(Self {
            lang,
            survey,
            wave,
            progress,
        })
    }

    pub(crate) fn step(&self) -> Step<'_> {
        Step {
            instrument: &self.wave.instrument,
            lang: self.lang,
            seed: Seed(self.progress.seed),
            assignment: &self.progress.assignment,
        }
    }

    /// The section after `section` as the answers stand; the first for an empty id.
    pub(crate) fn after(&self, section: &str) -> Option<String> {
        let flow = self.step().flow(&self.progress.answers);
        let next = if section.is_empty() {
            flow.sections().first().copied()
        } else {
            flow.next(section)
        };
        next.map(ToOwned::to_owned)
    }

    pub(crate) fn before(&self, section: &str) -> Option<String> {
        let flow = self.step().flow(&self.progress.answers);
        flow.previous(section).map(ToOwned::to_owned)
    }

    /// The page of a section.
    pub(crate) fn page(&self, state: &AppState, shown: Shown<'_>) -> Result<Response, PageError> {
        let flow = self.step().flow(&self.progress.answers);
        let view = flow
            .section(shown.section)
            .or_else(|| flow.section(flow.sections().first()?))
            .ok_or(PageError::NotFound)?;
        let id = view.id.clone();
        let fields = shown.typed.map_or_else(
            || Fields::from_answers(&view.questions, &self.progress.answers),
            Fields::from_pairs,
        );
        let doubts: BTreeMap<_, _> = shown
            .doubts
            .into_iter()
            .map(|(question, value, ask)| (question, (value, ask)))
            .collect();
        let runner = RunnerConfig {
            start: Some(self.start(&id)),
            ..config(self.lang, &self.survey)
        };
        let page = SectionPageView {
            faults: fault_lines(&runner.words, &view.questions, shown.faults),
            notice: shown.notice,
            doubts,
            progress: flow.progress(&id),
            stages: flow.overview(),
            reviewed: self.progress.reviewed,
            previous: flow.previous(&id).map(ToOwned::to_owned),
            next: flow.next(&id).map(ToOwned::to_owned),
            state: state
                .seal
                .seal(&self.progress)
                .map_err(PageError::internal)?,
            runner,
            section: view,
            fields,
        };
        let context = PageContext::anonymous(self.lang, state);
        let path = format!("{}/survey/{id}", self.survey.prefix);
        let mut shell = context.shell(path, page.section.title.clone(), Nav::Answer);
        shell.module = Some(Module::Survey);
        shell.private = true;
        shell.language_form = Some(ANSWERS_FORM);
        let response = context.respond(shown.status, shell, move || {
            SectionPage(SectionPageProps { page })
        });
        Ok(uncached(response))
    }

    /// The answers as they will be sent.
    pub(crate) fn review(
        mut self,
        state: &AppState,
        status: StatusCode,
        notice: Option<String>,
    ) -> Result<Response, PageError> {
        self.progress.reviewed = true;
        // Judged once, so that sending again sends the same.
        if let Some(begun) = self.progress.begun_ms.take() {
            let passed = Duration::from_millis((state.clock.now_ms() - begun).unsigned_abs());
            let flow = self.step().flow(&self.progress.answers);
            self.progress.pace = flow.pace(passed.as_secs_f64());
        }
        let flow = self.step().flow(&self.progress.answers);
        let runner = RunnerConfig {
            start: Some(self.start(REVIEW)),
            ..config(self.lang, &self.survey)
        };
        let base = runner.base.as_str();
        let page = ReviewPageView {
            notice,
            head: review_head(&flow, &runner.words),
            parts: review_parts(&flow, base, &runner.words, false),
            progress: flow.progress(REVIEW),
            stages: flow.overview(),
            state: state
                .seal
                .seal(&self.progress)
                .map_err(PageError::internal)?,
            runner,
        };
        let context = PageContext::anonymous(self.lang, state);
        let path = format!("{}/survey/{REVIEW}", self.survey.prefix);
        let title = page.runner.words.get("review-title");
        let mut shell = context.shell(path, title, Nav::Answer);
        shell.module = Some(Module::Survey);
        shell.private = true;
        shell.language_form = Some(ANSWERS_FORM);
        let response = context.respond(status, shell, move || ReviewPage(ReviewPageProps { page }));
        Ok(uncached(response))
    }

    fn start(&self, section: &str) -> Start {
        let Progress {
            version,
            seed,
            receipt,
            assignment,
            answers,
            confirmed,
            shared,
            change,
            reviewed,
            ..
        } = &self.progress;
        Start {
            version: version.clone(),
            section: section.to_owned(),
            seed: *seed,
            shared: *shared,
            reviewed: *reviewed,
            answers: answers.clone(),
            confirmed: confirmed.clone(),
            change: change.then(|| Change {
                receipt: receipt.clone(),
                assignment: assignment.clone(),
            }),
        }
    }
}

/// What the runner knows on a page that carries no response.
pub(crate) fn config(lang: Lang, survey: &CurrentSurvey) -> RunnerConfig {
    RunnerConfig {
        survey: survey.wave.survey.clone(),
        lang,
        base: survey.base(lang),
        other_base: survey.base(lang.other()),
        outro: survey.wave.instrument.outro.get(lang).to_owned(),
        words: survey_words(lang),
        start: None,
    }
}

/// The first value of a field.
pub(crate) fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// Pages of the survey belong to the person in front of the screen. They may be shown again by
/// the back button, so `no-store` would cost more than it protects.
pub(crate) fn uncached(mut response: Response) -> Response {
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    response
}

/// The page for a state that does not open.
fn lost(state: &AppState, lang: Lang, survey: &CurrentSurvey, key: &str) -> Response {
    let context = PageContext::anonymous(lang, state);
    let title = t(lang, "survey-lost-title");
    let path = format!("{}/survey", survey.prefix);
    let mut shell = context.shell(path, title.clone(), Nav::Answer);
    shell.private = true;
    let props = SurveyMessageProps {
        heading: title,
        paragraphs: vec![t(lang, key), t(lang, "survey-lost-back")],
        ways: vec![(
            format!("{}/survey", survey.base(lang)),
            t(lang, "survey-lost-start"),
        )],
    };
    uncached(
        context.respond(StatusCode::UNPROCESSABLE_ENTITY, shell, move || {
            SurveyMessage(props)
        }),
    )
}

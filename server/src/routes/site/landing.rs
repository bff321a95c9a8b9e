//! `GET /{lang}`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::site::{Landing, LandingProps, LandingView, ReleaseFacts, SurveyFacts},
    shell::Nav,
};
use partake_core::{
    disclosure::Parameters,
    flow::{Flow, Seed},
    instrument::{Instrument, Section},
    lang::Lang,
    response::{Answers, Assignment},
};

use crate::{error::PageError, page::PageContext, state::AppState, surveys::Wave};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let wave = state.surveys.featured();
    let (mut release, mut threads) = (None, 0);
    if let Some(wave) = &wave {
        release = state.store.newest_release(&wave.survey).await?;
        let counts = state
            .store
            .thread_counts(&wave.survey)
            .await
            .map_err(PageError::internal)?;
        threads = counts
            .iter()
            .map(|(_, threads, _)| threads.unsigned_abs())
            .sum();
    }
    let rules = Parameters::default();
    let page = LandingView {
        lang,
        survey: wave.as_deref().map(facts),
        release: release.map(|r| ReleaseFacts {
            number: r.number,
            date: r.day,
            n: r.n,
        }),
        threads,
        first_release: rules.first_release + rules.hold_back,
        hold_back: rules.hold_back,
    };
    let mut shell = context.shell("", t(lang, "site-title"), Nav::None);
    shell.description = Some(t(lang, "site-description"));
    Ok(context.respond(StatusCode::OK, shell, move || {
        Landing(LandingProps { page })
    }))
}

fn facts(wave: &Wave) -> SurveyFacts {
    let instrument = &wave.instrument;
    SurveyFacts {
        // Consent to a use of the answers is asked among them, but it is not one of them.
        questions: questions(instrument, |_| true)
            .filter(|q| q.is_answerable() && !q.id.starts_with("consent_"))
            .count(),
        required: 1 + questions(instrument, |_| true)
            .filter(|q| q.required)
            .count(),
        minutes: minutes(instrument),
        open: wave.open,
    }
}

fn questions(
    instrument: &Instrument,
    section: impl Fn(&Section) -> bool,
) -> impl Iterator<Item = &partake_core::instrument::Question> {
    instrument
        .sections
        .iter()
        .filter(move |s| section(s))
        .flat_map(|s| &s.questions)
}

/// Expected minutes when no branch opens, and when every one does; optional sections left out.
fn minutes(instrument: &Instrument) -> (u32, u32) {
    let (assignment, answers) = (Assignment::new(), Answers::new());
    let plain = Flow::new(instrument, Lang::En, Seed(0), &assignment, &answers);
    let counted = |s: &Section| !s.optional;
    let least = questions(instrument, counted).filter(|q| plain.asked(&q.id));
    let least = least.map(|q| q.est_seconds).sum::<f64>();
    let most = questions(instrument, counted)
        .map(|q| q.est_seconds)
        .sum::<f64>();
    (whole_minutes(least), whole_minutes(most))
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a questionnaire's minutes are small and not negative"
)]
fn whole_minutes(seconds: f64) -> u32 {
    (seconds / 60.0).round().max(1.0) as u32
}

//! `GET /{lang}`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    i18n::t,
    pages::site::{
        Landing, LandingProps, LandingView, OtherSurvey, ReleaseFacts, SurveyFacts, SurveyHome,
        SurveyHomeProps,
    },
    shell::Nav,
};
use partake_core::{
    disclosure::Parameters,
    flow::{Flow, Seed},
    instrument::{Instrument, Section},
    lang::Lang,
    response::{Answers, Assignment},
};

use crate::{
    error::PageError, extract::CurrentSurvey, page::PageContext, state::AppState, surveys::Wave,
};

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let page = view(&state, lang, state.surveys.featured().as_deref(), true).await?;
    let mut shell = context.shell("", t(lang, "site-title"), Nav::None);
    shell.description = Some(t(lang, "site-description"));
    Ok(context.respond(StatusCode::OK, shell, move || {
        Landing(LandingProps { page })
    }))
}

/// `GET /{lang}/s/{survey}`.
pub(super) async fn survey(
    State(state): State<AppState>,
    context: PageContext,
    survey: CurrentSurvey,
) -> Result<Response, PageError> {
    let lang = context.lang;
    let instrument = &survey.wave.instrument;
    let mut page = view(&state, lang, Some(&survey.wave), false).await?;
    page.base = survey.base(lang);
    let title = instrument.title.get(lang).to_owned();
    let intro = instrument.intro.get(lang).to_owned();
    let mut shell = context.shell(survey.prefix.clone(), title.clone(), Nav::None);
    shell.description = Some(intro.clone());
    Ok(context.respond(StatusCode::OK, shell, move || {
        SurveyHome(SurveyHomeProps { title, intro, page })
    }))
}

async fn view(
    state: &AppState,
    lang: Lang,
    wave: Option<&Wave>,
    with_others: bool,
) -> Result<LandingView, PageError> {
    let (mut release, mut threads) = (None, 0);
    if let Some(wave) = wave {
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
    let all = if with_others {
        state.surveys.all()
    } else {
        Vec::new()
    };
    let others = all.iter().filter(|other| !other.featured);
    Ok(LandingView {
        lang,
        base: format!("/{lang}"),
        others: others.map(|other| described(lang, other)).collect(),
        survey: wave.map(facts),
        release: release.map(|r| ReleaseFacts {
            number: r.number,
            date: r.day,
            n: r.n,
        }),
        threads,
        first_release: rules.first_release + rules.hold_back,
        hold_back: rules.hold_back,
    })
}

fn described(lang: Lang, wave: &Wave) -> OtherSurvey {
    let instrument = &wave.instrument;
    let spoken = instrument.spoken(lang);
    OtherSurvey {
        href: format!("/{lang}/s/{}", wave.survey),
        title: instrument.title.get(lang).to_owned(),
        intro: instrument.intro.get(lang).to_owned(),
        foreign: (spoken != lang).then_some(spoken),
        facts: facts(wave),
    }
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

//! What a response starts from: the plain page, a draft on the device, or a receipt.

use partake_core::{
    flow::{Seed, assign},
    instrument::Instrument,
    response::{Answers, Assignment, Pace},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement};

use super::{
    after::Sent,
    device::{Draft, fields_of, find, last_segment, load_draft, new_receipt, seconds},
    network::fetch_instrument,
};
use crate::{Confirmed, REVIEW, RunnerConfig, Start, Step};

/// What is to be shown.
pub(super) enum Ready {
    Answering(RunnerConfig, Box<Begin>),
    /// A response that this tab has sent.
    Sent(RunnerConfig, Sent),
}

/// A response as it stands when the runner takes over.
pub(super) struct Begin {
    pub(super) instrument: Instrument,
    pub(super) version: String,
    pub(super) seed: u32,
    pub(super) assignment: Assignment,
    pub(super) receipt: String,
    pub(super) shared: bool,
    pub(super) replace: bool,
    pub(super) reviewed: bool,
    pub(super) tried: bool,
    pub(super) pace: Pace,
    /// When answering began, if it began here.
    pub(super) since: Option<f64>,
    pub(super) answers: Answers,
    pub(super) confirmed: Confirmed,
    pub(super) section: String,
    pub(super) notice: Option<String>,
    /// What stands in the form of its section, where there is one.
    pub(super) typed: Option<Vec<(String, String)>>,
}

/// `None` when the plain page has to stay.
pub(super) async fn prepare(page: &Element) -> Option<Ready> {
    let config = RunnerConfig::from_json(&page.get_attribute("data-runner")?)?;
    let draft = load_draft(&config.survey);
    let Some(start) = &config.start else {
        let Some(draft) = draft else {
            let sent = (last_segment() == "receipt").then(|| Sent::kept(&config.survey))??;
            return Some(Ready::Sent(config, sent));
        };
        let mut begin = resume(&config, draft).await?;
        let segment = last_segment();
        let review = segment == REVIEW && begin.reviewed;
        if review || begin.instrument.section(&segment).is_some() {
            begin.section = segment;
        }
        return Some(Ready::Answering(config, Box::new(begin)));
    };

    let instrument = fetch_instrument(&address(&config, &start.version)).await?;
    let begin = take_over(page, &config, start, instrument)?;
    let fresh = begin.answers.is_empty() && !begin.shared && !begin.replace;
    // Who comes through the consent page again has not asked for the draft to be thrown away.
    let begin = match draft.filter(|draft| fresh && !draft.answers.is_empty()) {
        Some(draft) => resume(&config, draft).await?,
        None => begin,
    };
    Some(Ready::Answering(config, Box::new(begin)))
}

pub(super) fn address(config: &RunnerConfig, version: &str) -> String {
    format!("{}/survey/instrument/{version}", config.base)
}

async fn resume(config: &RunnerConfig, draft: Draft) -> Option<Begin> {
    let instrument = fetch_instrument(&address(config, &draft.version)).await?;
    Some(Begin {
        assignment: assign(&instrument, Seed(draft.seed)),
        instrument,
        version: draft.version,
        seed: draft.seed,
        receipt: draft.receipt,
        shared: false,
        replace: false,
        reviewed: draft.reviewed,
        tried: draft.tried,
        pace: draft.pace,
        since: None,
        answers: draft.answers,
        confirmed: draft.confirmed,
        section: draft.section,
        notice: Some(config.words.get(if draft.tried {
            "draft-tried"
        } else {
            "draft-resumed"
        })),
        typed: None,
    })
}

/// The page may have been typed into while the instrument was on its way.
fn take_over(
    page: &Element,
    config: &RunnerConfig,
    start: &Start,
    instrument: Instrument,
) -> Option<Begin> {
    let form: HtmlFormElement = find(page, "form")?.dyn_into().ok()?;
    let assignment = match &start.change {
        Some(change) => change.assignment.clone(),
        None => assign(&instrument, Seed(start.seed)),
    };
    let step = Step {
        instrument: &instrument,
        lang: config.lang,
        seed: Seed(start.seed),
        assignment: &assignment,
    };
    let typed = (start.section != REVIEW).then(|| fields_of(&form));
    let answers = match &typed {
        Some(typed) => {
            let taken = step.take(&start.answers, &start.confirmed, &start.section, typed);
            taken.answers
        }
        None => start.answers.clone(),
    };
    Some(Begin {
        version: start.version.clone(),
        seed: start.seed,
        receipt: match &start.change {
            Some(change) => change.receipt.clone(),
            None => new_receipt()?,
        },
        shared: start.shared,
        replace: start.change.is_some(),
        reviewed: start.reviewed,
        tried: false,
        pace: Pace::Unknown,
        since: seconds().filter(|_| start.change.is_none() && start.answers.is_empty()),
        answers,
        confirmed: start.confirmed.clone(),
        section: start.section.clone(),
        notice: None,
        typed,
        assignment,
        instrument,
    })
}

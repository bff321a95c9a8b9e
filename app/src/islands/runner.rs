//! Answering on the device: sections without reloading, a draft that survives, one submission.

use std::collections::BTreeMap;

use leptos::{ev, html::Div, prelude::*, task::spawn_local};
use partake_core::{
    flow::{Seed, assign},
    lang::Lang,
    response::{Answers, Assignment},
};
use serde::{Deserialize, Serialize};
use web_sys::{HtmlFormElement, wasm_bindgen::JsCast};

use super::{
    runner_browser::{
        discard_draft, fields_of, focused_field, kept_receipt, last_segment, load_draft,
        new_receipt, refocus_soon,
    },
    runner_net::fetch_instrument,
    runner_state::{Begin, Phase, Runner},
    runner_view::runner_view,
};
use crate::survey::{ReceiptKind, ReceiptView, Step, Words};

/// What the runner has to know; everything else it works out itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunnerConfig {
    pub survey: String,
    pub lang: Lang,
    /// `/zh` or `/zh/s/other`.
    pub base: String,
    /// The same in the other language.
    pub other_base: String,
    /// The survey's closing words.
    pub outro: String,
    /// What the page around it starts from; without it, only a draft can be continued.
    pub start: Option<Start>,
}

/// A response in progress, as the plain page has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    pub version: String,
    pub section: String,
    pub seed: u32,
    /// The device is shared: nothing may be kept on it.
    pub shared: bool,
    /// Answers so far, those typed into the page excepted.
    pub answers: Answers,
    /// Set when a stored response is being changed.
    pub change: Option<Change>,
}

/// The stored response that is being changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub receipt: String,
    pub assignment: Assignment,
}

/// Wraps the plain page. Until the instrument is there, and without a script for good, the page
/// inside is what people use.
#[island]
pub fn SurveyRunner(
    config: RunnerConfig,
    words: BTreeMap<String, String>,
    children: Children,
) -> impl IntoView {
    let plain = NodeRef::<Div>::new();
    let shown = RwSignal::new(None::<Shown>);
    let words = Words::from(words);
    let start = (config, words);
    Effect::new(move |_| {
        let (config, words) = start.clone();
        spawn_local(async move {
            let Some(ready) = prepare(config, words, plain).await else {
                return;
            };
            if let Some(page) = plain.get_untracked() {
                page.remove();
            }
            if let Shown::Runner(runner) = &ready {
                listen(runner);
            }
            shown.set(Some(ready));
        });
    });
    view! {
        <div class="plain" node_ref=plain>
            {children()}
        </div>
        {move || {
            shown
                .get()
                .map(|shown| match shown {
                    Shown::Runner(runner) => runner_view(runner),
                    Shown::Receipt(config, words, code) => {
                        view! {
                            <ReceiptView
                                code
                                kind=ReceiptKind::New
                                outro=config.outro
                                base=config.base
                                words
                                live=true
                            />
                        }
                            .into_any()
                    }
                })
        }}
    }
}

#[derive(Clone)]
enum Shown {
    Runner(Runner),
    /// A receipt that this tab has seen before.
    Receipt(RunnerConfig, Words, String),
}

async fn prepare(config: RunnerConfig, words: Words, plain: NodeRef<Div>) -> Option<Shown> {
    let draft = load_draft(&config.survey);
    let version = match (&config.start, &draft) {
        (Some(start), _) => start.version.clone(),
        (None, Some(draft)) => draft.version.clone(),
        (None, None) => {
            let code = (last_segment() == "receipt").then(|| kept_receipt(&config.survey))??;
            return Some(Shown::Receipt(config, words, code));
        }
    };
    let address = |version: &str| format!("{}/survey/instrument/{version}", config.base);
    let instrument = fetch_instrument(&address(&version)).await?;

    let Some(start) = config.start.clone() else {
        let draft = draft?;
        let section = match last_segment() {
            segment if instrument.section(&segment).is_some() => segment,
            _ => draft.section,
        };
        let begin = Begin {
            assignment: assign(&instrument, Seed(draft.seed)),
            instrument,
            version,
            seed: draft.seed,
            receipt: draft.receipt,
            shared: false,
            replace: false,
            answers: draft.answers,
            section,
            notice: Some(words.get("draft-resumed")),
        };
        return Some(Shown::Runner(Runner::new(config, words, begin)));
    };

    // The page may have been typed into while the instrument was on its way.
    let form = plain.get_untracked()?.query_selector("form").ok()??;
    let pairs = fields_of(&form.dyn_into::<HtmlFormElement>().ok()?);
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
    let answers = step.take(&start.answers, &start.section, &pairs).answers;

    let fresh = answers.is_empty() && !start.shared && start.change.is_none();
    let resumed = draft.filter(|draft| fresh && !draft.answers.is_empty());
    let begin = match resumed {
        // Who comes through the consent page again has not asked for the draft to be thrown away.
        Some(draft) => {
            let instrument = match draft.version == version {
                true => instrument,
                false => fetch_instrument(&address(&draft.version)).await?,
            };
            Begin {
                assignment: assign(&instrument, Seed(draft.seed)),
                instrument,
                version: draft.version,
                seed: draft.seed,
                receipt: draft.receipt,
                shared: false,
                replace: false,
                answers: draft.answers,
                section: draft.section,
                notice: Some(words.get("draft-resumed")),
            }
        }
        None => Begin {
            instrument,
            version,
            seed: start.seed,
            receipt: match &start.change {
                Some(change) => change.receipt.clone(),
                None => new_receipt()?,
            },
            shared: start.shared,
            replace: start.change.is_some(),
            assignment,
            answers,
            section: start.section,
            notice: None,
        },
    };
    if let Some(field) = focused_field() {
        refocus_soon(field);
    }
    Some(Shown::Runner(Runner::new(config, words, begin)))
}

/// Follows the browser's back button, and tries again when the network returns.
fn listen(runner: &Runner) {
    let back = runner.clone();
    window_event_listener(ev::popstate, move |_| back.follow_address(&last_segment()));
    let online = runner.clone();
    window_event_listener(ev::online, move |_| {
        if matches!(
            online.phase.get_untracked(),
            Phase::Unsent { offline: true, .. }
        ) {
            online.submit();
        }
    });
    let leaving = runner.clone();
    window_event_listener(ev::beforeunload, move |event| {
        let sent = matches!(leaving.phase.get_untracked(), Phase::Sent(_));
        let safe = leaving.kept.get_untracked() && !leaving.keeps_nothing();
        if !sent && !safe && leaving.has_answers() {
            event.prevent_default();
        }
    });
}

/// On the consent page: a draft that waits on this device.
#[island]
pub fn SurveyDraft(survey: String, base: String, words: BTreeMap<String, String>) -> impl IntoView {
    let words = Words::from(words);
    let found = RwSignal::new(None::<String>);
    let gone = RwSignal::new(false);
    let key = survey.clone();
    Effect::new(move |_| {
        let draft = load_draft(&key).filter(|draft| !draft.answers.is_empty());
        found.set(draft.map(|draft| draft.section));
    });
    let notice = {
        let words = words.clone();
        move || {
            found.get().map(|section| {
                let survey = survey.clone();
                view! {
                    <div class="notice draft">
                        <p>{words.get("draft-found")}</p>
                        <p class="onward">
                            <a class="button" href=format!("{base}/survey/{section}")>
                                {words.get("draft-continue")}
                            </a>
                            <button
                                type="button"
                                class="button quiet"
                                on:click=move |_| {
                                    discard_draft(&survey);
                                    found.set(None);
                                    gone.set(true);
                                }
                            >
                                {words.get("draft-discard")}
                            </button>
                        </p>
                    </div>
                }
            })
        }
    };
    view! {
        {notice}
        <p role="status">{move || gone.get().then(|| words.get("draft-discarded"))}</p>
    }
}

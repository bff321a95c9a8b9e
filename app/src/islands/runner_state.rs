//! The runner's state and what changes it. It redraws by hand rather than by signals all the way
//! down: a question keeps its element, and with it the focus, until its text really changes.

use std::{collections::BTreeMap, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use partake_core::{
    flow::{Progress, QuestionView, Seed},
    instrument::Instrument,
    response::{Answers, Assignment, Fault},
};
use web_sys::HtmlFormElement;

use super::{
    RunnerConfig,
    runner_browser::{
        Draft, discard_draft, fields_of, focus_soon, keep_receipt, point_language_link,
        push_address, replace_address, save_draft,
    },
    runner_net::{Parcel, Unsent, send},
};
use crate::survey::{FaultLine, Fields, ReceiptKind, Setting, Step, Words, fault_lines};

/// Where the response is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Answering,
    Sending,
    /// Not arrived; the reason in words, and whether the network is to blame.
    Unsent {
        reason: String,
        offline: bool,
    },
    Sent(ReceiptKind),
}

/// A question on the page. Its key changes when it has to be drawn anew.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub(super) key: u32,
    pub(super) question: QuestionView,
    pub(super) faults: Vec<FaultLine>,
    pub(super) doubt: Option<(String, String)>,
    pub(super) setting: Arc<Setting>,
}

/// The section on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) intro: Option<String>,
    pub(super) optional: bool,
    pub(super) progress: Progress,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

/// What a response starts from.
pub(super) struct Begin {
    pub(super) instrument: Instrument,
    pub(super) version: String,
    pub(super) seed: u32,
    pub(super) assignment: Assignment,
    pub(super) receipt: String,
    pub(super) shared: bool,
    pub(super) replace: bool,
    pub(super) answers: Answers,
    pub(super) section: String,
    pub(super) notice: Option<String>,
}

struct Fixed {
    config: RunnerConfig,
    words: Words,
    instrument: Instrument,
    version: String,
    seed: Seed,
    assignment: Assignment,
    receipt: String,
    shared: bool,
    replace: bool,
}

#[derive(Clone)]
pub(super) struct Runner {
    fixed: Arc<Fixed>,
    answers: RwSignal<Answers>,
    key: StoredValue<u32>,
    pub(super) head: RwSignal<Option<Head>>,
    pub(super) drawn: RwSignal<Vec<Drawn>>,
    pub(super) faults: RwSignal<Vec<FaultLine>>,
    pub(super) notice: RwSignal<Option<String>>,
    pub(super) phase: RwSignal<Phase>,
    /// False once the browser has refused to keep the draft.
    pub(super) kept: RwSignal<bool>,
}

impl Runner {
    pub(super) fn new(config: RunnerConfig, words: Words, begin: Begin) -> Self {
        let Begin {
            instrument,
            version,
            seed,
            assignment,
            receipt,
            shared,
            replace,
            ..
        } = begin;
        let fixed = Fixed {
            config,
            words,
            instrument,
            version,
            seed: Seed(seed),
            assignment,
            receipt,
            shared,
            replace,
        };
        let runner = Self {
            fixed: Arc::new(fixed),
            answers: RwSignal::new(begin.answers),
            key: StoredValue::new(0),
            head: RwSignal::new(None),
            drawn: RwSignal::new(Vec::new()),
            faults: RwSignal::new(Vec::new()),
            notice: RwSignal::new(begin.notice),
            phase: RwSignal::new(Phase::Answering),
            kept: RwSignal::new(true),
        };
        runner.open(&begin.section);
        replace_address(&runner.address(&runner.current()));
        runner
    }

    pub(super) fn words(&self) -> &Words {
        &self.fixed.words
    }

    pub(super) fn config(&self) -> &RunnerConfig {
        &self.fixed.config
    }

    pub(super) fn receipt(&self) -> &str {
        &self.fixed.receipt
    }

    /// True when nothing may stay on this device. A response that is being changed leaves no draft
    /// either: it is stored, and a draft of it could be mistaken for a new one.
    pub(super) fn keeps_nothing(&self) -> bool {
        self.fixed.shared || self.fixed.replace
    }

    pub(super) fn has_answers(&self) -> bool {
        self.answers.with_untracked(|answers| !answers.is_empty())
    }

    fn step(&self) -> Step<'_> {
        let Fixed {
            config,
            instrument,
            seed,
            assignment,
            ..
        } = &*self.fixed;
        Step {
            instrument,
            lang: config.lang,
            seed: *seed,
            assignment,
        }
    }

    fn address(&self, section: &str) -> String {
        format!("{}/survey/{section}", self.fixed.config.base)
    }

    fn current(&self) -> String {
        self.head
            .with_untracked(|head| head.as_ref().map(|h| h.id.clone()))
            .unwrap_or_default()
    }

    /// Draws `section` from the answers; the first one when it is not asked.
    fn open(&self, section: &str) {
        let answers = self.answers.get_untracked();
        let flow = self.step().flow(&answers);
        let first = flow
            .sections()
            .first()
            .map(|id| (*id).to_owned())
            .unwrap_or_default();
        let id = if flow.section(section).is_some() {
            section.to_owned()
        } else {
            first
        };
        let questions = flow
            .section(&id)
            .map(|view| view.questions)
            .unwrap_or_default();
        self.drawn.set(Vec::new());
        self.faults.set(Vec::new());
        self.draw(
            &id,
            &Fields::from_answers(&questions, &answers),
            &BTreeMap::new(),
        );
        let config = &self.fixed.config;
        point_language_link(&format!("{}/survey/{id}", config.other_base));
        self.save();
    }

    /// Draws what the answers ask for now, keeping every question that has not changed.
    fn draw(&self, id: &str, fields: &Fields, doubts: &BTreeMap<String, (String, String)>) {
        let answers = self.answers.get_untracked();
        let flow = self.step().flow(&answers);
        let Some(view) = flow.section(id) else { return };
        let faults = self.faults.get_untracked();
        let setting = Arc::new(Setting {
            words: self.fixed.words.clone(),
            fields: fields.clone(),
            live: true,
            here: self.address(id),
        });
        let before = self.drawn.get_untracked();
        let drawn: Vec<Drawn> = view
            .questions
            .into_iter()
            .map(|question| {
                let mine: Vec<FaultLine> = faults
                    .iter()
                    .filter(|f| f.question == question.id)
                    .cloned()
                    .collect();
                let doubt = doubts.get(&question.id).cloned();
                let same = before.iter().find(|old| {
                    old.question == question && old.faults == mine && old.doubt == doubt
                });
                same.cloned().unwrap_or_else(|| Drawn {
                    key: self.next_key(),
                    question,
                    faults: mine,
                    doubt,
                    setting: Arc::clone(&setting),
                })
            })
            .collect();
        let unchanged = drawn.len() == before.len()
            && drawn
                .iter()
                .zip(&before)
                .all(|(new, old)| new.key == old.key);
        if !unchanged {
            self.drawn.set(drawn);
        }
        let head = Head {
            id: view.id,
            title: view.title,
            intro: view.intro,
            optional: view.optional,
            progress: flow.progress(id),
            previous: flow.previous(id).map(ToOwned::to_owned),
            next: flow.next(id).map(ToOwned::to_owned),
        };
        if self.head.with_untracked(|old| old.as_ref() != Some(&head)) {
            self.head.set(Some(head));
        }
    }

    fn next_key(&self) -> u32 {
        self.key.update_value(|key| *key += 1);
        self.key.get_value()
    }

    fn save(&self) {
        if self.keeps_nothing() {
            return;
        }
        let draft = Draft {
            version: self.fixed.version.clone(),
            seed: self.fixed.seed.0,
            receipt: self.fixed.receipt.clone(),
            section: self.current(),
            answers: self.answers.get_untracked(),
        };
        let kept = save_draft(&self.fixed.config.survey, &draft);
        if kept != self.kept.get_untracked() {
            self.kept.set(kept);
        }
    }

    fn doubts_shown(&self) -> BTreeMap<String, (String, String)> {
        let doubt = |d: &Drawn| Some((d.question.id.clone(), d.doubt.clone()?));
        self.drawn
            .with_untracked(|drawn| drawn.iter().filter_map(doubt).collect())
    }

    /// Takes over what the form says now.
    pub(super) fn sync(&self, form: &HtmlFormElement) {
        let pairs = fields_of(form);
        let id = self.current();
        let taken = self.step().take(&self.answers.get_untracked(), &id, &pairs);
        if self.answers.with_untracked(|old| *old != taken.answers) {
            self.answers.set(taken.answers);
            self.save();
            self.draw(&id, &Fields::from_pairs(&pairs), &self.doubts_shown());
        }
    }

    /// Empties one question.
    pub(super) fn clear(&self, form: &HtmlFormElement, question: &str) {
        let mut fields = Fields::from_pairs(&fields_of(form));
        fields.clear(question);
        self.answers.update(|answers| {
            answers.retain(|key, _| key != question && !key.starts_with(&format!("{question}__")));
        });
        self.drawn
            .update(|drawn| drawn.retain(|d| d.question.id != question));
        self.save();
        self.draw(&self.current(), &fields, &self.doubts_shown());
        focus_soon(format!("q-{question}"), false);
    }

    /// Goes on if the section is in order, else shows what is not.
    pub(super) fn forward(&self, form: &HtmlFormElement) {
        self.notice.set(None);
        let pairs = fields_of(form);
        let id = self.current();
        let taken = self.step().take(&self.answers.get_untracked(), &id, &pairs);
        self.answers.set(taken.answers);
        self.save();
        let doubts: BTreeMap<_, _> = taken
            .doubts
            .into_iter()
            .map(|(question, value, ask)| (question, (value, ask)))
            .collect();
        let stopped = !taken.faults.is_empty() || !doubts.is_empty();
        if stopped {
            self.show_faults(&id, &taken.faults, &Fields::from_pairs(&pairs), &doubts);
            return;
        }
        match self.head.get_untracked().and_then(|head| head.next) {
            Some(next) => self.go(&next, true),
            None => self.submit(),
        }
    }

    fn show_faults(
        &self,
        id: &str,
        faults: &[Fault],
        fields: &Fields,
        doubts: &BTreeMap<String, (String, String)>,
    ) {
        let answers = self.answers.get_untracked();
        let questions = self
            .step()
            .flow(&answers)
            .section(id)
            .map(|v| v.questions)
            .unwrap_or_default();
        self.faults
            .set(fault_lines(&self.fixed.words, &questions, faults));
        self.draw(id, fields, doubts);
        match doubts.keys().next() {
            Some(question) if faults.is_empty() => focus_soon(format!("d-{question}"), false),
            _ => focus_soon("summary", false),
        }
    }

    /// Shows another section; `push` makes it a step in the browser's history.
    pub(super) fn go(&self, section: &str, push: bool) {
        self.notice.set(None);
        if self
            .phase
            .with_untracked(|phase| *phase != Phase::Answering)
        {
            self.phase.set(Phase::Answering);
        }
        self.open(section);
        if push {
            push_address(&self.address(&self.current()));
        }
        focus_soon("section-title", true);
    }

    /// The browser's back or forward button was pressed.
    pub(super) fn follow_address(&self, segment: &str) {
        let answers = self.answers.get_untracked();
        if self.step().flow(&answers).section(segment).is_some() {
            self.go(segment, false);
        }
    }

    /// Sends the response. The receipt makes it the same response however often it is sent.
    pub(super) fn submit(&self) {
        if self.phase.get_untracked() == Phase::Sending {
            return;
        }
        self.phase.set(Phase::Sending);
        let parcel = Parcel {
            survey: self.fixed.config.survey.clone(),
            version: self.fixed.version.clone(),
            seed: self.fixed.seed.0,
            receipt: self.fixed.receipt.clone(),
            answers: self
                .step()
                .flow(&self.answers.get_untracked())
                .answers()
                .clone(),
            replace: self.fixed.replace,
        };
        let runner = self.clone();
        spawn_local(async move {
            match send(&runner.address("receipt"), &parcel).await {
                Ok(kind) => runner.arrived(kind),
                Err(unsent) => runner.not_arrived(unsent),
            }
        });
    }

    fn arrived(&self, kind: ReceiptKind) {
        let survey = &self.fixed.config.survey;
        discard_draft(survey);
        if !self.fixed.shared {
            keep_receipt(survey, &self.fixed.receipt);
        }
        self.phase.set(Phase::Sent(kind));
        push_address(&self.address("receipt"));
        point_language_link(&format!("{}/survey/receipt", self.fixed.config.other_base));
        focus_soon("section-title", true);
    }

    fn not_arrived(&self, unsent: Unsent) {
        let words = &self.fixed.words;
        let (reason, offline) = match unsent {
            Unsent::Offline => (words.get("unsent-offline"), true),
            Unsent::Failed => (words.get("unsent-failed"), false),
            Unsent::Refused(refusal) => {
                if self.show_refused(&refusal.faults) {
                    return;
                }
                (
                    format!("{} {}", words.get("unsent-refused"), refusal.message),
                    false,
                )
            }
        };
        self.phase.set(Phase::Unsent { reason, offline });
        focus_soon("section-title", true);
    }

    /// Opens the first section with a fault; false when no fault is of a question that is asked.
    fn show_refused(&self, faults: &[Fault]) -> bool {
        let answers = self.answers.get_untracked();
        let flow = self.step().flow(&answers);
        let holds = |id: &&str| {
            flow.section(id).is_some_and(|view| {
                view.questions
                    .iter()
                    .any(|q| faults.iter().any(|f| f.question == q.id))
            })
        };
        let Some(id) = flow
            .sections()
            .into_iter()
            .find(holds)
            .map(ToOwned::to_owned)
        else {
            return false;
        };
        self.go(&id, true);
        let questions = flow.section(&id).map(|v| v.questions).unwrap_or_default();
        let fields = Fields::from_answers(&questions, &answers);
        self.show_faults(&id, faults, &fields, &BTreeMap::new());
        true
    }
}

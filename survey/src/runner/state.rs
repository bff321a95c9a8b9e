//! The runner's state and what changes it. A question keeps its node, and with it the focus, until
//! its text really changes.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use partake_core::{
    flow::{QuestionView, Seed},
    instrument::Instrument,
    response::{Answers, Assignment, Pace},
};
use web_sys::{Element, HtmlFormElement};

use super::{
    after::Sent,
    begin::{Begin, address},
    device::{
        Draft, announce, discard_draft, fields_of, focused_field, load_draft, refocus,
        replace_address, save_draft, seconds, set, window,
    },
    draw::{self, Head, Keeping},
    peers::Peers,
    phase::Phase,
    unseen::Unseen,
};
use crate::{
    Confirmed, FaultLine, Fields, Parcel, REVIEW, RunnerConfig, Setting, Step, Taken, Words,
    question,
};

/// What is asked once about an unlikely number, with the number, by question.
pub(super) type Doubts = BTreeMap<String, (String, String)>;

/// A question on the page.
pub(super) struct Drawn {
    pub(super) view: QuestionView,
    pub(super) faults: Vec<FaultLine>,
    doubt: Option<(String, String)>,
    pub(super) node: Element,
}

pub(super) struct Runner {
    page: Element,
    config: RunnerConfig,
    instrument: Instrument,
    version: String,
    seed: Seed,
    assignment: Assignment,
    receipt: String,
    shared: bool,
    replace: bool,
    /// True once the answers have been looked over.
    reviewed: Cell<bool>,
    /// True once it was sent without an answer.
    tried: Cell<bool>,
    pace: Cell<Pace>,
    /// When answering began; nothing once it is judged, or when it was interrupted.
    since: Cell<Option<f64>>,
    sent: RefCell<Option<Sent>>,
    section: RefCell<String>,
    /// A question of the screen that is shown; of the first one when it names none of the section.
    pub(super) on_screen: RefCell<String>,
    pub(super) notice: RefCell<Option<String>>,
    pub(super) answers: RefCell<Answers>,
    pub(super) confirmed: RefCell<Confirmed>,
    /// Every field as it was last seen, those of hidden questions included: a question that comes
    /// back brings its answer back.
    pub(super) memory: RefCell<Fields>,
    /// What stands in the form of the section it begins with, in order or not.
    typed: RefCell<Option<Vec<(String, String)>>>,
    head: RefCell<Option<Head>>,
    pub(super) drawn: RefCell<Vec<Drawn>>,
    pub(super) faults: RefCell<Vec<FaultLine>>,
    pub(super) peers: Peers,
    pub(super) unseen: Unseen,
    phase: Cell<Phase>,
    /// False once the browser has refused to keep the draft.
    kept: Cell<bool>,
}

impl Runner {
    pub(super) fn new(page: Element, config: RunnerConfig, begin: Begin) -> Self {
        Self {
            page,
            config,
            instrument: begin.instrument,
            version: begin.version,
            seed: Seed(begin.seed),
            assignment: begin.assignment,
            receipt: begin.receipt,
            shared: begin.shared,
            replace: begin.replace,
            reviewed: Cell::new(begin.reviewed),
            tried: Cell::new(begin.tried),
            pace: Cell::new(begin.pace),
            since: Cell::new(begin.since),
            sent: RefCell::default(),
            section: RefCell::new(begin.section),
            on_screen: RefCell::default(),
            notice: RefCell::new(begin.notice),
            answers: RefCell::new(begin.answers),
            confirmed: RefCell::new(begin.confirmed),
            memory: RefCell::default(),
            typed: RefCell::new(begin.typed),
            head: RefCell::default(),
            drawn: RefCell::default(),
            faults: RefCell::default(),
            peers: Peers::default(),
            unseen: Unseen::default(),
            phase: Cell::new(Phase::Answering),
            kept: Cell::new(true),
        }
    }

    /// The same response, to be asked in the language of `config` and `instrument`. What was typed
    /// goes along, even where it cannot be read as an answer.
    pub(super) fn spoken(&self, config: RunnerConfig, instrument: Instrument) -> Self {
        let begin = Begin {
            instrument,
            version: self.version.clone(),
            seed: self.seed.0,
            assignment: self.assignment.clone(),
            receipt: self.receipt.clone(),
            shared: self.shared,
            replace: self.replace,
            reviewed: self.reviewed.get(),
            tried: self.tried.get(),
            pace: self.pace.get(),
            since: self.since.get(),
            answers: self.answers(),
            confirmed: self.confirmed.borrow().clone(),
            section: self.current(),
            notice: None,
            typed: self.form().map(|form| fields_of(&form)),
        };
        let next = Self::new(self.page.clone(), config, begin);
        next.sent.replace(self.sent());
        next.on_screen.replace(self.on_screen.borrow().clone());
        next.memory.replace(self.memory.borrow().clone());
        next.phase.set(self.phase());
        next.kept.set(self.kept.get());
        next
    }

    /// Draws the section it begins with.
    pub(super) fn arrive(&self) {
        let section = self.current();
        self.open(&section);
        replace_address(&self.address(&self.current()));
    }

    pub(super) fn page(&self) -> &Element {
        &self.page
    }

    pub(super) fn words(&self) -> &Words {
        &self.config.words
    }

    pub(super) fn config(&self) -> &RunnerConfig {
        &self.config
    }

    pub(super) fn version(&self) -> &str {
        &self.version
    }

    pub(super) fn receipt(&self) -> &str {
        &self.receipt
    }

    pub(super) fn phase(&self) -> Phase {
        self.phase.get()
    }

    pub(super) fn set_phase(&self, phase: Phase) {
        self.phase.set(phase);
    }

    pub(super) fn with_faults<T>(&self, read: impl FnOnce(&[FaultLine]) -> T) -> T {
        read(&self.faults.borrow())
    }

    /// True when the device may know the receipt after the response is sent.
    pub(super) fn may_keep_receipt(&self) -> bool {
        !self.shared
    }

    /// True when the answers are on this device, whatever happens to the page.
    pub(super) fn is_kept(&self) -> bool {
        self.keeping() == Keeping::Device
    }

    pub(super) fn would_lose_answers(&self) -> bool {
        self.phase() != Phase::Sent && !self.is_kept() && !self.answers.borrow().is_empty()
    }

    /// A response that is being changed leaves no draft: it is stored, and a draft of it could be
    /// mistaken for a new one.
    pub(super) fn keeping(&self) -> Keeping {
        if self.shared || self.replace {
            Keeping::Nothing
        } else if self.kept.get() {
            Keeping::Device
        } else {
            Keeping::Refused
        }
    }

    pub(super) fn step(&self) -> Step<'_> {
        Step {
            instrument: &self.instrument,
            lang: self.config.lang,
            seed: self.seed,
            assignment: &self.assignment,
        }
    }

    pub(super) fn answers(&self) -> Answers {
        self.answers.borrow().clone()
    }

    pub(super) fn address(&self, section: &str) -> String {
        format!("{}/survey/{section}", self.config.base)
    }

    pub(super) fn current(&self) -> String {
        self.section.borrow().clone()
    }

    /// The section after this one.
    pub(super) fn next(&self) -> Option<String> {
        self.head
            .borrow()
            .as_ref()
            .and_then(|head| head.next.clone())
    }

    fn form(&self) -> Option<HtmlFormElement> {
        draw::form(&self.page)
    }

    /// The finished response: what is asked, and nothing that was hidden on the way.
    pub(super) fn parcel(&self) -> Parcel {
        let answers = self.answers();
        Parcel {
            survey: self.config.survey.clone(),
            version: self.version.clone(),
            seed: self.seed.0,
            receipt: self.receipt.clone(),
            answers: self.step().flow(&answers).answers().clone(),
            replace: self.replace,
            pace: self.pace.get(),
        }
    }

    /// Draws `section`, the first one when it is not asked; what was typed stays with its own.
    pub(super) fn open(&self, section: &str) {
        let typed = self.typed.take();
        let answers = self.answers();
        let flow = self.step().flow(&answers);
        if section == REVIEW {
            self.drawn.borrow_mut().clear();
            self.faults.borrow_mut().clear();
            self.head.take();
            self.section.replace(section.to_owned());
            self.reviewed.set(true);
            // Judged once, so that sending again sends the same.
            if let (Some(since), Some(now)) = (self.since.take(), seconds()) {
                self.pace.set(flow.pace(now - since));
            }
            draw::draw_review(self, &flow, self.notice.take().as_deref());
            return self.save();
        }
        let view = flow
            .section(section)
            .or_else(|| flow.section(flow.sections().first()?));
        let Some(view) = view else { return };
        self.section.replace(view.id.clone());
        self.drawn.borrow_mut().clear();
        self.faults.borrow_mut().clear();
        let head = self.head_of(&view.id);
        if let Some(head) = &head {
            let notice = self.notice.take();
            draw::draw_section(self, head, notice.as_deref());
        }
        self.head.replace(head);
        let pairs = typed
            .filter(|_| view.id == section)
            .unwrap_or_else(|| Fields::from_answers(&view.questions, &answers).pairs());
        let ids = view.questions.iter().map(|question| question.id.as_str());
        self.memory.borrow_mut().remember(ids, &pairs);
        self.draw(&Doubts::new());
        self.redraw_head();
        self.save();
    }

    fn head_of(&self, section: &str) -> Option<Head> {
        let answers = self.answers();
        let flow = self.step().flow(&answers);
        let view = flow.section(section)?;
        Some(Head {
            title: view.title,
            intro: view.intro,
            optional: view.optional,
            progress: flow.progress(&view.id),
            stages: flow.overview(),
            keeping: self.keeping(),
            previous: flow.previous(&view.id).map(ToOwned::to_owned),
            next: flow.next(&view.id).map(ToOwned::to_owned),
            screen: self.place(),
            id: view.id,
        })
    }

    /// Draws what the answers ask for now, keeping every question that has not changed. True when
    /// a question came back with what was once typed into it.
    pub(super) fn draw(&self, doubts: &Doubts) -> bool {
        let section = self.current();
        let answers = self.answers();
        let Some(view) = self.step().flow(&answers).section(&section) else {
            return false;
        };
        let (here, memory) = (self.address(&section), self.memory.borrow());
        let setting = Setting {
            words: self.words(),
            fields: &memory,
            live: true,
            here: &here,
        };
        let mut before = self.drawn.take();
        let mut drawn = Vec::new();
        let mut back = false;
        for view in view.questions {
            let mut faults = self.faults.borrow().clone();
            faults.retain(|fault| fault.question == view.id);
            let doubt = doubts.get(&view.id).cloned();
            let old = before.iter().position(|old| old.view.id == view.id);
            let old = old.map(|at| before.remove(at));
            match old {
                Some(old) if old.view == view && old.faults == faults && old.doubt == doubt => {
                    drawn.push(old);
                }
                old => {
                    back |= old.is_none() && memory.knows(&view.id);
                    if let Some(old) = old {
                        old.node.remove();
                    }
                    let markup = question(&view, &faults, doubt.as_ref(), setting);
                    if let Some(node) = draw::node(&markup) {
                        drawn.push(Drawn {
                            view,
                            faults,
                            doubt,
                            node,
                        });
                    }
                }
            }
        }
        for gone in before {
            gone.node.remove();
        }
        self.arrange(&drawn);
        self.drawn.replace(drawn);
        self.show_screen();
        back
    }

    /// Puts the questions in order without moving one that is in its place: a moved node would
    /// lose the focus.
    fn arrange(&self, drawn: &[Drawn]) {
        let Some(form) = self.form() else { return };
        let mut at = form.first_element_child();
        for question in drawn {
            if at
                .as_ref()
                .is_some_and(|at| at.is_same_node(Some(&question.node)))
            {
                at = question.node.next_element_sibling();
            } else {
                _ = form.insert_before(&question.node, at.as_ref().map(AsRef::as_ref));
            }
        }
    }

    pub(super) fn save(&self) {
        if self.keeping() == Keeping::Nothing {
            return;
        }
        let draft = Draft {
            version: self.version.clone(),
            seed: self.seed.0,
            receipt: self.receipt.clone(),
            section: self.current(),
            reviewed: self.reviewed.get(),
            tried: self.tried.get(),
            pace: self.pace.get(),
            answers: self.answers(),
            confirmed: self.confirmed.borrow().clone(),
        };
        let kept = save_draft(&self.config.survey, &draft);
        self.kept.set(kept);
        if kept {
            self.say_kept();
        }
    }

    /// Tells the page once that a draft is kept, and what it takes to load the survey again.
    fn say_kept(&self) {
        const NAME: &str = "data-kept";
        let needed = format!(
            "{} {}",
            self.address(REVIEW),
            address(&self.config, &self.version)
        );
        if self.page.get_attribute(NAME).as_ref() != Some(&needed) {
            set(&self.page, NAME, Some(&needed));
            announce("partake-kept");
        }
    }

    pub(super) fn doubts_shown(&self) -> Doubts {
        let mut doubts = Doubts::new();
        for drawn in self.drawn.borrow().iter() {
            if let Some(doubt) = &drawn.doubt {
                doubts.insert(drawn.view.id.clone(), doubt.clone());
            }
        }
        doubts
    }

    /// Remembers what the form says now.
    pub(super) fn remember(&self) -> Option<Vec<(String, String)>> {
        let pairs = fields_of(&self.form()?);
        let drawn = self.drawn.borrow();
        let ids = drawn.iter().map(|drawn| drawn.view.id.as_str());
        self.memory.borrow_mut().remember(ids, &pairs);
        Some(pairs)
    }

    /// What the section's fields do to the answers.
    pub(super) fn take(&self, pairs: &[(String, String)]) -> Taken {
        let confirmed = self.confirmed.borrow();
        self.step()
            .take(&self.answers(), &confirmed, &self.current(), pairs)
    }

    /// Takes over what the form says now.
    pub(super) fn sync(&self) {
        // A question that comes back may bring back others; each pass shows at least one more.
        for _ in 0..=self.instrument.questions().count() {
            let Some(pairs) = self.remember() else { return };
            let taken = self.take(&pairs);
            self.forget_mended(&taken.faults);
            if *self.answers.borrow() == taken.answers {
                return;
            }
            self.answers.replace(taken.answers);
            self.save();
            let focused = focused_field();
            let back = self.draw(&self.doubts_shown());
            self.unseen.drawn(taken.opened);
            if let Some(field) = focused.filter(|_| focused_field().is_none()) {
                refocus(&self.page, &field);
            }
            self.redraw_head();
            if !back {
                return;
            }
        }
    }

    pub(super) fn redraw_head(&self) {
        let head = self.head_of(&self.current());
        let old = self.head.replace(head.clone());
        if let (Some(old), Some(new)) = (old, head) {
            draw::redraw_head(self, &old, &new);
        }
    }

    /// From now on nobody can be sure that it has not arrived.
    pub(super) fn set_tried(&self) {
        self.tried.set(true);
        self.save();
    }

    pub(super) fn keep_sent(&self, sent: Sent) {
        self.sent.replace(Some(sent));
    }

    pub(super) fn sent(&self) -> Option<Sent> {
        self.sent.borrow().clone()
    }

    /// Another tab has gone on with the same response: this one follows.
    pub(super) fn follow_draft(&self) {
        if self.phase() != Phase::Answering || self.keeping() == Keeping::Nothing {
            return;
        }
        match load_draft(&self.config.survey) {
            Some(draft) if draft.receipt == self.receipt => {
                if *self.answers.borrow() != draft.answers {
                    self.answers.replace(draft.answers);
                    self.notice.replace(Some(self.words().get("other-tab")));
                    self.open(&self.current());
                }
            }
            _ => {
                self.set_phase(Phase::Sent);
                draw::draw_elsewhere(self);
            }
        }
    }

    pub(super) fn is_reviewed(&self) -> bool {
        self.reviewed.get()
    }

    /// Throws the draft away and starts over.
    pub(super) fn discard(&self) {
        discard_draft(&self.config.survey);
        self.answers.borrow_mut().clear();
        if let Some(window) = window() {
            _ = window
                .location()
                .set_href(&format!("{}/survey", self.config.base));
        }
    }
}

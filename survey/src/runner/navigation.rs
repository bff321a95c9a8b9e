//! From section to section: on, back, and where the browser's own buttons lead.

use std::rc::Rc;

use super::{
    device::{focus, push_address, replace_address},
    draw,
    phase::{Phase, Way},
    state::{Doubts, Runner},
};
use crate::{REVIEW, fault_lines};

impl Runner {
    /// Goes on to the next section, to the review after the last, and from there sends.
    pub(super) fn forward(self: &Rc<Self>) {
        if self.phase() != Phase::Answering {
            return;
        }
        match self.leave() {
            Way::Section(next) => self.go(&next, true),
            Way::End => self.submit(),
            Way::Stay | Way::Screen => {}
        }
    }

    pub(super) fn back(&self) {
        if self.previous_screen() {
            return;
        }
        let answers = self.answers();
        let flow = self.step().flow(&answers);
        let current = self.current();
        let previous = if current == REVIEW {
            flow.sections().last().copied()
        } else {
            flow.previous(&current)
        };
        if let Some(previous) = previous {
            self.go(previous, true);
            self.last_screen();
        }
    }

    /// Takes over the section and says where it leads; what is not in order is shown.
    pub(super) fn leave(&self) -> Way {
        if self.current() == REVIEW {
            return Way::End;
        }
        draw::hide_notice(self.page());
        let read = || self.remember().map(|pairs| self.take(&pairs));
        let Some(mut taken) = read() else {
            return Way::Stay;
        };
        if !taken.opened.is_empty() {
            // A browser that fills in fields may not have said so.
            self.sync();
            // What came back on the page came with its old answer.
            taken = read().unwrap_or(taken);
        }
        self.answers.replace(taken.answers);
        self.confirmed.replace(taken.confirmed);
        self.save();
        let mut doubts = Doubts::new();
        for (question, value, ask) in taken.doubts {
            if !self.is_ahead(&question) && !self.unseen.has(&question) {
                doubts.insert(question, (value, ask));
            }
        }
        let mut faults = taken.faults;
        faults.retain(|fault| !self.is_ahead(&fault.question) && !self.unseen.has(&fault.question));
        if faults.is_empty() && self.stay_with_unseen() {
            return Way::Stay;
        }
        if faults.is_empty() && doubts.is_empty() {
            if self.next_screen() {
                return Way::Screen;
            }
            return Way::Section(self.next().unwrap_or_else(|| REVIEW.to_owned()));
        }
        let answers = self.answers();
        let view = self.step().flow(&answers).section(&self.current());
        let questions = view.map(|view| view.questions).unwrap_or_default();
        let lines = fault_lines(self.words(), &questions, &faults);
        self.show_faults(lines, &doubts);
        Way::Stay
    }

    /// Shows another section; `push` makes it a step in the browser's history.
    pub(super) fn go(&self, section: &str, push: bool) {
        self.set_phase(Phase::Answering);
        self.on_screen.take();
        self.open(section);
        if push {
            push_address(&self.address(&self.current()));
        }
        focus("section-title", true);
    }

    /// Returns from a submission that did not arrive.
    pub(super) fn go_on_answering(&self) {
        self.go(&self.current(), false);
    }

    /// The browser's back or forward button was pressed.
    pub(super) fn follow_address(&self, segment: &str) {
        let answers = self.answers();
        let asked = (segment == REVIEW && self.is_reviewed())
            || self.step().flow(&answers).section(segment).is_some();
        match self.phase() {
            // A link within the page: to a field that is not in order.
            Phase::Answering if segment == self.current() => {}
            // What is sent is changed with its receipt, not by going back.
            Phase::Sent => replace_address(&self.address("receipt")),
            Phase::Sending { .. } => {}
            Phase::Answering | Phase::Unsent { .. } if asked => self.go(segment, false),
            Phase::Answering | Phase::Unsent { .. } => {}
        }
    }
}

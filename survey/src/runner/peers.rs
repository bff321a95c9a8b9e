//! How many people share the respondent's background: known on the device once the public file is
//! there.

use std::cell::{Cell, RefCell};

use partake_core::{flow::Flow, response::Answer};

use super::{draw, phase::Phase, state::Runner};
use crate::{REVIEW, company, markup::Element};

/// What the device knows of it.
#[derive(Default)]
pub(super) struct Peers {
    /// How common background answers were in the last release.
    file: RefCell<Option<String>>,
    /// That part of the review is open.
    open: Cell<bool>,
}

impl Runner {
    /// What could single the person out, for the review.
    pub(super) fn company(&self, flow: &Flow<'_>) -> Option<Element> {
        let file = self.peers.file.borrow();
        company(file.as_deref()?, flow, self.words(), self.peers.open.get())
    }

    pub(super) fn learn_company(&self, file: String) {
        self.peers.file.replace(Some(file));
        if self.current() == REVIEW && self.phase() == Phase::Answering {
            // Drawn again, it says again what it said.
            self.notice.replace(draw::shown_notice(self.page()));
            self.open(REVIEW);
        }
    }

    /// Says less about the person: `question:code`.
    pub(super) fn coarsen(&self, value: &str) {
        let Some((question, code)) = value.split_once(':') else {
            return;
        };
        let answer = Answer::Code(code.to_owned());
        self.answers
            .borrow_mut()
            .insert(question.to_owned(), answer);
        self.notice.replace(Some(self.words().get("company-done")));
        self.peers.open.set(true);
        self.open(REVIEW);
    }
}

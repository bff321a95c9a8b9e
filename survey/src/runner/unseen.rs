//! Questions that an answer brought up and that no frame has shown yet. Nobody goes past one:
//! "next" can be pressed before the browser has drawn what follows from the last answer.

use std::{cell::RefCell, rc::Rc};

use super::{
    device::{after_paint, focus},
    draw,
    state::Runner,
};

#[derive(Default)]
pub(super) struct Unseen(Rc<RefCell<Vec<String>>>);

impl Unseen {
    pub(super) fn has(&self, question: &str) -> bool {
        self.0.borrow().iter().any(|known| known == question)
    }

    /// These are on the page now, and will be seen with the next frame.
    pub(super) fn drawn(&self, questions: Vec<String>) {
        for question in questions {
            let unseen = Rc::clone(&self.0);
            self.0.borrow_mut().push(question);
            // Frames come in the order in which they were waited for.
            after_paint(move || drop(unseen.borrow_mut().remove(0)));
        }
    }
}

impl Runner {
    /// Stays with what the screen has not shown yet; false when there is nothing of that kind.
    pub(super) fn stay_with_unseen(&self) -> bool {
        let drawn = self.drawn.borrow();
        let ids = drawn.iter().map(|drawn| drawn.view.id.as_str());
        let first = ids.filter(|id| self.unseen.has(id) && !self.is_ahead(id));
        let Some(first) = first.map(ToOwned::to_owned).next() else {
            return false;
        };
        draw::show_notice(self.page(), &self.words().get("opened"));
        focus(&format!("q-{first}"), false);
        true
    }
}

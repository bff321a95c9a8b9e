//! Questions that are shown by themselves: a section is gone through screen by screen. Every question
//! stays in the form, so that the section is read and judged as one.

use web_sys::Element;

use super::{
    device::{focus, set},
    draw,
    state::Runner,
};
use crate::FaultLine;

impl Runner {
    /// The questions on the page by screen: those that are shown by themselves, and what stands
    /// between them.
    fn screens(&self) -> Vec<Vec<(String, Element)>> {
        let mut screens: Vec<Vec<(String, Element)>> = Vec::new();
        let mut alone = true;
        for drawn in self.drawn.borrow().iter() {
            let shown = (drawn.view.id.clone(), drawn.node.clone());
            match screens.last_mut() {
                Some(screen) if !alone && !drawn.view.own_screen => screen.push(shown),
                _ => screens.push(vec![shown]),
            }
            alone = drawn.view.own_screen;
        }
        screens
    }

    /// Place of the screen that is shown, and the number of screens.
    pub(super) fn place(&self) -> (usize, usize) {
        let screens = self.screens();
        let on = self.on_screen.borrow();
        let at = screens
            .iter()
            .position(|screen| screen.iter().any(|(id, _)| *id == *on));
        (at.unwrap_or_default(), screens.len())
    }

    /// Shows the screen that has its turn and hides the others.
    pub(super) fn show_screen(&self) {
        let (at, _) = self.place();
        for (place, screen) in self.screens().into_iter().enumerate() {
            for (_, node) in screen {
                set(&node, "hidden", (place != at).then_some(""));
            }
        }
    }

    fn turn_to(&self, place: usize) {
        if let Some((id, _)) = self.screens().get(place).and_then(|screen| screen.first()) {
            self.on_screen.replace(id.clone());
        }
        self.show_screen();
        self.redraw_head();
    }

    /// True when this question comes on a later screen than the one that is shown.
    pub(super) fn is_ahead(&self, question: &str) -> bool {
        let (at, _) = self.place();
        let mut ahead = self.screens().into_iter().skip(at + 1).flatten();
        ahead.any(|(id, _)| id == question)
    }

    /// Goes on within the section; false when its last screen is shown.
    pub(super) fn next_screen(&self) -> bool {
        let (at, all) = self.place();
        let more = at + 1 < all;
        if more {
            self.turn(at + 1);
        }
        more
    }

    /// Goes back within the section; false when its first screen is shown.
    pub(super) fn previous_screen(&self) -> bool {
        let (at, _) = self.place();
        if at > 0 {
            self.turn(at - 1);
        }
        at > 0
    }

    /// Another screen, seen from its top.
    fn turn(&self, place: usize) {
        self.turn_to(place);
        draw::hide_notice(self.page());
        let first = self.on_screen.borrow().clone();
        focus("section-title", true);
        focus(&format!("q-{first}"), false);
    }

    /// Whoever comes back to a section comes to its end.
    pub(super) fn last_screen(&self) {
        let (_, all) = self.place();
        self.turn_to(all.saturating_sub(1));
    }

    /// Shows the screen of a question.
    pub(super) fn reveal(&self, question: &str) {
        let of = |screen: &Vec<(String, Element)>| screen.iter().any(|(id, _)| id == question);
        if let Some(place) = self.screens().iter().position(of) {
            self.turn_to(place);
        }
    }

    /// Shows the screen of the first thing that is not in order.
    pub(super) fn reveal_fault(&self, faults: &[FaultLine]) {
        if let Some(fault) = faults.first() {
            self.reveal(&fault.question);
        }
    }
}

//! What stands in the way of going on: shown, taken away once it is mended, or emptied.

use partake_core::response::Fault;

use super::{
    device::{all, find, focus, set},
    draw,
    state::{Doubts, Runner},
};
use crate::FaultLine;

impl Runner {
    /// Shows what stands in the way, and goes there.
    pub(super) fn show_faults(&self, lines: Vec<FaultLine>, doubts: &Doubts) {
        let faults = !lines.is_empty();
        self.faults.replace(lines);
        // Whoever was asked about a blank and let it stand is not asked again.
        let mut shown = self.doubts_shown();
        shown.extend(doubts.clone());
        match doubts.keys().next() {
            Some(question) if !faults => self.reveal(question),
            _ => self.with_faults(|faults| self.reveal_fault(faults)),
        }
        self.draw(&shown);
        self.redraw_head();
        draw::draw_summary(self);
        match doubts.keys().next() {
            Some(question) if !faults => focus(&format!("d-{question}"), false),
            _ => focus("summary", false),
        }
    }

    /// Takes away the messages of answers that are in order now.
    pub(super) fn forget_mended(&self, faults: &[Fault]) {
        let stands = |line: &FaultLine| {
            faults.iter().any(|fault| {
                fault.question == line.question && (line.row.is_none() || fault.row == line.row)
            })
        };
        if self.with_faults(|lines| lines.iter().all(stands)) {
            return;
        }
        self.faults.borrow_mut().retain(stands);
        for drawn in self.drawn.borrow_mut().iter_mut() {
            for line in drawn.faults.iter().filter(|line| !stands(line)) {
                let id = match &line.row {
                    Some(row) => format!("p.fault[id='e-{}__{row}']", line.question),
                    None => format!("p.fault[id='e-{}']", line.question),
                };
                if let Some(message) = find(&drawn.node, &id) {
                    message.remove();
                }
            }
            drawn.faults.retain(stands);
            if drawn.faults.is_empty() {
                for field in all(&drawn.node, "[aria-invalid]") {
                    set(&field, "aria-invalid", None);
                }
            }
        }
        draw::draw_summary(self);
    }

    /// Empties one question.
    pub(super) fn clear(&self, question: &str) {
        if self.remember().is_none() {
            return;
        }
        self.memory.borrow_mut().clear(question);
        let other = format!("{question}__");
        self.answers
            .borrow_mut()
            .retain(|key, _| key != question && !key.starts_with(&other));
        let mut drawn = self.drawn.take();
        if let Some(at) = drawn.iter().position(|drawn| drawn.view.id == question) {
            drawn.remove(at).node.remove();
        }
        self.drawn.replace(drawn);
        self.save();
        self.draw(&self.doubts_shown());
        self.redraw_head();
        focus(&format!("q-{question}"), false);
    }
}

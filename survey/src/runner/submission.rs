//! Sending the response, and what the person is told about it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{
    device::{discard_draft, focus, keep_receipt, point_language_link, push_address},
    draw,
    network::{Unsent, send},
    state::{Doubts, Phase, Runner, Way},
};
use crate::{
    ReceiptKind, RefusedAnswer,
    faults::{Told, told_lines},
};

impl Runner {
    /// Goes on to the next section, to the review after the last, and from there sends.
    pub(super) fn forward(self: &Rc<Self>) {
        if self.phase() != Phase::Answering {
            return;
        }
        match self.leave() {
            Way::Section(next) => self.go(&next, true),
            Way::End => self.submit(),
            Way::Stay => {}
        }
    }

    /// Sends the response. The receipt makes it the same response however often it is sent.
    pub(super) fn submit(self: &Rc<Self>) {
        if matches!(self.phase(), Phase::Sending | Phase::Sent) {
            return;
        }
        self.set_phase(Phase::Sending);
        draw::draw_sending(self.page(), self.words());
        let parcel = self.parcel();
        let runner = Rc::clone(self);
        spawn_local(async move {
            match send(&runner.address("receipt"), &parcel).await {
                Ok(kind) => runner.arrived(kind),
                Err(unsent) => runner.not_arrived(unsent),
            }
        });
    }

    fn arrived(&self, kind: ReceiptKind) {
        let config = self.config();
        discard_draft(&config.survey);
        if self.may_keep_receipt() {
            keep_receipt(&config.survey, self.receipt());
        }
        self.set_phase(Phase::Sent);
        draw::draw_receipt(self, kind);
        push_address(&self.address("receipt"));
        point_language_link(&format!("{}/survey/receipt", config.other_base));
        focus("section-title", true);
    }

    fn not_arrived(&self, unsent: Unsent) {
        let words = self.words();
        let (reason, offline) = match unsent {
            Unsent::Offline => (words.get("unsent-offline"), true),
            Unsent::Failed => (words.get("unsent-failed"), false),
            Unsent::Refused(message, faults) => {
                if self.show_refused(faults) {
                    return;
                }
                let reason = format!("{} {message}", words.get("unsent-refused"));
                (reason, false)
            }
        };
        self.set_phase(Phase::Unsent { offline });
        draw::draw_unsent(self.page(), &reason, self.is_kept(), words);
        focus("section-title", true);
    }

    /// Opens the first section with a fault; false when no fault is of a question that is asked.
    fn show_refused(&self, faults: Vec<RefusedAnswer>) -> bool {
        let answers = self.answers();
        let flow = self.step().flow(&answers);
        for id in flow.sections() {
            let Some(view) = flow.section(id) else {
                continue;
            };
            let holds =
                |fault: &RefusedAnswer| view.questions.iter().any(|q| q.id == fault.question);
            if faults.iter().any(holds) {
                self.go(id, true);
                let mut told = Vec::new();
                for fault in faults {
                    told.push(Told {
                        question: fault.question,
                        row: fault.row,
                        message: fault.message,
                    });
                }
                self.show_faults(told_lines(&view.questions, told), &Doubts::new());
                return true;
            }
        }
        false
    }
}

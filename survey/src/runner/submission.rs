//! Sending the response, and what the person is told about it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{
    after::Sent,
    device::{discard_draft, focus, online, push_address},
    draw,
    network::{Unsent, send},
    phase::Phase,
    state::{Doubts, Runner},
};
use crate::{
    Parcel, RefusedAnswer, Reply,
    faults::{Told, told_lines},
};

impl Runner {
    /// Sends the response. The receipt makes it the same response however often it is sent.
    pub(super) fn submit(self: &Rc<Self>) {
        if matches!(self.phase(), Phase::Sending { .. } | Phase::Sent) {
            return;
        }
        self.set_phase(Phase::Sending { again: false });
        draw::draw_sending(self.page(), self.words());
        self.send();
    }

    /// Sends again without a word; the page changes once there is news.
    pub(super) fn submit_again(self: &Rc<Self>) {
        if self.phase() == (Phase::Unsent { passes: true }) && online() {
            self.set_phase(Phase::Sending { again: true });
            self.send();
        }
    }

    fn send(self: &Rc<Self>) {
        self.set_tried();
        let parcel = self.parcel();
        let runner = Rc::clone(self);
        spawn_local(async move {
            match send(&runner.address("receipt"), &parcel).await {
                Ok(reply) => runner.arrived(reply, &parcel),
                Err(unsent) => runner.not_arrived(unsent),
            }
        });
    }

    fn arrived(&self, reply: Reply, parcel: &Parcel) {
        let config = self.config();
        discard_draft(&config.survey);
        let sent = Sent {
            receipt: parcel.receipt.clone(),
            kind: reply.outcome,
            copies: Some(reply.copies),
            version: parcel.version.clone(),
            seed: parcel.seed,
            answers: parcel.answers.clone(),
        };
        if self.may_keep_receipt() {
            sent.keep(&config.survey);
        }
        self.set_phase(Phase::Sent);
        sent.show(self.page(), config);
        self.keep_sent(sent);
        push_address(&self.address("receipt"));
        focus("section-title", true);
    }

    fn not_arrived(&self, unsent: Unsent) {
        let words = self.words();
        let again = self.phase() == (Phase::Sending { again: true });
        let passes = unsent.passes();
        let unknown = matches!(unsent, Unsent::Unknown);
        let reason = match unsent {
            Unsent::Offline => words.get("unsent-offline"),
            Unsent::Unknown => words.get("unsent-unknown"),
            Unsent::Slowed(message) => message,
            Unsent::Closed => {
                self.set_phase(Phase::Unsent { passes });
                draw::draw_closed(self);
                return focus("section-title", true);
            }
            Unsent::Refused(message, faults) => {
                if self.show_refused(faults) {
                    return;
                }
                format!("{} {message}", words.get("unsent-refused"))
            }
        };
        self.set_phase(Phase::Unsent { passes });
        // Nothing new after a silent attempt, so whoever reads the page is left in peace.
        if !again || !passes {
            draw::draw_unsent(self, &reason, unknown);
            focus("section-title", true);
        }
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

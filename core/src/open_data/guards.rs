//! What an answer to one question tells of another that is generalised.
//!
//! Who answered a question that only employees are asked is an employee, whatever the background
//! column says. An answer, and equally its absence, is told only where the published background
//! decides by itself whether the question was asked.

use std::collections::BTreeSet;

use crate::{
    flow::{Comparison, Expr},
    instrument::{ComputedValue, Instrument, Kind, Question},
};

/// Conditions on one background question that decide whether another question is asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Guard {
    /// The background question.
    pub(super) background: String,
    atoms: Vec<Expr>,
}

impl Guard {
    /// True when these answers (codes, or states for no answer) all lead the same way.
    pub(super) fn same_way(&self, instrument: &Instrument, answers: &[&str]) -> bool {
        let question = instrument.question(&self.background);
        let mut ways = answers.iter().map(|answer| -> Vec<Option<bool>> {
            let code = question.filter(|q| q.choice(answer).is_some());
            self.atoms
                .iter()
                .map(|atom| truth(atom, code, answer))
                .collect()
        });
        let Some(first) = ways.next() else {
            return true;
        };
        let decided = first.iter().all(Option::is_some) || answers.len() == 1;
        decided && ways.all(|way| way == first)
    }
}

/// The truth of a condition on one background question; `None` when it is of a form that is not
/// looked into. `question` is `None` when there is no answer.
fn truth(atom: &Expr, question: Option<&Question>, answer: &str) -> Option<bool> {
    let given = question.is_some();
    Some(match atom {
        Expr::In(_, codes) => given && codes.iter().any(|c| c == answer),
        Expr::NotIn(_, codes) => given && !codes.iter().any(|c| c == answer),
        Expr::Compare(Comparison::Equal, _, code) => given && **code == Expr::Text(answer.into()),
        Expr::Compare(Comparison::NotEqual, _, code) => {
            given && **code != Expr::Text(answer.into())
        }
        Expr::Answered(_) => question
            .and_then(|q| q.choice(answer))
            .is_some_and(|choice| choice.missing.is_none()),
        _ => return None,
    })
}

/// What decides whether `question` is asked, as far as it lies in the background.
pub(super) fn guards(instrument: &Instrument, question: &str) -> Vec<Guard> {
    let mut walk = Walk {
        instrument,
        seen: BTreeSet::new(),
        guards: Vec::new(),
    };
    walk.question(question);
    walk.guards
}

struct Walk<'a> {
    instrument: &'a Instrument,
    seen: BTreeSet<String>,
    guards: Vec<Guard>,
}

impl Walk<'_> {
    /// An answer says that its question was asked: so what decides over that decides here too.
    fn question(&mut self, id: &str) {
        if !self.seen.insert(id.to_owned()) {
            return;
        }
        let Some(question) = self.instrument.question(id) else {
            return;
        };
        if let Some(condition) = &question.show_if {
            self.condition(condition);
        }
        if let Kind::Single(list) | Kind::Multiple(list) = &question.kind
            && let Some(source) = &list.only_chosen_in
        {
            self.question(source);
        }
    }

    fn condition(&mut self, expr: &Expr) {
        match expr {
            Expr::Not(inner) => self.condition(inner),
            Expr::And(a, b) | Expr::Or(a, b) => {
                self.condition(a);
                self.condition(b);
            }
            Expr::Computed(id) => {
                if let Some(ComputedValue::Expr(inner)) =
                    self.instrument.computed(id).map(|c| &c.value)
                {
                    self.condition(inner);
                }
            }
            atom => self.atom(atom),
        }
    }

    fn atom(&mut self, atom: &Expr) {
        let mut mentioned = BTreeSet::new();
        atom.mentions(self.instrument, &mut mentioned);
        for id in mentioned {
            let background = self
                .instrument
                .question(&id)
                .is_some_and(|q| q.quasi_identifier.is_some());
            if background {
                match self.guards.iter_mut().find(|g| g.background == id) {
                    Some(guard) => guard.atoms.push(atom.clone()),
                    None => self.guards.push(Guard {
                        background: id.clone(),
                        atoms: vec![atom.clone()],
                    }),
                }
            }
            self.question(&id);
        }
    }
}

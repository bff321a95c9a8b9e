//! Plausible respondents, for trying out results, releases and load on numbers that look like
//! people's. They go the real way: each answers what [`Flow`] asks, in the order it is asked.
//!
//! A respondent has a few latent traits, so that answers hang together: how much say they feel they
//! have, how drawn they are to AI, how careful they are. What is known of the questions of the core
//! instrument is in `habits`; a question not named there is answered by the general rule for its
//! kind, so any instrument can be simulated.

mod dice;
mod habits;
mod person;
mod phrases;

use std::collections::BTreeSet;

use dice::Dice;
pub use dice::Draw;
use person::Person;

use crate::{
    flow::{Flow, Seed, assign},
    instrument::Instrument,
    lang::Lang,
    response::{Answer, Answers},
};

/// A respondent who agreed to take part: the seed of their order and levels, and their answers.
pub fn respondent(instrument: &Instrument, lang: Lang, random: &mut impl Draw) -> (Seed, Answers) {
    let mut dice = Dice::new(random);
    let seed = Seed(dice.bits());
    let assignment = assign(instrument, seed);
    let person = Person::new(lang, &mut dice);
    let mut answers = Answers::new();
    let gate = &instrument.consent.gate;
    if let Some(accepting) = gate.choices().first() {
        answers.insert(gate.id.clone(), Answer::Code(accepting.code.clone()));
    }
    for section in &instrument.sections {
        if section.optional && !dice.chance(0.45) {
            continue;
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        // An answer may bring up further questions in the same section.
        loop {
            let flow = Flow::new(instrument, lang, seed, &assignment, &answers);
            let Some(view) = flow.section(&section.id) else {
                break;
            };
            let fresh: Vec<_> = view
                .questions
                .into_iter()
                .filter(|q| seen.insert(q.id.clone()))
                .collect();
            if fresh.is_empty() {
                break;
            }
            for question in &fresh {
                let Some(declared) = instrument.question(&question.id) else {
                    continue;
                };
                let given = person.answer(declared, question, &answers, &assignment, &mut dice);
                answers.extend(given);
                // Told that this does not go together with the rest, a person leaves it out.
                let flow = Flow::new(instrument, lang, seed, &assignment, &answers);
                if !declared.checks.is_empty() && !flow.holds(declared) {
                    answers.remove(&question.id);
                }
            }
        }
    }
    (seed, answers)
}

//! Simulated people who lose their way: some of their answers are another person's, some are
//! missing, and some break a rule.

use partake_core::{
    flow::Seed,
    instrument::{Instrument, Kind, Question},
    lang::Lang,
    response::{Answer, Answers},
    simulate::respondent,
};

/// People of one instrument, each with something of the one before.
pub(crate) struct Strays<'a> {
    instrument: &'a Instrument,
    state: u64,
    before: Answers,
}

impl<'a> Strays<'a> {
    pub(crate) fn new(instrument: &'a Instrument, seed: u64) -> Self {
        Self {
            instrument,
            state: seed,
            before: Answers::new(),
        }
    }

    pub(crate) fn next(&mut self, lang: Lang) -> (Seed, Answers) {
        let mut state = self.state;
        let mut draw = move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as u32
        };
        let (seed, answers) = respondent(self.instrument, lang, &mut draw);
        let mut given = answers.clone();
        for (question, answer) in std::mem::replace(&mut self.before, answers) {
            match draw() % 20 {
                0 => _ = given.insert(question, answer),
                1 => _ = given.remove(&question),
                _ => {}
            }
        }
        for question in self.instrument.questions() {
            if draw() % 20 == 0
                && let Some(wrong) = against_the_rules(question)
            {
                given.insert(question.id.clone(), wrong);
            }
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        (seed, given)
    }
}

fn against_the_rules(question: &Question) -> Option<Answer> {
    Some(match &question.kind {
        // "None of these" among them.
        Kind::Multiple(list) if list.options.iter().any(|o| o.exclusive) => {
            Answer::Codes(list.options.iter().map(|o| o.code.clone()).collect())
        }
        Kind::ShortText(text) | Kind::LongText(text) => {
            Answer::Text("长".repeat(usize::try_from(text.max_chars).ok()? + 1))
        }
        _ => return None,
    })
}

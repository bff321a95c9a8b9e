use std::sync::LazyLock;

use partake_core::{
    flow::Seed,
    instrument::{Instrument, load},
    response::{Answer, Answers},
};

pub(crate) const SOURCE: &str = include_str!("../../../instruments/partake_core/instrument.yaml");

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(|| match load(SOURCE) {
    Ok(instrument) => instrument,
    Err(errors) => panic!(
        "the instrument does not load:\n{}",
        errors
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    ),
});

pub(crate) fn core_instrument() -> &'static Instrument {
    &INSTRUMENT
}

/// Asks the half of the extended questions to which learn_hours belongs.
pub(crate) const SEED: Seed = Seed(3);

/// Someone who works and uses AI, and so is asked most questions.
pub(crate) fn exposed() -> Vec<(&'static str, Answer)> {
    vec![("employment", code("employee")), ("ai_use", code("daily"))]
}

pub(crate) fn code(code: &str) -> Answer {
    Answer::Code(code.to_owned())
}

pub(crate) fn codes(codes: &[&str]) -> Answer {
    Answer::Codes(codes.iter().map(|c| (*c).to_owned()).collect())
}

pub(crate) fn answers(given: &[(&str, Answer)]) -> Answers {
    given
        .iter()
        .map(|(id, answer)| ((*id).to_owned(), answer.clone()))
        .collect()
}

/// A small generator, so that a failure can be repeated from its seed.
pub(crate) fn random(seed: u64) -> impl FnMut() -> u32 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        u32::try_from((mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 32).unwrap()
    }
}

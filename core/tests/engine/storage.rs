//! Stored sheets.

use partake_core::{
    flow::{Flow, Seed, assign},
    lang::Lang,
    response::{
        Answers, DecodeError, decode_sheet, decode_votes, encode_sheet, encode_votes, finish,
    },
    simulate,
};
use proptest::prelude::*;

use crate::support::{core_instrument, random};

fn submission(seed: u64, lang: Lang) -> partake_core::response::Submission {
    let instrument = core_instrument();
    let (seed, given): (_, Answers) = simulate::respondent(instrument, lang, &mut random(seed));
    finish(
        instrument,
        lang,
        seed,
        &assign(instrument, seed),
        given.clone(),
    )
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn a_sheet_reads_back_as_it_was_written(seed: u64, zh: bool) {
        let instrument = core_instrument();
        let done = submission(seed, if zh { Lang::Zh } else { Lang::En });
        let bytes = encode_sheet(instrument, &done.sheet);
        prop_assert_eq!(decode_sheet(instrument, &bytes), Ok(done.sheet));
        let votes = encode_votes(instrument, &done.votes);
        prop_assert_eq!(decode_votes(instrument, &votes), Ok(done.votes));
    }

    /// Also where answers stand in it that a respondent could not have given together.
    #[test]
    fn a_sheet_is_read_by_the_same_routing_as_answers_are_given(one: u64, other: u64, from_other: u64) {
        let instrument = core_instrument();
        let mut sheet = submission(one, Lang::En).sheet;
        let second = submission(other, Lang::En).sheet;
        for (at, question) in instrument.questions().enumerate() {
            if from_other.rotate_right(u32::try_from(at).unwrap()) & 1 == 1 {
                sheet.answers.remove(&question.id);
                let taken = second.answers.get(&question.id).cloned();
                sheet.answers.extend(taken.map(|answer| (question.id.clone(), answer)));
            }
        }
        let given = Flow::new(instrument, sheet.lang, Seed(0), &sheet.assignment, &sheet.answers);
        let stored = Flow::of_sheet(instrument, &sheet);
        prop_assert_eq!(stored.answers(), given.answers());
        for question in instrument.questions() {
            prop_assert_eq!(stored.asked(&question.id), given.asked(&question.id), "{}", question.id);
        }
    }

    #[test]
    fn damaged_bytes_are_refused_or_read_but_never_panic(seed: u64, at in 0_usize..200, byte: u8, cut in 0_usize..120) {
        let instrument = core_instrument();
        let mut bytes = encode_sheet(instrument, &submission(seed, Lang::Zh).sheet);
        let n = bytes.len();
        prop_assert!(decode_sheet(instrument, &bytes[..cut.min(n - 1)]).is_err());
        bytes[at % n] = byte;
        let _ = decode_sheet(instrument, &bytes);
    }

    #[test]
    fn arbitrary_bytes_never_panic(mut bytes: Vec<u8>) {
        let _ = decode_sheet(core_instrument(), &bytes);
        bytes.insert(0, 1);
        let _ = decode_sheet(core_instrument(), &bytes);
        let _ = decode_votes(core_instrument(), &bytes);
    }
}

#[test]
fn a_sheet_takes_about_a_hundred_bytes() {
    let sizes: Vec<usize> = (0..300)
        .map(|seed| encode_sheet(core_instrument(), &submission(seed, Lang::En).sheet).len())
        .collect();
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    let most = sizes.iter().max().copied().unwrap_or_default();
    assert!(mean <= 110 && most <= 140, "mean {mean}, most {most}");
}

#[test]
fn another_version_is_told_from_damage() {
    assert_eq!(
        decode_sheet(core_instrument(), &[9, 0]),
        Err(DecodeError::Version(9))
    );
    assert_eq!(
        decode_sheet(core_instrument(), &[]),
        Err(DecodeError::Malformed)
    );
}

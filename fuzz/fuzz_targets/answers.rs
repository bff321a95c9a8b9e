//! Stored bytes, sent JSON and form fields of any content are decoded or refused; what is decoded
//! is encoded to the same bytes.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use partake_core::{
    flow::{Seed, assign},
    instrument::{Instrument, load},
    lang::Lang,
    response::{
        decode_section, decode_sheet, decode_votes, encode_sheet, encode_votes, finish,
        finish_only_asked,
    },
};
use partake_survey::Parcel;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(|| {
    load(include_str!(
        "../../instruments/partake_core/instrument.yaml"
    ))
    .expect("it loads")
});

fuzz_target!(|bytes: &[u8]| {
    let Some((way, rest)) = bytes.split_first() else {
        return;
    };
    let instrument = &*INSTRUMENT;
    let seed = Seed(u32::from(*way));
    let assignment = assign(instrument, seed);
    match way % 4 {
        0 => {
            if let Ok(sheet) = decode_sheet(instrument, rest) {
                let again = encode_sheet(instrument, &sheet);
                assert_eq!(decode_sheet(instrument, &again), Ok(sheet));
            }
        }
        1 => {
            if let Ok(votes) = decode_votes(instrument, rest) {
                let again = encode_votes(instrument, &votes);
                assert_eq!(decode_votes(instrument, &again), Ok(votes));
            }
        }
        2 => {
            let Ok(parcel) = serde_json::from_slice::<Parcel>(rest) else {
                return;
            };
            let done = finish_only_asked(instrument, Lang::En, seed, &assignment, parcel.answers);
            if let Ok(submission) = done {
                let stored = encode_sheet(instrument, &submission.sheet);
                assert_eq!(decode_sheet(instrument, &stored), Ok(submission.sheet));
            }
        }
        _ => {
            let Ok(text) = std::str::from_utf8(rest) else {
                return;
            };
            let fields: Vec<(String, String)> = text
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            let mut known = partake_core::response::Answers::new();
            for section in &instrument.sections {
                let decoded = decode_section(
                    instrument,
                    Lang::Zh,
                    seed,
                    &assignment,
                    &known,
                    &section.id,
                    &fields,
                );
                known.extend(decoded.answers);
            }
            _ = finish(instrument, Lang::Zh, seed, &assignment, known);
        }
    }
});

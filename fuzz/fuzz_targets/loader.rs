//! An instrument file of any bytes is read or refused, and what is read survives its own formats.
#![no_main]

use libfuzzer_sys::fuzz_target;
use partake_core::instrument::{canonical_json, from_wire, load, to_wire};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match load(text) {
        Ok(instrument) => {
            assert_eq!(from_wire(&to_wire(&instrument)).as_ref(), Some(&instrument));
            let read = serde_json::from_str(&canonical_json(&instrument)).expect("its own JSON");
            assert_eq!(instrument, read);
        }
        Err(errors) => assert!(!errors.is_empty(), "refused without a reason"),
    }
});

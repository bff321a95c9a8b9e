//! A sealed page state of any text opens only if this key sealed it, and then says what was
//! sealed.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use partake_core::response::{Answer, Answers, Assignment, Pace};
use partake_survey::Confirmed;

#[path = "../../server/src/entropy.rs"]
#[allow(dead_code, unreachable_pub)]
mod entropy;
#[path = "../../server/src/sealed.rs"]
#[allow(dead_code, unreachable_pub)]
mod sealed;

use sealed::{Progress, SealKey};

static KEY: LazyLock<SealKey> = LazyLock::new(|| SealKey::from_bytes(&[7; 32]).expect("32 bytes"));
static SEALED: LazyLock<(Progress, String)> = LazyLock::new(|| {
    let progress = Progress {
        survey: "s".to_owned(),
        version: "1".to_owned(),
        seed: 7,
        receipt: "a receipt".to_owned(),
        assignment: Assignment::new(),
        answers: Answers::from([("q".to_owned(), Answer::Number(0.5))]),
        confirmed: Confirmed::default(),
        shared: false,
        change: false,
        reviewed: false,
        begun_ms: Some(1),
        pace: Pace::default(),
    };
    let sealed = KEY.seal(&progress).expect("sealed");
    (progress, sealed)
});

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert!(KEY.open(text).is_err(), "opened what nobody sealed");
    }
    // A seal with some of its characters replaced.
    let (progress, sealed) = &*SEALED;
    let mut altered = sealed.clone().into_bytes();
    for pair in bytes.chunks_exact(2) {
        let at = usize::from(pair[0]) % altered.len();
        altered[at] = pair[1];
    }
    let same = altered == sealed.as_bytes();
    let opened = std::str::from_utf8(&altered)
        .ok()
        .map(|text| KEY.open(text));
    match opened {
        Some(Ok(found)) => assert!(same && found == *progress, "an altered seal opened"),
        Some(Err(_)) => assert!(!same, "a whole seal did not open"),
        None => assert!(!same),
    }
    // Any answers survive the way.
    let answers = String::from_utf8_lossy(bytes).into_owned();
    let progress = Progress {
        answers: Answers::from([("q".to_owned(), Answer::Text(answers))]),
        ..progress.clone()
    };
    let sealed = KEY.seal(&progress).expect("sealed");
    assert!(KEY.open(&sealed) == Ok(progress));
});

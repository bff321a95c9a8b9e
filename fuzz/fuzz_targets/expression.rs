//! An expression of any text is read or refused, and one that is read can be evaluated.
#![no_main]

use libfuzzer_sys::fuzz_target;
use partake_core::{
    flow::{Flow, Seed, assign},
    instrument::load,
    lang::Lang,
    response::{Answer, Answers, finish},
};

/// `EXPRESSION` stands where a condition, a computed value and an index are read.
const FILE: &str = include_str!("../expression.yaml");

fuzz_target!(|text: &str| {
    // JSON strings are YAML strings too.
    let Ok(quoted) = serde_json::to_string(text) else {
        return;
    };
    let Ok(instrument) = load(&FILE.replace("EXPRESSION", &quoted)) else {
        return;
    };
    let assignment = assign(&instrument, Seed(7));
    let answers: Answers = [
        ("one", Answer::Code("a".to_owned())),
        ("many", Answer::Codes(vec!["a".to_owned(), "b".to_owned()])),
        ("number", Answer::Number(-0.0)),
    ]
    .map(|(id, answer)| (id.to_owned(), answer))
    .into();
    for given in [Answers::new(), answers] {
        let flow = Flow::new(&instrument, Lang::En, Seed(7), &assignment, &given);
        for derived in &instrument.derived {
            let index = derived.expr.as_ref().and_then(|e| flow.scope().index(e));
            assert!(index.is_none_or(|n| !n.is_nan()), "{text}");
        }
        _ = finish(&instrument, Lang::En, Seed(7), &assignment, given.clone());
    }
});

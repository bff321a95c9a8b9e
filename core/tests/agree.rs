//! The native and the WebAssembly build decide alike: `cargo xtask test --only agreement` compares
//! this number with the one that `end2end/oracle/agree` gives in node. Here it is printed, and held to
//! be worth something.
#![cfg(feature = "yaml")]

#[path = "../examples/agreement/mod.rs"]
mod agreement;
#[path = "../examples/generated/mod.rs"]
mod generated;

use generated::{Dice, Range, answers, file};
use partake_core::{
    flow::{Flow, Seed, assign},
    instrument::load,
    lang::Lang,
    response::finish,
};

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the other half of the comparison reads it"
)]
fn ten_thousand_triples_give_one_number() {
    let asked = std::env::var("PARTAKE_AGREE").ok();
    let (instruments, people) = if asked.is_some() { (250, 48) } else { (10, 10) };
    let digest = agreement::digest(1, instruments, people);
    println!("digest {digest}");
    assert_eq!(digest, agreement::digest(1, instruments, people));
    assert_ne!(digest, agreement::digest(2, instruments, people));
}

#[test]
fn generated_instruments_load_and_their_answers_are_judged_both_ways() {
    let (mut good, mut bad, mut asked, mut hidden) = (0, 0, 0, 0);
    for number in 0..60 {
        let mut dice = Dice::new(number);
        let source = file(&mut dice, 18, Range::Everything);
        let instrument = load(&source).map_err(|e| (e, source.clone())).unwrap();
        for _ in 0..10 {
            let seed = Seed(dice.bits());
            let assignment = assign(&instrument, seed);
            let given = answers(&mut dice, &instrument, 1);
            let flow = Flow::new(&instrument, Lang::En, seed, &assignment, &given);
            for question in instrument.questions() {
                *(if flow.asked(&question.id) {
                    &mut asked
                } else {
                    &mut hidden
                }) += 1;
            }
            match finish(&instrument, Lang::En, seed, &assignment, given.clone()) {
                Ok(_) => good += 1,
                Err(_) => bad += 1,
            }
        }
    }
    assert!(good > 20 && bad > 20, "{good} good, {bad} bad");
    assert!(
        asked > 1_000 && hidden > 1_000,
        "{asked} asked, {hidden} hidden"
    );
}

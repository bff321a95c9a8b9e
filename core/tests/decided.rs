//! Whatever `check` says of a condition, no answers contradict.
#![cfg(feature = "yaml")]

#[path = "../examples/generated/mod.rs"]
mod generated;

use generated::{Dice, Range, answers, file};
use partake_core::{
    flow::{Flow, Seed, assign},
    instrument::{
        Instrument,
        check::{Concern, check},
        load,
    },
    lang::Lang,
    response::{Answers, FaultCode, validate},
};

/// The answers without those that no page would take; nothing when too many are left out.
fn taken(
    instrument: &Instrument,
    seed: Seed,
    assignment: &partake_core::response::Assignment,
    mut given: Answers,
) -> Option<Answers> {
    for _ in 0..4 {
        let flow = Flow::new(instrument, Lang::En, seed, assignment, &given);
        let sections = instrument.sections.iter();
        let faults: Vec<_> = sections
            .flat_map(|section| validate(&flow, &section.id, &given))
            .filter(|fault| !matches!(fault.code, FaultCode::Check { .. }))
            .collect();
        if faults.is_empty() {
            return Some(given);
        }
        for fault in faults {
            given.remove(&fault.question);
        }
    }
    None
}

#[test]
fn what_is_called_dead_or_always_asked_is_never_contradicted_by_answers() {
    let (mut claims, mut people) = (0, 0);
    for number in 0..120 {
        let mut dice = Dice::new(number);
        let source = file(&mut dice, 9, Range::Everything);
        let instrument = load(&source).unwrap();
        let found = check(&instrument).findings;
        let claimed: Vec<_> = found
            .iter()
            .filter(|finding| {
                matches!(
                    finding.what,
                    Concern::Unreachable
                        | Concern::AlwaysAsked
                        | Concern::IdleCheck(_)
                        | Concern::ImpossibleCheck(_)
                )
            })
            .collect();
        claims += claimed.len();
        for _ in 0..if claimed.is_empty() { 0 } else { 300 } {
            let seed = Seed(dice.bits());
            let assignment = assign(&instrument, seed);
            let given = answers(&mut dice, &instrument, 0);
            let Some(given) = taken(&instrument, seed, &assignment, given) else {
                continue;
            };
            people += 1;
            let flow = Flow::new(&instrument, Lang::En, seed, &assignment, &given);
            let scope = flow.scope();
            for finding in &claimed {
                let question = instrument.question(&finding.part).unwrap();
                let holds = question.show_if.as_ref().is_none_or(|c| scope.truth(c));
                let check = |n: &usize| {
                    let check = question.checks.get(n - 1).unwrap();
                    scope.index(&check.that).filter(|_| holds)
                };
                let right = match &finding.what {
                    Concern::Unreachable => !holds,
                    Concern::AlwaysAsked => holds,
                    Concern::IdleCheck(n) => check(n) != Some(0.0),
                    Concern::ImpossibleCheck(n) => check(n).is_none_or(|kept| kept == 0.0),
                    _ => true,
                };
                assert!(right, "{number}: {finding}\n{given:?}\n{source}");
            }
        }
    }
    assert!(
        claims > 20 && people > 1_000,
        "{claims} claims, {people} people"
    );
}

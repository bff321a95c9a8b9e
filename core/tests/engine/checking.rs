//! What `partake instrument check` finds, and how fast.

#[path = "../../examples/large/mod.rs"]
mod large;

use std::time::Instant;

use partake_core::instrument::{
    check::{Concern, check, times},
    load,
};

use crate::support::{SOURCE, core_instrument};

const HEAD: &str = "
instrument: {id: t, version: \"1\", languages: [en], title: {en: T}, intro: {en: I}, terms: {en: W}, outro: {en: O}}
consent: {text: {en: C}, gate: {id: gate, type: yes_no, title: {en: Agree?}, required: true, est_seconds: 1}}
experiments: {factors: [{id: half, levels: [a, b]}]}
";

fn found(rest: &str) -> Vec<(String, Concern)> {
    let instrument = load(&format!("{HEAD}{rest}")).unwrap();
    check(&instrument)
        .into_iter()
        .map(|f| (f.part, f.what))
        .collect()
}

fn questions(lines: &str) -> Vec<(String, Concern)> {
    found(&format!(
        "sections:\n  - id: s\n    title: {{en: S}}\n    questions:\n{lines}"
    ))
}

const WORK: &str = "      - {id: work, type: single, title: {en: Work?}, est_seconds: 1, options: [{code: paid, en: Paid}, {code: none, en: None}, {code: pnts, missing: pnts, en: No}]}
      - {id: hours, type: numeric, title: {en: Hours?}, est_seconds: 1, show_if: 'work == \"paid\"', bands: [0], validation: {integer: true, min: 0, max: 80}}
";

fn after(line: &str) -> Vec<(String, Concern)> {
    questions(&format!("{WORK}      - {line}"))
}

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    assert_eq!(
        after("{id: q, type: yes_no, title: {en: Q}, est_seconds: 1, show_if: 'hours > 40'}"),
        []
    );
}

#[test]
fn a_question_that_no_answers_lead_to_is_found_through_the_questions_between() {
    for never in [
        "hours > 80",
        "work == \"none\" and hours > 3",
        "hours < 3 and hours > 4",
        "half == \"a\" and half == \"b\"",
    ] {
        assert_eq!(
            after(&format!(
                "{{id: q, type: yes_no, title: {{en: Q}}, est_seconds: 1, show_if: '{never}'}}"
            )),
            [("q".to_owned(), Concern::Unreachable)],
            "{never}"
        );
    }
}

#[test]
fn a_condition_that_always_holds_is_found() {
    for always in [
        "not hours > 80",
        "answered(work) or not answered(work)",
        "half in [\"a\", \"b\"]",
    ] {
        assert_eq!(
            after(&format!(
                "{{id: q, type: yes_no, title: {{en: Q}}, est_seconds: 1, show_if: '{always}'}}"
            )),
            [("q".to_owned(), Concern::AlwaysAsked)],
            "{always}"
        );
    }
}

#[test]
fn a_check_that_decides_nothing_is_found() {
    let with = |that: &str| {
        after(&format!(
            "{{id: q, type: numeric, title: {{en: Q}}, est_seconds: 1, bands: [0], validation: {{min: 0, max: 10}}, checks: [{{that: '{that}', message: {{en: M}}}}]}}"
        ))
    };
    assert_eq!(with("q + hours <= 80"), []);
    assert_eq!(with("q <= 10"), [("q".to_owned(), Concern::IdleCheck(1))]);
    assert_eq!(
        with("q > 10"),
        [("q".to_owned(), Concern::ImpossibleCheck(1))]
    );
}

#[test]
fn a_pipe_that_can_be_empty_is_found_unless_it_has_a_fallback_or_the_answer_is_there() {
    let with = |pipe: &str, shown: &str| {
        after(&format!(
            "{{id: q, type: yes_no, title: {{en: \"So {{{{{pipe}}}}}\"}}, est_seconds: 1{shown}}}"
        ))
    };
    assert_eq!(
        with("work", ""),
        [("q".to_owned(), Concern::EmptyPipe("work".to_owned()))]
    );
    assert_eq!(with("work|nothing", ""), []);
    assert_eq!(with("work", ", show_if: answered(work)"), []);
    assert_eq!(with("half", ""), []);
}

#[test]
fn a_case_that_an_earlier_one_covers_is_found() {
    let rest = "computed:
  - id: word
    cases:
      - {when: answered(q), en: answered}
      - {when: 'q == \"yes\"', en: agreed}
      - {when: else, en: silent}
sections:
  - id: s
    title: {en: S}
    questions:
      - {id: q, type: yes_no, title: {en: Q}, est_seconds: 1}
";
    assert_eq!(found(rest), [("word".to_owned(), Concern::IdleCase(2))]);
}

#[test]
fn a_number_without_bands_is_found() {
    assert_eq!(
        after(
            "{id: q, type: numeric, title: {en: Q}, est_seconds: 1, validation: {min: 0, max: 10}}"
        ),
        [("q".to_owned(), Concern::NeverPublished)]
    );
}

#[test]
fn both_instruments_have_no_dead_ends() {
    let second = load(include_str!(
        "../../../instruments/checking/instrument.yaml"
    ))
    .unwrap();
    for instrument in [core_instrument(), &second] {
        let dead: Vec<_> = check(instrument)
            .into_iter()
            .filter(|f| {
                !matches!(
                    f.what,
                    Concern::EmptyPipe(_) | Concern::HardToRead(..) | Concern::DifferentPipes
                )
            })
            .collect();
        assert_eq!(dead, [], "{}", instrument.id);
    }
}

#[test]
fn times_lie_where_the_rationale_puts_them() {
    let times = times(core_instrument());
    assert!(
        times.shortest < times.median && times.median < times.longest,
        "{times:?}"
    );
    assert!((200..560).contains(&times.median), "{times:?}");
}

/// The bars hold for a release build on one core; a test build is allowed ten times as long.
#[test]
fn checking_takes_a_moment() {
    let slack = 10;
    let begun = Instant::now();
    let instrument = load(SOURCE).unwrap();
    _ = (check(&instrument), times(&instrument));
    assert!(
        begun.elapsed().as_millis() < 100 * slack,
        "{:?}",
        begun.elapsed()
    );

    let begun = Instant::now();
    let instrument = load(&large::large()).unwrap();
    _ = (check(&instrument), times(&instrument));
    assert!(
        begun.elapsed().as_millis() < 1_000 * slack,
        "{:?}",
        begun.elapsed()
    );
}

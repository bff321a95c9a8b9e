//! What `partake instrument check` finds, and how fast.

#[path = "../../examples/large/mod.rs"]
mod large;

use std::time::Instant;

use partake_core::instrument::{
    check::{Concern, Doubt, Times, check},
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
        .findings
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

/// Every kind of answer that a condition can look at.
const NOON: &str = "scales:
  often:
    points:
      - {code: never, value: 1, en: Never}
      - {code: some, value: 2, en: Sometimes}
      - {code: always, value: 3, en: Always}
sections:
  - id: s
    title: {en: S}
    questions:
      - {id: minutes, type: numeric, title: {en: How long?}, est_seconds: 1, bands: [0], validation: {integer: true, min: 0, max: 180}}
      - {id: weight, type: numeric, title: {en: How much?}, est_seconds: 1, bands: [0], validation: {min: 0, max: 5}}
      - {id: m, type: multiple, title: {en: What?}, est_seconds: 1, options: [{code: a, en: A}, {code: b, en: B}, {code: c, en: C}, {code: d, en: D}]}
      - {id: habits, type: matrix, title: {en: How often?}, est_seconds: 1, scale: often, rows: [{code: alone, en: alone}, {code: late, en: late}]}
      - {id: since, type: date, title: {en: Since?}, est_seconds: 1, bands: [1960], validation: {min: \"1960-01-01\", max: \"2030-12-31\"}}
";

fn at_noon(condition: &str) -> Vec<(String, Concern)> {
    found(&format!(
        "{NOON}      - {{id: q, type: yes_no, title: {{en: Q}}, est_seconds: 1, show_if: '{condition}'}}"
    ))
}

#[test]
fn a_question_that_some_answers_lead_to_is_not_called_dead() {
    for reachable in [
        "habits__late == \"never\" and habits__alone == \"always\"",
        "not (habits__late == \"never\" and habits__alone == \"always\")",
        "val(habits__late) > val(habits__alone)",
        "answered(habits__late) and not answered(habits__alone)",
        "mean(2, habits__alone, habits__late) == 1.5",
        "minutes * 2 == 84",
        "minutes / 4 > 7 and minutes / 4 < 8",
        "count(m) == 3",
        "has(m, \"a\") and has(m, \"b\") and has(m, \"c\") and not has(m, \"d\")",
        "weight > 2.25 and weight < 2.5",
        "year(since) == 1987",
        "minutes == 97 and habits__late == \"some\" and count(m) == 2 and weight > 4",
    ] {
        assert_eq!(at_noon(reachable), [], "{reachable}");
    }
}

/// A multiple choice of so many options, and a question on a condition.
fn of_many(options: usize, condition: &str) -> String {
    let options: Vec<String> = (1..=options)
        .map(|n| format!("{{code: o{n:02}, en: o{n:02}}}"))
        .collect();
    format!(
        "sections:
  - id: s
    title: {{en: S}}
    questions:
      - {{id: m, type: multiple, title: {{en: What?}}, est_seconds: 1, options: [{}, {{code: dk, missing: dk, en: Unknown}}]}}
      - {{id: q, type: yes_no, title: {{en: Q}}, est_seconds: 1, show_if: '{condition}'}}
",
        options.join(", ")
    )
}

#[test]
fn nothing_is_called_dead_for_which_there_are_too_many_sets_to_try() {
    let not: Vec<String> = (1..=10)
        .map(|n| format!("not has(m, \"o{n:02}\")"))
        .collect();
    let rare = format!(
        "count(m) == 9 and has(m, \"o11\") and has(m, \"o12\") and {}",
        not.join(" and ")
    );
    for options in [24, 120] {
        assert_eq!(
            found(&of_many(options, &rare)),
            [("q".to_owned(), Concern::Undecided(Doubt::Asked))],
            "{options} options"
        );
    }
}

#[test]
fn numbers_too_large_to_be_told_from_the_next_are_not_tried_for_ever() {
    let large = |condition: &str| {
        questions(&format!(
            "      - {{id: n, type: numeric, title: {{en: Q}}, est_seconds: 1, bands: [100000000000000500], validation: {{integer: true, min: 100000000000000000, max: 100000000000001000}}}}
      - {{id: q, type: yes_no, title: {{en: Q}}, est_seconds: 1, show_if: '{condition}'}}"
        ))
    };
    assert_eq!(large("n < 5"), [("q".to_owned(), Concern::Unreachable)]);
    assert_eq!(large("n * 2 == 200000000000000512"), []);
}

#[test]
fn whether_all_that_a_check_reads_is_there_is_told_answer_by_answer() {
    let rare = (0..8).map(|n| format!("x{n} == 4{n}{n}{n}{n}"));
    let rare: Vec<String> = rare.collect();
    let numbers: String = (0..8)
        .map(|n| format!("      - {{id: x{n}, type: numeric, title: {{en: Q}}, est_seconds: 1, bands: [0], validation: {{integer: true, min: 0, max: 99999}}}}\n"))
        .collect();
    let rest = of_many(2, "answered(m)").replace("id: q,", "id: w,")
        + &numbers
        + &format!(
            "      - {{id: z, type: numeric, title: {{en: Q}}, est_seconds: 1, show_if: '{}', bands: [0], validation: {{integer: true, min: 0, max: 9999}}, checks: [{{that: not (count(m) + z + z == 10007), message: {{en: \"So {{{{w}}}}\"}}}}]}}",
            rare.join(" and ")
        );
    let pipes: Vec<_> = found(&rest)
        .into_iter()
        .filter(|(_, what)| {
            matches!(
                what,
                Concern::EmptyPipe(_) | Concern::Undecided(Doubt::Pipe(_))
            )
        })
        .collect();
    assert_eq!(pipes.len(), 1, "it is not passed over: {pipes:?}");
}

#[test]
fn a_contradiction_in_numbers_sets_or_rows_is_found() {
    for never in [
        "minutes > 10 and minutes < 5",
        "minutes * 2 == 83",
        "minutes + weight > 185",
        "weight < 2 and weight > 3",
        "count(m) == 5",
        "count(m) == 1 and has(m, \"a\") and has(m, \"b\")",
        "habits__late == \"never\" and val(habits__late) > 1",
        "mean(1, habits__alone, habits__late) > 3",
        "year(since) < 1960",
    ] {
        assert_eq!(
            at_noon(never),
            [("q".to_owned(), Concern::Unreachable)],
            "{never}"
        );
    }
}

/// Questions of eight seconds, each with what `more` adds to it.
fn yes_or_no(count: usize, more: impl Fn(usize) -> String) -> String {
    let mut lines = String::from("sections:\n  - id: s\n    title: {en: S}\n    questions:\n");
    for n in 0..count {
        lines.push_str(&format!(
            "      - {{id: q{n}, type: yes_no, title: {{en: Q}}, est_seconds: 8{}}}\n",
            more(n)
        ));
    }
    lines
}

#[test]
fn a_contradiction_in_one_question_is_found_among_many_others() {
    let others: Vec<String> = (1..20).map(|n| format!("q{n} == \"yes\"")).collect();
    let condition = format!(
        "q0 == \"yes\" and {} and q0 == \"no\"",
        others.join(" and ")
    );
    assert_eq!(
        found(&format!(
            "{}      - {{id: q, type: yes_no, title: {{en: Q}}, est_seconds: 1, show_if: '{condition}'}}",
            yes_or_no(20, |_| String::new())
        )),
        [("q".to_owned(), Concern::Unreachable)]
    );
}

#[test]
fn what_depends_on_too_many_answers_is_said_to_be_undecided() {
    let mut lines = String::from("sections:\n  - id: s\n    title: {en: S}\n    questions:\n");
    for n in 0..4 {
        lines.push_str(&format!(
            "      - {{id: n{n}, type: numeric, title: {{en: Q}}, est_seconds: 1, bands: [0], validation: {{integer: true, min: 0, max: 9999}}}}\n"
        ));
    }
    lines.push_str(
        "      - {id: q, type: yes_no, title: {en: Q}, est_seconds: 1, show_if: 'n0 * n1 == 51371 and n2 * n3 == 62423'}",
    );
    assert_eq!(
        found(&lines),
        [("q".to_owned(), Concern::Undecided(Doubt::Asked))]
    );
}

#[test]
fn a_pipe_that_can_be_empty_is_found_wherever_it_is_drawn() {
    for place in [
        "title: {en: Q}, type: slider, scale: line, anchors: {min: {en: \"{{work}}\"}, max: {en: All}}",
        "title: {en: Q}, type: short_text, release: never, placeholder: {en: \"{{work}}\"}, validation: {max_chars: 9}",
        "title: {en: Q}, type: short_text, release: never, validation: {max_chars: 9, pattern: a, message: {en: \"{{work}}\"}}",
        "title: {en: Q}, type: numeric, bands: [0], validation: {min: 0, max: 9, soft_max: 8, soft_message: {en: \"{{work}}\"}}",
        "title: {en: Q}, type: numeric, bands: [0], validation: {min: 0, max: 9}, checks: [{that: q < 5, message: {en: \"{{work}}\"}}]",
        "title: {en: Q}, type: numeric, bands: [0], unit: {en: \"{{work}}\"}, validation: {min: 0, max: 9}",
    ] {
        let rest = format!(
            "scales: {{line: {{min: 0, max: 100, step: 1}}}}\nsections:\n  - id: s\n    title: {{en: S}}\n    questions:\n{WORK}      - {{id: q, est_seconds: 1, {place}}}"
        );
        assert_eq!(
            found(&rest),
            [("q".to_owned(), Concern::EmptyPipe("work".to_owned()))],
            "{place}"
        );
    }
}

#[test]
fn a_message_of_a_check_may_name_what_the_check_reads() {
    assert_eq!(
        after(
            "{id: q, title: {en: Q}, est_seconds: 1, type: numeric, bands: [0], validation: {min: 0, max: 9}, checks: [{that: q < hours, message: {en: \"Below {{hours}}\"}}]}"
        ),
        []
    );
}

#[test]
fn a_pipe_in_a_section_or_in_a_computed_text_is_looked_at_too() {
    let rest = format!(
        "computed:
  - id: word
    cases:
      - {{when: answered(hours), en: \"{{{{hours}}}} hours\"}}
      - {{when: else, en: \"as {{{{work}}}}\"}}
sections:
  - id: s
    title: {{en: S}}
    questions:
{WORK}  - id: t
    title: {{en: \"On {{{{work}}}}\"}}
    intro: {{en: \"Now {{{{work|it}}}}\"}}
    questions:
      - {{id: q, type: yes_no, title: {{en: \"So {{{{word}}}}?\"}}, est_seconds: 1}}
"
    );
    let empty = || Concern::EmptyPipe("work".to_owned());
    assert_eq!(
        found(&rest),
        [("t".to_owned(), empty()), ("word".to_owned(), empty())]
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
            .findings
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
    let times = check(core_instrument()).times;
    assert!(
        times.shortest < times.median && times.median < times.longest,
        "{times:?}"
    );
    assert!((200..560).contains(&times.median), "{times:?}");
}

fn timed(rest: &str) -> Times {
    check(&load(&format!("{HEAD}{rest}")).unwrap()).times
}

#[test]
fn the_longest_way_goes_through_what_few_people_are_asked() {
    for rare in ["count(m) >= 4", "not answered(minutes)", "minutes == 97"] {
        let times = timed(&format!(
            "{NOON}      - {{id: q, type: yes_no, title: {{en: Q}}, est_seconds: 600, show_if: '{rare}'}}"
        ));
        assert_eq!((times.shortest, times.longest), (6, 606), "{rare}");
        assert!(times.exact, "{rare}");
    }
}

#[test]
fn the_shortest_way_leaves_blank_what_may_be_blank_and_nothing_else() {
    let tail = "      - {id: q, type: yes_no, title: {en: Q}, est_seconds: 50, show_if: answered(minutes)}";
    assert_eq!(timed(&format!("{NOON}{tail}")).shortest, 6);
    let required = NOON.replace("{id: minutes,", "{id: minutes, required: true,");
    assert_eq!(timed(&format!("{required}{tail}")).shortest, 56);
}

#[test]
fn the_longest_way_is_found_through_a_long_chain() {
    let times = timed(&yes_or_no(14, |n| match n {
        0 => String::new(),
        _ => format!(", show_if: 'q{} == \"yes\"'", n - 1),
    }));
    assert_eq!((times.shortest, times.longest, times.exact), (9, 113, true));
}

#[test]
fn the_ways_through_a_large_matrix_are_bounded_and_its_longest_is_found() {
    let rows: Vec<String> = (0..20)
        .map(|n| format!("{{code: r{n}, en: r{n}}}"))
        .collect();
    let asked: String = (0..20)
        .map(|n| format!("      - {{id: q{n}, type: yes_no, title: {{en: Q}}, est_seconds: 1, show_if: 'habits__r{n} == \"always\"'}}\n"))
        .collect();
    let (scale, _) = NOON.split_once("sections:").unwrap();
    let times = timed(&format!(
        "{scale}sections:
  - id: s
    title: {{en: S}}
    questions:
      - {{id: habits, type: matrix, title: {{en: How?}}, est_seconds: 1, scale: often, rows: [{}]}}
{asked}",
        rows.join(", ")
    ));
    assert!(!times.exact, "not every way was followed: {times:?}");
    assert_eq!(times.shortest, 2);
    assert!(
        times.longest <= 22 && times.longest > times.median,
        "{times:?}"
    );
}

/// The bars hold for a release build on one core; a test build is allowed ten times as long.
#[test]
fn checking_takes_a_moment() {
    let slack = 10;
    let begun = Instant::now();
    let instrument = load(SOURCE).unwrap();
    _ = check(&instrument);
    assert!(
        begun.elapsed().as_millis() < 100 * slack,
        "{:?}",
        begun.elapsed()
    );

    let begun = Instant::now();
    let instrument = load(&large::large()).unwrap();
    _ = check(&instrument);
    assert!(
        begun.elapsed().as_millis() < 1_000 * slack,
        "{:?}",
        begun.elapsed()
    );
}

//! The second instrument: what it asks in ways that the first does not.

use std::{collections::BTreeSet, sync::LazyLock};

use partake_core::{
    date::Date,
    flow::{Body, Flow, Seed, assign},
    instrument::{Instrument, canonical_json, from_wire, load, to_wire},
    lang::Lang,
    response::{
        Answer, Answers, FaultCode, decode_section, decode_sheet, encode_sheet, finish, validate,
    },
    simulate,
};

use crate::support::{answers, code, random};

static CHECKING: LazyLock<Instrument> = LazyLock::new(|| {
    load(include_str!(
        "../../../instruments/checking/instrument.yaml"
    ))
    .unwrap()
});

const SEED: Seed = Seed(11);

/// Answers after posting a section, and what is wrong with them.
fn post(
    known: &[(&str, Answer)],
    section: &str,
    form: &[(&str, &str)],
) -> (Answers, Vec<(String, FaultCode)>) {
    let instrument = &*CHECKING;
    let assignment = assign(instrument, SEED);
    let known = answers(known);
    let fields: Vec<(String, String)> = form
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let decoded = decode_section(
        instrument,
        Lang::En,
        SEED,
        &assignment,
        &known,
        section,
        &fields,
    );
    let mut all = known;
    all.extend(decoded.answers);
    let flow = Flow::new(instrument, Lang::En, SEED, &assignment, &all);
    let faults = decoded
        .faults
        .into_iter()
        .chain(validate(&flow, section, &all))
        .map(|fault| (fault.question, fault.code))
        .collect();
    (all, faults)
}

fn user() -> Vec<(&'static str, Answer)> {
    vec![("used", code("yes")), ("kind", code("work"))]
}

fn minutes() -> Vec<(&'static str, Answer)> {
    let mut known = user();
    known.push(("write_minutes", Answer::Number(10.0)));
    known.push(("check_minutes", Answer::Number(30.0)));
    known
}

fn day(year: u16, month: u8, day: u8) -> Answer {
    Answer::Number(Date::new(year, month, day).unwrap().days())
}

#[test]
fn a_day_is_typed_in_several_ways_and_kept_as_a_number() {
    for typed in ["2024-03-05", "2024/3/5", "２０２４．３．５", "20240305"] {
        let (given, faults) = post(&[], "occasion", &[("used", "yes"), ("last_day", typed)]);
        assert_eq!(given.get("last_day"), Some(&day(2024, 3, 5)), "{typed}");
        assert_eq!(faults, []);
    }
}

#[test]
fn what_is_no_day_or_a_day_out_of_range_is_told_so() {
    let told = |typed| post(&[], "occasion", &[("used", "yes"), ("last_day", typed)]).1;
    assert_eq!(
        told("yesterday"),
        [("last_day".to_owned(), FaultCode::NotADate)]
    );
    assert_eq!(
        told("2024-02-30"),
        [("last_day".to_owned(), FaultCode::NotADate)]
    );
    let range = FaultCode::DateOutOfRange {
        first: "2020-01-01".to_owned(),
        last: "2027-12-31".to_owned(),
    };
    assert_eq!(told("2019-12-31"), [("last_day".to_owned(), range)]);
}

#[test]
fn a_condition_reads_the_year_of_a_day() {
    let (before, _) = post(
        &[],
        "occasion",
        &[("used", "yes"), ("last_day", "2024-12-31")],
    );
    let (after, _) = post(
        &[],
        "occasion",
        &[("used", "yes"), ("last_day", "2025-01-01")],
    );
    let assignment = assign(&CHECKING, SEED);
    let asked = |given: &Answers| {
        Flow::new(&CHECKING, Lang::En, SEED, &assignment, given).asked("old_note")
    };
    assert!(asked(&before) && !asked(&after));
}

#[test]
fn a_code_beside_a_number_stands_for_a_missing_one() {
    let (given, faults) = post(&user(), "checking", &[("check_minutes.missing", "dk")]);
    assert_eq!(given.get("check_minutes"), Some(&code("dk")));
    assert_eq!(faults, []);
    let assignment = assign(&CHECKING, SEED);
    let flow = Flow::new(&CHECKING, Lang::En, SEED, &assignment, &given);
    assert!(!flow.asked("parts_facts"), "a comparison with it is false");
    let (_, faults) = post(
        &user(),
        "checking",
        &[("check_minutes.missing", "dk"), ("check_minutes", "3")],
    );
    assert_eq!(faults, [("check_minutes".to_owned(), FaultCode::Exclusive)]);
}

#[test]
fn a_sum_is_checked_once_all_its_parts_are_there() {
    let parts = |facts, style, rest| {
        post(
            &minutes(),
            "checking",
            &[
                ("write_minutes", "10"),
                ("check_minutes", "30"),
                ("parts_facts", facts),
                ("parts_style", style),
                ("parts_rest", rest),
            ],
        )
        .1
    };
    assert_eq!(parts("50", "30", "20"), []);
    assert_eq!(parts("50", "30", ""), []);
    let broken = FaultCode::Check {
        message: "The three shares have to make 100 together.".to_owned(),
    };
    assert_eq!(parts("50", "30", "10"), [("parts_rest".to_owned(), broken)]);
}

#[test]
fn a_broken_check_stops_a_submission_whatever_way_it_came() {
    let assignment = assign(&CHECKING, SEED);
    let mut given = answers(&minutes());
    given.insert("check_minutes".to_owned(), Answer::Number(600.0));
    given.insert("write_minutes".to_owned(), Answer::Number(600.0));
    let faults = finish(&CHECKING, Lang::En, SEED, &assignment, given.clone()).unwrap_err();
    assert!(
        faults
            .iter()
            .any(|f| f.question == "check_minutes" && f.code.name() == "check"),
        "{faults:?}"
    );
}

#[test]
fn a_text_has_to_look_as_its_pattern_says() {
    let told = |typed| post(&user(), "after", &[("term", typed)]).1;
    assert_eq!(told("assistant"), []);
    assert_eq!(told("助手"), []);
    let pattern = FaultCode::Pattern {
        message: "Please give one word, without a space.".to_owned(),
    };
    assert_eq!(told("my assistant"), [("term".to_owned(), pattern)]);
    let short = FaultCode::TooShort { min: 2, is: 1 };
    // A family is one character to whoever types it.
    assert_eq!(told("👨‍👩‍👧"), [("term".to_owned(), short)]);
}

#[test]
fn questions_exchange_places_and_the_others_keep_theirs() {
    let mut orders = BTreeSet::new();
    for seed in 0..40 {
        let assignment = assign(&CHECKING, Seed(seed));
        let given = answers(&minutes());
        let flow = Flow::new(&CHECKING, Lang::En, Seed(seed), &assignment, &given);
        let view = flow.section("checking").unwrap();
        let ids: Vec<String> = view.questions.iter().map(|q| q.id.clone()).collect();
        assert_eq!(ids[0], "explain");
        assert_eq!(
            ids[4..],
            [
                "minutes_note",
                "write_minutes",
                "check_minutes",
                "parts_facts",
                "parts_style",
                "parts_rest"
            ]
        );
        orders.insert(ids[1..4].to_vec());
    }
    assert_eq!(orders.len(), 6, "all orders of three occur");
}

#[test]
fn a_row_of_numbers_is_a_choice_with_values_and_two_named_ends() {
    let assignment = assign(&CHECKING, SEED);
    let given = answers(&[("used", code("yes")), ("sure", code("8"))]);
    let flow = Flow::new(&CHECKING, Lang::En, SEED, &assignment, &given);
    let view = flow.section("checking").unwrap();
    let sure = view.questions.iter().find(|q| q.id == "sure").unwrap();
    let Body::Single(options) = &sure.body else {
        panic!("{:?}", sure.body)
    };
    assert_eq!(options.len(), 12);
    assert_eq!(options[0].label, "0 (Not at all)");
    assert_eq!(options[11].code, "na");
    let ends = ("Not at all".to_owned(), "Completely".to_owned());
    assert_eq!(sure.ends, Some(ends));
    let trust = CHECKING.derived("trust").unwrap().expr.as_ref().unwrap();
    assert_eq!(flow.scope().index(trust), Some(80.0));
}

#[test]
fn a_quotient_by_zero_is_missing() {
    let share = |write, check| {
        let assignment = assign(&CHECKING, SEED);
        let mut given = answers(&user());
        given.insert("write_minutes".to_owned(), Answer::Number(write));
        given.insert("check_minutes".to_owned(), Answer::Number(check));
        let flow = Flow::new(&CHECKING, Lang::En, SEED, &assignment, &given);
        let care = CHECKING.derived("care").unwrap().expr.as_ref().unwrap();
        flow.scope().index(care)
    };
    assert_eq!(share(10.0, 30.0), Some(75.0));
    assert_eq!(share(0.0, 0.0), None);
}

#[test]
fn a_statement_takes_no_answer() {
    let assignment = assign(&CHECKING, SEED);
    let given = answers(&[("used", code("yes")), ("explain", code("yes"))]);
    let faults = finish(&CHECKING, Lang::En, SEED, &assignment, given.clone()).unwrap_err();
    assert_eq!(faults[0].code, FaultCode::WrongType);
}

#[test]
fn people_of_every_kind_come_through_and_are_stored() {
    let mut draw = random(5);
    for _ in 0..300 {
        let (seed, given) = simulate::respondent(&CHECKING, Lang::En, &mut draw);
        let assignment = assign(&CHECKING, seed);
        let done = finish(&CHECKING, Lang::En, seed, &assignment, given.clone());
        let sheet = done.unwrap_or_else(|f| panic!("{f:?} in {given:?}")).sheet;
        let bytes = encode_sheet(&CHECKING, &sheet);
        assert_eq!(decode_sheet(&CHECKING, &bytes), Ok(sheet));
    }
}

#[test]
fn it_survives_its_two_formats() {
    assert_eq!(from_wire(&to_wire(&CHECKING)).as_ref(), Some(&*CHECKING));
    let json = canonical_json(&CHECKING);
    let read: Instrument = serde_json::from_str(&json).unwrap();
    assert_eq!(canonical_json(&read), json);
}

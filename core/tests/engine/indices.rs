//! Declared indices on cases worked out by hand.

use std::collections::BTreeMap;

use partake_core::{
    flow::Scope,
    response::{Answer, Assignment},
};

use crate::support::{answers, code, codes, core_instrument};

fn index(id: &str, given: &[(&str, Answer)]) -> Option<f64> {
    let instrument = core_instrument();
    let (assignment, given) = (Assignment::new(), answers(given));
    let scope = Scope::new(instrument, &assignment, &given);
    scope.index(instrument.derived(id).unwrap().expr.as_ref().unwrap())
}

fn rows(rows: &[(&str, &str)]) -> Answer {
    let map: BTreeMap<String, String> = rows
        .iter()
        .map(|(r, c)| ((*r).to_owned(), (*c).to_owned()))
        .collect();
    Answer::Rows(map)
}

#[test]
fn full_say_is_a_hundred_and_none_is_zero() {
    let turned = ["j3", "o2", "r2"];
    let all = ["j1", "j2", "j3", "o1", "o2", "o3", "r1", "r2", "r3"];
    let best = all.map(|r| {
        (
            r,
            if turned.contains(&r) {
                "never"
            } else {
                "always"
            },
        )
    });
    let worst = all.map(|r| {
        (
            r,
            if turned.contains(&r) {
                "always"
            } else {
                "never"
            },
        )
    });
    assert_eq!(
        index("agency_index", &[("agency", rows(&best))]),
        Some(100.0)
    );
    assert_eq!(
        index("agency_index", &[("agency", rows(&worst))]),
        Some(0.0)
    );
}

#[test]
fn an_index_needs_its_least_number_of_valid_items() {
    let six = ["j1", "j2", "j3", "o1", "o2", "o3"].map(|r| (r, "sometimes"));
    assert_eq!(index("agency_index", &[("agency", rows(&six))]), None);
    let mut seven = six.to_vec();
    seven.push(("r1", "sometimes"));
    assert_eq!(
        index("agency_index", &[("agency", rows(&seven))]),
        Some(50.0)
    );
    seven.push(("r2", "na"));
    assert_eq!(
        index("agency_index", &[("agency", rows(&seven))]),
        Some(50.0)
    );
}

#[test]
fn gaps_are_differences_and_missing_when_one_side_is() {
    let number = Answer::Number;
    let both = [
        ("blame_share", number(70.0)),
        ("credit_share", number(45.0)),
    ];
    assert_eq!(index("responsibility_asymmetry", &both), Some(25.0));
    let one = [("blame_share", number(70.0)), ("credit_share", code("dk"))];
    assert_eq!(index("responsibility_asymmetry", &one), None);
    let all = [
        ("blame_share", number(70.0)),
        ("credit_share", number(45.0)),
        ("v_blame", number(50.0)),
        ("v_credit", number(60.0)),
    ];
    assert_eq!(index("is_ought_gap", &all), Some(35.0));
}

#[test]
fn conditions_are_one_zero_or_missing() {
    let row = |effort, payback, exits| {
        [(
            "change3y",
            rows(&[("effort", effort), ("payback", payback), ("exits", exits)]),
        )]
    };
    assert_eq!(index("involuted", &row("more", "same", "less")), Some(1.0));
    assert_eq!(index("involuted", &row("same", "same", "less")), Some(0.0));
    assert_eq!(index("involuted", &row("more", "na", "less")), None);
    assert_eq!(
        index(
            "quality_attention",
            &[("agency", rows(&[("att", "rarely")]))]
        ),
        Some(1.0)
    );
    assert_eq!(index("quality_attention", &[]), None);
}

#[test]
fn counts_leave_exclusive_codes_out_and_a_dont_know_is_missing() {
    let count = |c: &[&str]| index("preset_breadth", &[("preset_by_system", codes(c))]);
    assert_eq!(count(&["feed", "score"]), Some(2.0));
    assert_eq!(count(&["none"]), Some(0.0));
    assert_eq!(count(&["dk"]), None);
    assert_eq!(index("preset_breadth", &[]), None);
}

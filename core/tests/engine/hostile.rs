//! Input that somebody made to do harm, or that a program garbled: a clear error, soon.

use std::time::{Duration, Instant};

use partake_core::{
    flow::{Flow, assign},
    instrument::{LoadError, load},
    lang::Lang,
    response::{Answer, Answers, FaultCode, Pattern, decode_section, finish, finish_only_asked},
};

use crate::support::{SEED, SOURCE, answers, code, core_instrument};

/// Time in which every answer has to come, in a build without optimisation.
const SOON: Duration = Duration::from_secs(5);

fn refused(yaml: &str) -> Vec<LoadError> {
    let begun = Instant::now();
    let errors = load(yaml).unwrap_err();
    assert!(begun.elapsed() < SOON, "took {:?}", begun.elapsed());
    assert!(!errors.is_empty());
    errors
}

fn says(errors: &[LoadError], what: &str) {
    assert!(
        errors.iter().any(|e| e.message.contains(what)),
        "{errors:?}"
    );
}

/// The real file with something else in place of the condition of a question.
fn with_condition(condition: &str) -> String {
    let line = "show_if: 'employment in [\"employee\", \"self_employed\", \"platform\"]'";
    let first = SOURCE
        .lines()
        .find(|line| line.trim_start().starts_with("show_if:"))
        .unwrap_or(line);
    SOURCE.replacen(first.trim_start(), &format!("show_if: '{condition}'"), 1)
}

fn faults_of(given: &Answers) -> Vec<FaultCode> {
    let instrument = core_instrument();
    let assignment = assign(instrument, SEED);
    let begun = Instant::now();
    let faults = finish(instrument, Lang::En, SEED, &assignment, given.clone()).unwrap_err();
    assert!(begun.elapsed() < SOON, "took {:?}", begun.elapsed());
    faults.into_iter().map(|f| f.code).collect()
}

fn valid() -> Vec<(&'static str, Answer)> {
    vec![("employment", code("employee")), ("ai_use", code("daily"))]
}

#[test]
fn a_file_of_ten_megabytes() {
    says(&refused(&"a: b\n".repeat(2_000_000)), "bytes");
}

#[test]
fn ten_thousand_unknown_fields_in_a_file() {
    let fields: String = (0..10_000).map(|n| format!("field{n}: 1\n")).collect();
    let errors = refused(&format!("{fields}{SOURCE}"));
    says(&errors, "no field `field1`");
    assert!(errors.len() <= 200, "not more than a person reads");
    says(&errors, "more after it");
}

#[test]
fn a_hundred_thousand_keys_in_one_mapping() {
    refused(
        &(0..100_000)
            .map(|n| format!("k{n}: 1\n"))
            .collect::<String>(),
    );
}

#[test]
fn a_key_that_stands_twice() {
    says(&refused("a: 1\nb: 2\na: 3\n"), "stands twice");
}

#[test]
fn aliases_that_explode() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        bomb.push_str(&format!(
            "a{n}: &a{n} [{}]\n",
            vec![format!("*a{}", n - 1); 9].join(", ")
        ));
    }
    says(&refused(&bomb), "aliases");
}

#[test]
fn nesting_ten_thousand_deep() {
    says(&refused(&"[".repeat(10_000)), "nested deeper");
    says(&refused(&"{a: ".repeat(10_000)), "nested deeper");
    refused(&"- ".repeat(10_000));
    says(
        &refused(&with_condition(&"(".repeat(3_000))),
        "nested deeper",
    );
}

#[test]
fn an_expression_of_a_megabyte() {
    let long = vec!["employment == \"employee\""; 40_000].join(" or ");
    says(&refused(&with_condition(&long)), "an expression at most");
}

#[test]
fn an_expression_that_would_be_too_deep_to_evaluate() {
    let long = vec!["answered(gender)"; 400].join(" or ");
    says(&refused(&with_condition(&long)), "computed values");
}

#[test]
fn a_number_too_large_to_be_one() {
    let huge = format!("val(ai_use) > {}", "9".repeat(400));
    says(&refused(&with_condition(&huge)), "is not a number");
}

#[test]
fn values_that_double_with_each_line() {
    let doubled: String = (1..40)
        .map(|n| format!("  - {{id: c{n}, expr: c{} + c{}}}\n", n - 1, n - 1))
        .collect();
    let texts: String = (1..40)
        .map(|n| {
            format!(
                "  - {{id: t{n}, cases: [{{when: else, en: \"{{{{t{}}}}}{{{{t{}}}}}\"}}]}}\n",
                n - 1,
                n - 1
            )
        })
        .collect();
    for (first, more) in [
        ("{id: c0, expr: count(m) + count(m)}", doubled),
        ("{id: t0, cases: [{when: else, en: ha}]}", texts),
    ] {
        let source = format!(
            "instrument: {{id: t, version: \"1\", languages: [en], title: {{en: T}}, intro: {{en: I}}, terms: {{en: W}}, outro: {{en: O}}}}
consent: {{text: {{en: C}}, gate: {{id: gate, type: yes_no, title: {{en: Agree?}}, required: true, est_seconds: 1}}}}
computed:
  - {first}
{more}sections:
  - id: s
    title: {{en: S}}
    questions:
      - {{id: m, type: multiple, title: {{en: What?}}, est_seconds: 1, options: [{{code: a, en: A}}, {{code: b, en: B}}]}}
"
        );
        says(&refused(&source), "parts");
    }
}

#[test]
fn signs_that_nobody_sees() {
    says(
        &refused(&with_condition("employ\u{200b}ment == \"employee\"")),
        "\\u{200b}",
    );
    for sign in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{ad}'] {
        let hidden = SOURCE.replacen("en: \"", &format!("en: \"{sign}"), 1);
        says(&refused(&hidden), &format!("U+{:04X}", u32::from(sign)));
    }
}

#[test]
fn patterns_that_go_back_for_ages_elsewhere() {
    let begun = Instant::now();
    let pattern = Pattern::new("(a|a)*(a+)+b").unwrap();
    assert!(!pattern.fits(&"a".repeat(20_000)));
    assert!(begun.elapsed() < SOON);
}

#[test]
fn an_answer_of_ten_megabytes() {
    let mut given = answers(&valid());
    given.insert("one_word".to_owned(), Answer::Text("字".repeat(3_400_000)));
    let text = core_instrument().questions().find(|q| q.is_text()).unwrap();
    given.insert(text.id.clone(), Answer::Text("字".repeat(3_400_000)));
    given.remove("one_word");
    let faults = faults_of(&given);
    assert!(
        faults
            .iter()
            .any(|f| matches!(f, FaultCode::TooLong { .. })),
        "{faults:?}"
    );
}

#[test]
fn ten_thousand_unknown_fields_in_answers_and_in_a_form() {
    let instrument = core_instrument();
    let assignment = assign(instrument, SEED);
    let many: Answers = (0..10_000).map(|n| (format!("x{n}"), code("y"))).collect();
    let begun = Instant::now();
    let faults =
        finish_only_asked(instrument, Lang::En, SEED, &assignment, many.clone()).unwrap_err();
    assert_eq!(faults.len(), 10_000);
    let form: Vec<(String, String)> = (0..10_000)
        .map(|n| (format!("x{n}"), "y".to_owned()))
        .collect();
    let known = Answers::new();
    let decoded = decode_section(
        instrument,
        Lang::En,
        SEED,
        &assignment,
        &known,
        "s1_you",
        &form,
    );
    assert_eq!(decoded.faults.len(), 10_000);
    assert!(begun.elapsed() < SOON, "took {:?}", begun.elapsed());
}

#[test]
fn numbers_as_text_and_numbers_that_are_none() {
    let number = core_instrument()
        .questions()
        .find(|q| {
            matches!(q.kind, partake_core::instrument::Kind::Slider(_)) && q.show_if.is_none()
        })
        .map(|q| q.id.clone())
        .unwrap();
    let told = |answer| {
        let mut given = answers(&valid());
        given.insert(number.clone(), answer);
        faults_of(&given)
    };
    assert_eq!(told(Answer::Text("50".to_owned())), [FaultCode::WrongType]);
    for none in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(told(Answer::Number(none)).contains(&FaultCode::NotANumber));
    }
}

#[test]
fn negative_zero_is_zero() {
    let instrument = core_instrument();
    let assignment = assign(instrument, SEED);
    let slider = instrument
        .questions()
        .find(|q| {
            matches!(q.kind, partake_core::instrument::Kind::Slider(_)) && q.show_if.is_none()
        })
        .unwrap();
    let mut given = answers(&valid());
    given.insert(slider.id.clone(), Answer::Number(-0.0));
    let flow = Flow::new(instrument, Lang::En, SEED, &assignment, &given);
    let Some(Answer::Number(n)) = flow.answers().get(&slider.id) else {
        panic!("it is an answer")
    };
    assert!(n.is_sign_positive());
}

#[test]
fn text_that_is_half_a_character() {
    for garbled in [
        r#"{"q": {"text": "\ud800"}}"#,
        r#"{"q": {"text": "\udc00x"}}"#,
    ] {
        assert!(
            serde_json::from_str::<Answers>(garbled).is_err(),
            "{garbled}"
        );
    }
    let bytes: [&[u8]; 3] = [b"\xff", b"\xe4\xb8", b"\xc0\xaf"];
    for malformed in bytes {
        let json = [b"{\"q\": {\"text\": \"".as_slice(), malformed, b"\"}}"].concat();
        assert!(serde_json::from_slice::<Answers>(&json).is_err());
    }
    let deep = format!("{{\"q\": {}", "[".repeat(10_000));
    assert!(serde_json::from_str::<Answers>(&deep).is_err());
}

//! What the loader accepts, and how it says what is wrong.

use partake_core::{
    instrument::{Instrument, Kind, canonical_json, load},
    lang::Lang,
};
use proptest::prelude::*;

use crate::support::{SOURCE, core_instrument};

const SMALL: &str = r#"instrument:
  id: tiny
  version: "1"
  languages: ["zh-Hans", "en"]
  title: {zh: "题", en: "T"}
  intro: {zh: "题", en: "T"}
  terms: {zh: "题", en: "T"}
  outro: {zh: "题", en: "T"}
consent:
  text: {zh: "{{operator}}", en: "{{operator}}"}
  gate:
    id: gate
    type: single
    required: true
    title: {zh: "同意？", en: "Agree?"}
    options:
      - {code: "yes", zh: "是", en: "Yes"}
      - {code: "no", zh: "否", en: "No"}
    est_seconds: 5
computed:
  - {id: is_tea, type: bool, expr: drink == "tea"}
experiments:
  factors:
    - {id: x_flip, levels: ["a", "b"]}
sections:
  - id: one
    title: {zh: "一", en: "One"}
    questions:
      - id: drink
        type: single
        title: {zh: "喝什么？", en: "Drink?"}
        options:
          - {code: "tea", value: 1, zh: "茶", en: "Tea"}
          - {code: "coffee", value: 2, zh: "咖啡", en: "Coffee"}
          - {code: "dk", missing: dk, zh: "说不清", en: "Don't know"}
        flip_with: x_flip
        est_seconds: 5
      - id: cups
        type: numeric
        show_if: is_tea
        validation: {integer: true, min: 0, max: 20}
        title: {zh: "几杯{{drink}}？", en: "How many cups of {{drink}}?"}
        est_seconds: 5
"#;

fn errors(yaml: &str) -> Vec<String> {
    load(yaml).map_or_else(
        |e| e.iter().map(ToString::to_string).collect(),
        |_| Vec::new(),
    )
}

/// The file with one piece replaced, and the line on which the piece stood.
fn broken(piece: &str, by: &str) -> (String, usize) {
    assert_eq!(SMALL.matches(piece).count(), 1, "{piece:?} must stand once");
    let line = SMALL.split(piece).next().unwrap().lines().count().max(1);
    (SMALL.replace(piece, by), line)
}

#[test]
fn the_core_instrument_loads() {
    let instrument = core_instrument();
    let own = instrument
        .questions()
        .filter(|q| q.id != "consent_open_data")
        .count();
    assert_eq!(own, 41, "questions besides the two of consent");
    assert_eq!(instrument.questions().filter(|q| q.required).count(), 2);
    assert_eq!(instrument.sections.len(), 7);
    assert_eq!(instrument.factors.len(), 8);
    assert_eq!(instrument.hypotheses.len(), 10);
    assert_eq!(
        instrument
            .questions()
            .filter(|q| q.quasi_identifier.is_some())
            .count(),
        7
    );
    assert_eq!(
        instrument
            .question("learn_hours")
            .map(|q| &q.kind)
            .map(|k| match k {
                Kind::Number(n) => n.bands.clone(),
                _ => Vec::new(),
            }),
        Some(vec![0.0, 1.0, 3.0, 6.0, 11.0, 21.0])
    );
    assert!(instrument.questions().filter(|q| q.sensitive).count() >= 5);
}

#[test]
fn the_small_instrument_of_these_tests_loads() {
    assert_eq!(errors(SMALL), Vec::<String>::new());
}

#[test]
fn canonical_json_is_one_text_and_reads_back() {
    let json = canonical_json(core_instrument());
    let again: Instrument = serde_json::from_str(&json).unwrap();
    assert_eq!(&again, core_instrument());
    assert_eq!(canonical_json(&again), json);
    assert_eq!(canonical_json(&load(SOURCE).unwrap()), json);
}

#[test]
fn every_text_exists_in_both_languages() {
    let json = canonical_json(core_instrument());
    let count = |key: &str| json.matches(&format!("\"{key}\":\"")).count();
    assert_eq!(count("zh"), count("en"));
    assert_eq!(core_instrument().languages, [Lang::Zh, Lang::En]);
}

#[test]
fn each_mistake_is_reported_at_its_line_with_its_remedy() {
    let cases: &[(&str, &str, &str)] = &[
        (
            "flip_with: x_flip",
            "filp_with: x_flip",
            "did you mean `flip_with`?",
        ),
        (
            "flip_with: x_flip",
            "flip_with: x_flap",
            "did you mean `x_flip`?",
        ),
        (
            "type: numeric",
            "type: numerical",
            "did you mean `numeric`?",
        ),
        (
            "show_if: is_tea",
            "show_if: is_teas",
            "did you mean `is_tea`?",
        ),
        (
            "show_if: is_tea",
            "show_if: drink == 'tee'",
            "did you mean `tea`?",
        ),
        (
            "show_if: is_tea",
            "show_if: drink == 'dk'",
            "use answered()",
        ),
        ("show_if: is_tea", "show_if: drink > 1", "use val(question)"),
        ("show_if: is_tea", "show_if: drink", "must be true or false"),
        ("show_if: is_tea", "show_if: drink = 'tea'", "write `==`"),
        ("show_if: is_tea", "show_if: cups > 3", "depends on itself"),
        (
            "show_if: is_tea",
            "show_if: has(drink, 'tea')",
            "multiple-choice",
        ),
        ("show_if: is_tea", "show_if: (is_tea", "`)` belongs here"),
        (
            "show_if: is_tea",
            "show_if: anwsered(drink)",
            "did you mean `answered`?",
        ),
        (
            "\"几杯{{drink}}？\"",
            "\"几杯{{dirnk}}？\"",
            "did you mean `drink`?",
        ),
        (
            "\"几杯{{drink}}？\"",
            "\"几杯{{cups}}？\"",
            "not asked before",
        ),
        (
            "{zh: \"喝什么？\", en: \"Drink?\"}",
            "{zh: \"喝什么？\"}",
            "lacks its en text",
        ),
        (
            "{zh: \"喝什么？\", en: \"Drink?\"}",
            "{zh: \"喝什么？\", en: \"\"}",
            "is empty",
        ),
        (
            "{zh: \"喝什么？\", en: \"Drink?\"}",
            "\"Drink?\"",
            "must be a mapping",
        ),
        (
            "- {code: \"coffee\"",
            "- {code: \"tea\"",
            "stands twice in this list",
        ),
        (
            "- {code: \"coffee\"",
            "- {code: \"Coffee\"",
            "small letters",
        ),
        (
            "- {code: \"coffee\", value: 2",
            "- {code: \"coffee\", value: two",
            "must be a number",
        ),
        ("- id: cups", "- id: drink", "already taken"),
        ("- id: cups", "- id: is_tea", "already taken"),
        ("- id: cups", "- id: gate", "already taken"),
        (
            "intro: {zh: \"题\", en: \"T\"}",
            "intro: {zh: \"{{drink}}\", en: \"T\"}",
            "no answer is known yet",
        ),
        ("missing: dk", "missing: dont_know", "unknown missing code"),
        ("min: 0, max: 20", "min: 20, max: 0", "must be above"),
        (
            "languages: [\"zh-Hans\", \"en\"]",
            "languages: [\"zh-Hans\", \"fr\"]",
            "unknown language",
        ),
        ("version: \"1\"", "version: &v \"1\"", "anchors"),
        ("version: \"1\"", "version: !x \"1\"", "tags"),
        (
            "version: \"1\"",
            "id: tiny2\n  version: \"1\"",
            "stands twice in this mapping",
        ),
        (
            "\"{{operator}}\", en: \"{{operator}}\"",
            "\"{{operater}}\", en: \"\\u0041\"",
            "did you mean `operator`?",
        ),
        ("required: true", "required: maybe", "true, false or soft"),
    ];
    for (piece, by, message) in cases {
        let (yaml, line) = broken(piece, by);
        let found = errors(&yaml);
        let place = format!("{line}:");
        let hit = found
            .iter()
            .any(|e| e.contains(message) && e.starts_with(&place));
        assert!(
            hit,
            "{by:?} on line {line} should say {message:?}, said {found:#?}"
        );
    }
}

#[test]
fn an_error_in_an_expression_points_at_its_column() {
    let (yaml, line) = broken(
        "show_if: is_tea",
        "show_if: answered(drink) and drnk == 'tea'",
    );
    let found = errors(&yaml);
    let column = yaml.lines().nth(line - 1).unwrap().find("drnk").unwrap() + 1;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with(&format!("{line}:{column}: ")),
        "{found:?}"
    );
}

#[test]
fn all_errors_are_reported_at_once_in_the_order_of_the_file() {
    let yaml = SMALL
        .replace("type: numeric", "type: numerical")
        .replace("id: tiny", "id: Tiny")
        .replace("value: 2", "valeu: 2");
    let found = load(&yaml).unwrap_err();
    assert!(found.len() >= 3, "{found:?}");
    assert!(found.is_sorted());
}

#[test]
fn what_is_no_instrument_is_refused() {
    assert!(errors("")[0].contains("empty"));
    assert!(errors("- a\n- b")[0].contains("must be a mapping"));
    assert!(errors("a: *b")[0].contains("alias") || errors("a: *b")[0].contains("not YAML"));
    assert!(
        errors("a: &x 1\nb: *x")
            .iter()
            .any(|e| e.starts_with("2:4: aliases"))
    );
    assert!(errors("a: [1, 2").iter().any(|e| e.contains("not YAML")));
    assert!(errors(&"[".repeat(80))[0].contains("deeper than 64"));
    assert!(errors(&format!("a: \"{}\"", "x".repeat(2 * 1024 * 1024)))[0].contains("bytes"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_file_makes_the_loader_panic(at in 0..SMALL.len(), cut in 0_usize..40, put in "[\\[\\]{}:,\"'&*!|>\\- \n\ta-z_=(0-9]{0,6}") {
        let start = (0..=at).rev().find(|i| SMALL.is_char_boundary(*i)).unwrap();
        let end = (start + cut..=SMALL.len()).find(|i| SMALL.is_char_boundary(*i)).unwrap_or(SMALL.len());
        let _ = load(&format!("{}{put}{}", &SMALL[..start], &SMALL[end..]));
    }
}

const LEAST: &str = "
instrument: {id: t, version: \"1\", languages: [zh-Hans, en], title: {zh: 题, en: T}, intro: {zh: 介, en: I}, terms: {zh: 词, en: W}, outro: {zh: 谢, en: O}}
consent: {text: {zh: 说, en: C}, gate: {id: gate, type: yes_no, title: {zh: 同意吗, en: Agree?}, required: true, est_seconds: 1}}
";

fn messages(rest: &str) -> Vec<String> {
    let found = load(&format!("{LEAST}{rest}")).map_or_else(|errors| errors, |_| Vec::new());
    found.into_iter().map(|error| error.message).collect()
}

fn asked(lines: &str) -> String {
    format!("sections:\n  - id: s\n    title: {{zh: 节, en: S}}\n    questions:\n{lines}")
}

fn yes_or_no(id: &str, more: &str) -> String {
    format!("      - {{id: {id}, type: yes_no, title: {{zh: 问, en: Q}}, est_seconds: 1{more}}}\n")
}

#[test]
fn computed_values_in_a_circle_are_told_by_name_and_once() {
    let questions = asked(&yes_or_no("q", ", show_if: 'b'"));
    assert_eq!(
        messages(&format!(
            "computed:\n  - {{id: a, expr: not b}}\n  - {{id: b, expr: not c}}\n  - {{id: c, expr: not a}}\n{questions}"
        )),
        ["these depend on each other in a circle: `a` → `b` → `c` → `a`; take one of them out"]
    );
    assert_eq!(
        messages(&format!(
            "computed:\n  - {{id: b, expr: not b}}\n{questions}"
        )),
        ["`b` depends on itself; take it out of its own condition"]
    );
    assert_eq!(
        messages(&format!(
            "computed:\n  - {{id: a, expr: not b}}\n  - {{id: b, expr: answered(q)}}\n{}",
            asked(&yes_or_no("q", ""))
        )),
        ["`b` is computed later; move it before this one"]
    );
}

#[test]
fn computed_texts_that_insert_each_other_are_told_by_name() {
    let text = |id: &str, other: &str| {
        format!(
            "  - {{id: {id}, cases: [{{when: else, zh: \"{{{{{other}}}}}\", en: \"{{{{{other}}}}}\"}}]}}\n"
        )
    };
    let told = messages(&format!(
        "computed:\n{}{}{}",
        text("a", "b"),
        text("b", "a"),
        asked(&yes_or_no("q", ""))
    ));
    let circle = "these depend on each other in a circle: `a` → `b` → `a`; take one of them out";
    assert!(
        !told.is_empty() && told.iter().all(|message| message == circle),
        "{told:?}"
    );
}

#[test]
fn questions_in_a_circle_are_told_by_name_and_once() {
    let lines = [("a", "b"), ("b", "c"), ("c", "a")]
        .map(|(id, other)| yes_or_no(id, &format!(", show_if: answered({other})")));
    assert_eq!(
        messages(&asked(&lines.concat())),
        ["these depend on each other in a circle: `a` → `b` → `c` → `a`; take one of them out"]
    );
    assert_eq!(
        messages(&asked(&yes_or_no("a", ", show_if: answered(a)"))),
        ["`a` depends on itself; take it out of its own condition"]
    );
}

#[test]
fn a_question_takes_some_time() {
    for seconds in ["0", "-5"] {
        let line = yes_or_no("q", "").replace("est_seconds: 1", &format!("est_seconds: {seconds}"));
        assert_eq!(
            messages(&asked(&line)),
            ["`est_seconds` must be above 0; it takes time to read"],
            "{seconds}"
        );
    }
}

#[test]
fn a_language_that_a_computed_text_lacks_is_told_once_and_not_where_the_text_is_used() {
    let told = messages(&format!(
        "computed:\n  - {{id: word, cases: [{{when: else, en: Word}}]}}\n{}",
        asked(
            "      - {id: q, type: yes_no, title: {zh: \"问 {{word}}\", en: \"Q {{word}}\"}, est_seconds: 1}\n"
        )
    ));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told.iter().all(|message| message.contains("lacks its")),
        "{told:?}"
    );
}

//! What an instrument becomes in other programs' languages, and what is refused.
#![cfg(feature = "yaml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

use partake_core::instrument::{
    Instrument,
    export::{Target, lost, surveyjs_json, xlsform},
    load,
};
use serde_json::Value;

const HEAD: &str = r#"
instrument: {id: small, version: "1", languages: [zh-Hans, en], title: {zh: 小, en: Small}, intro: {zh: 一, en: I}, terms: {zh: 二, en: T}, outro: {zh: 三, en: O}}
scales: {line: {kind: visual_analogue, min: 0, max: 10, step: 1}}
missing_codes: {dk: {zh: 说不清, en: "Don't know"}}
consent:
  text: {zh: 同意书, en: Consent}
  gate: {id: gate, type: single, required: true, title: {zh: 同意吗, en: Agree?}, options: [{code: "yes", zh: 是, en: "Yes"}, {code: "no", zh: 否, en: "No"}], est_seconds: 1}
"#;

/// A section of these questions.
fn instrument(questions: &str) -> Instrument {
    let source = format!(
        "{HEAD}sections:\n- id: one\n  title: {{zh: 一节, en: One}}\n  questions:\n{questions}"
    );
    load(&source).unwrap_or_else(|errors| panic!("{errors:?}"))
}

const WORK: &str = r#"
  - {id: work, type: single, title: {zh: 工作, en: Work}, options: [{code: a, zh: 甲, en: A}, {code: b, zh: 乙, en: B}, {code: dk, missing: dk, zh: 说不清, en: "Don't know"}], est_seconds: 1}
  - {id: tools, type: multiple, title: {zh: 工具, en: Tools}, options: [{code: x, zh: 子, en: X}, {code: y, zh: 丑, en: Y}, {code: none, exclusive: true, zh: 无, en: None}], validation: {max_selected: 2}, est_seconds: 1}
  - {id: hours, type: numeric, title: {zh: 小时, en: Hours}, validation: {integer: true, min: 0, max: 80}, est_seconds: 1}
"#;

fn shown_if(condition: &str) -> String {
    format!(
        "{WORK}  - {{id: last, type: short_text, title: {{zh: 末, en: Last}}, show_if: '{condition}', \
         validation: {{max_chars: 20}}, release: never, est_seconds: 1}}\n"
    )
}

fn surveyjs(instrument: &Instrument) -> Value {
    serde_json::from_str(&surveyjs_json(instrument).unwrap()).unwrap()
}

fn in_surveyjs(condition: &str) -> String {
    let survey = surveyjs(&instrument(&shown_if(condition)));
    survey["pages"][1]["elements"][3]["visibleIf"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn in_xlsform(condition: &str) -> String {
    let sheets = xlsform(&instrument(&shown_if(condition)));
    let survey = &sheets[0].rows;
    let relevant = survey[0].iter().position(|c| c == "relevant").unwrap();
    let row = survey.iter().find(|row| row[1] == "last").unwrap();
    row[relevant].clone()
}

#[test]
fn an_instrument_within_the_subset_loses_nothing() {
    for target in [Target::SurveyJs, Target::XlsForm] {
        assert_eq!(lost(&instrument(WORK), target), []);
    }
}

#[test]
fn nobody_agrees_to_what_they_cannot_read() {
    let survey = surveyjs(&instrument(WORK));
    let consent = &survey["pages"][0]["elements"];
    assert_eq!(consent[0]["html"]["default"], "<p>Consent</p>");
    assert_eq!(consent[1]["html"]["zh-cn"], "<p>二</p>");
    assert_eq!(consent[2]["name"], "gate");
    assert_eq!(survey["description"]["default"], "I");
    assert_eq!(survey["completedHtml"]["zh-cn"], "<p>三</p>");
    let sheets = xlsform(&instrument(WORK));
    let told: Vec<_> = sheets[0].rows[1..5].iter().map(|row| &row[..4]).collect();
    assert_eq!(told[0], ["note", "text__intro", "一", "I"]);
    assert_eq!(told[1], ["note", "text__consent", "同意书", "Consent"]);
    assert_eq!(told[2], ["note", "text__terms", "二", "T"]);
    assert_eq!(told[3][1], "gate");
    let last = sheets[0].rows.last().unwrap();
    assert_eq!(last[..4], ["note", "text__outro", "三", "O"]);
}

#[test]
fn markup_in_a_text_stays_text() {
    let mut instrument = instrument(WORK);
    instrument.consent.text.en = Some("1 < 2 & {{operator}}\n\nsecond".to_owned());
    let survey = surveyjs(&instrument);
    assert_eq!(
        survey["pages"][0]["elements"][0]["html"]["default"],
        "<p>1 &lt; 2 &amp; [operator]</p><p>second</p>"
    );
    let listed = lost(&instrument, Target::SurveyJs);
    assert_eq!(listed[0].part, "consent", "that something is filled in");
}

#[test]
fn words_that_have_no_place_there_are_listed() {
    let source = r#"
  - {id: feel, type: slider, title: {zh: 感觉, en: Feel}, scale: line, anchors: {min: {zh: 低, en: Low}, max: {zh: 高, en: High}}, est_seconds: 1}
  - {id: word, type: short_text, title: {zh: 词, en: Word}, placeholder: {zh: 例, en: example}, validation: {max_chars: 20}, release: never, est_seconds: 1}
"#;
    let listed = |target| {
        let lost = lost(&instrument(source), target);
        lost.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let ends = "feel: the words at the ends of the scale";
    assert_eq!(listed(Target::SurveyJs), [ends]);
    assert_eq!(
        listed(Target::XlsForm),
        [ends, "word: the example inside the field"]
    );
    let survey = surveyjs(&instrument(source));
    let word = &survey["pages"][1]["elements"][1];
    assert_eq!(word["placeholder"]["zh-cn"], "例");
}

#[test]
fn a_code_is_compared_with_a_code() {
    assert_eq!(in_surveyjs(r#"work == "a""#), "{work} = 'a'");
    assert_eq!(in_xlsform(r#"work == "a""#), "${work} = 'a'");
}

#[test]
fn what_differs_must_be_answered_and_no_missing_code() {
    assert_eq!(
        in_surveyjs(r#"work != "a""#),
        "({work} notempty and {work} != 'dk' and {work} != 'a')"
    );
    assert_eq!(
        in_xlsform(r#"work not in ["a"]"#),
        "(${work} != '' and ${work} != 'dk' and ${work} != 'a')"
    );
}

#[test]
fn options_are_counted_and_looked_for() {
    assert_eq!(in_surveyjs(r#"has(tools, "x")"#), "{tools} contains 'x'");
    assert_eq!(in_xlsform(r#"has(tools, "x")"#), "selected(${tools}, 'x')");
    assert_eq!(
        in_xlsform("count(tools) >= 2"),
        "(${tools} != '') and (count-selected(${tools}) - if(selected(${tools}, 'none'), 1, 0)) >= 2"
    );
}

#[test]
fn conditions_are_joined_and_turned_round() {
    assert_eq!(
        in_surveyjs(r#"not (work == "a" and hours > 3)"#),
        "!(({work} = 'a') and (({hours} notempty) and {hours} > 3))"
    );
}

#[test]
fn texts_stand_in_both_languages() {
    let survey = surveyjs(&instrument(WORK));
    let title = &survey["pages"][1]["elements"][0]["title"];
    assert_eq!(
        (&title["default"], &title["zh-cn"]),
        (&"Work".into(), &"工作".into())
    );
    let sheets = xlsform(&instrument(WORK));
    assert_eq!(
        sheets[0].rows[0][2..4],
        ["label::中文 (zh)", "label::English (en)"]
    );
    assert!(
        sheets[1]
            .rows
            .contains(&["tools", "none", "无", "None"].map(str::to_owned).to_vec())
    );
}

#[test]
fn limits_of_an_answer_are_carried_over() {
    let survey = surveyjs(&instrument(WORK));
    let elements = &survey["pages"][1]["elements"];
    assert_eq!(elements[1]["maxSelectedChoices"], 2);
    assert_eq!(
        elements[1]["validators"][0]["expression"],
        "!({tools} contains 'none') or {tools.length} = 1"
    );
    assert_eq!(
        (&elements[2]["max"], &elements[2]["step"]),
        (&80.0.into(), &1.into())
    );
    let sheets = xlsform(&instrument(WORK));
    let constraint = sheets[0].rows[0]
        .iter()
        .position(|c| c == "constraint")
        .unwrap();
    let tools = sheets[0].rows.iter().find(|row| row[1] == "tools").unwrap();
    assert_eq!(
        tools[constraint],
        "count-selected(.) <= 2 and not(selected(., 'none') and count-selected(.) > 1)"
    );
}

#[test]
fn what_cannot_be_said_is_listed_and_takes_along_what_depends_on_it() {
    let source = include_str!("../../instruments/partake_core/instrument.yaml");
    let instrument = load(source).unwrap();
    let lost: Vec<String> = lost(&instrument, Target::SurveyJs)
        .iter()
        .map(ToString::to_string)
        .collect();
    for line in [
        "votes: votes on statements",
        "bws_conditions: sets of best and worst",
        "x_extended: levels drawn for an experiment",
        "H0: a registered hypothesis",
    ] {
        assert!(lost.iter().any(|l| l == line), "{line} in {lost:#?}");
    }
    let survey = surveyjs(&instrument).to_string();
    assert!(!survey.contains("\"votes\"") && survey.contains("\"employment\""));
    assert!(
        !survey.contains("{x_extended}"),
        "no condition reads what is not there"
    );
}

#[test]
fn an_earlier_answer_is_said_in_a_later_text_in_each_language() {
    let survey = surveyjs(&instrument(&format!(
        "{WORK}  - {{id: last, type: statement, title: {{zh: '做{{{{work|没说}}}}', en: 'You do {{{{work|nothing}}}}'}}, est_seconds: 1}}\n"
    )));
    let hidden = &survey["pages"][0]["elements"][3];
    assert_eq!(
        survey["pages"][1]["elements"][3]["title"]["default"],
        "You do {work__text1}"
    );
    assert_eq!(
        (&hidden["name"], &hidden["visible"]),
        (&"work__text1".into(), &false.into())
    );
    assert_eq!(hidden["choices"][1]["text"]["zh-cn"], "乙");
    assert_eq!(hidden["choices"][2]["text"]["default"], "nothing");
    assert_eq!(
        hidden["setValueExpression"],
        "iif(({work} notempty and {work} != 'dk'), {work}, 'none__')"
    );
}

#[test]
fn an_index_is_computed_there_and_empty_without_its_answers() {
    let source = format!(
        "{HEAD}sections:\n- id: one\n  title: {{zh: 一节, en: One}}\n  questions:\n{WORK}\
         derived: [{{id: half, label: {{zh: 半, en: Half}}, expr: hours / 2 - 1}}]\n"
    );
    let survey = surveyjs(&load(&source).unwrap());
    assert_eq!(
        survey["calculatedValues"][0]["expression"],
        "iif(({hours} notempty) and 2 != 0, (({hours} / 2) - 1), '')"
    );
}

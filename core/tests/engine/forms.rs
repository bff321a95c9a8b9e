//! Reading forms and validating.

use partake_core::{
    flow::{Flow, assign},
    lang::Lang,
    response::{
        Answer, Answers, Decoded, Fault, FaultCode, Pick, decode_form, decode_section, finish,
        finish_only_asked, validate,
    },
    simulate,
};
use proptest::prelude::*;

use crate::support::{SEED, answers, code, codes, core_instrument, exposed, random};

fn fields(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Posts a section as a person with these answers sees it.
fn post(known: &[(&str, Answer)], section: &str, form: &[(&str, &str)]) -> (Decoded, Vec<Fault>) {
    let instrument = core_instrument();
    let assignment = assign(instrument, SEED);
    let flow = Flow::new(instrument, Lang::En, SEED, &assignment, &answers(known));
    let view = flow.section(section).unwrap();
    let decoded = decode_form(&view, &fields(form));
    let faults = validate(&flow, section, &decoded.answers);
    (decoded, faults)
}

fn faults_of(
    known: &[(&str, Answer)],
    section: &str,
    form: &[(&str, &str)],
) -> Vec<(String, FaultCode)> {
    let (decoded, faults) = post(known, section, form);
    decoded
        .faults
        .into_iter()
        .chain(faults)
        .map(|f| (f.question, f.code))
        .collect()
}

#[test]
fn each_kind_of_field_is_read() {
    let (decoded, faults) = post(
        &exposed(),
        "s3_ai",
        &[
            ("ai_use", "daily"),
            ("ai_tasks", "write"),
            ("ai_tasks", "other"),
            ("ai_tasks__other__text", "taxes"),
            ("preset_share", "７０"),
            ("_state", "belongs to the page"),
        ],
    );
    assert_eq!((decoded.faults, faults), (vec![], vec![]));
    let expected = answers(&[
        ("ai_use", code("daily")),
        ("ai_tasks", codes(&["other", "write"])),
        ("ai_tasks__other__text", Answer::Text("taxes".to_owned())),
        ("preset_share", Answer::Number(70.0)),
    ]);
    assert_eq!(decoded.answers, expected);

    let (decoded, faults) = post(
        &exposed(),
        "s6_change",
        &[
            ("change_rank.1", "know"),
            ("change_rank.2", "slow"),
            ("keep_human", "写信"),
        ],
    );
    assert_eq!((decoded.faults, faults), (vec![], vec![]));
    assert_eq!(
        decoded.answers.get("change_rank"),
        Some(&Answer::Ranking(vec!["know".to_owned(), "slow".to_owned()]))
    );
}

#[test]
fn a_slider_takes_a_number_or_its_missing_code_but_not_both() {
    let read = |form: &[(&str, &str)]| {
        post(&[], "s3_ai", form)
            .0
            .answers
            .get("preset_share")
            .cloned()
    };
    assert_eq!(read(&[("preset_share.missing", "dk")]), Some(code("dk")));
    assert_eq!(read(&[("preset_share", "")]), None);
    let both = faults_of(
        &[],
        "s3_ai",
        &[
            ("ai_use", "never"),
            ("preset_share", "5"),
            ("preset_share.missing", "dk"),
        ],
    );
    assert_eq!(both, [("preset_share".to_owned(), FaultCode::Exclusive)]);
}

#[test]
fn best_worst_picks_go_to_their_set() {
    let instrument = core_instrument();
    let assignment = assign(instrument, SEED);
    let flow = Flow::new(instrument, Lang::En, SEED, &assignment, &Answers::new());
    let view = flow.section("s5_conditions").unwrap();
    let question = view
        .questions
        .iter()
        .find(|q| q.id == "bws_conditions")
        .unwrap();
    let partake_core::flow::Body::BestWorst { tasks, .. } = &question.body else {
        panic!()
    };
    let second = tasks.iter().find(|t| t.index == 1).unwrap();
    let (a, b) = (second.items[0].code.as_str(), second.items[1].code.as_str());
    let (decoded, faults) = post(
        &[],
        "s5_conditions",
        &[("bws_conditions.1.best", a), ("bws_conditions.1.worst", b)],
    );
    assert_eq!((decoded.faults, faults), (vec![], vec![]));
    let Some(Answer::BestWorst(picks)) = decoded.answers.get("bws_conditions") else {
        panic!()
    };
    assert_eq!(picks[0], Pick::default());
    assert_eq!(
        picks[1],
        Pick {
            best: Some(a.to_owned()),
            worst: Some(b.to_owned())
        }
    );

    let same = faults_of(
        &[],
        "s5_conditions",
        &[("bws_conditions.1.best", a), ("bws_conditions.1.worst", a)],
    );
    assert_eq!(
        same,
        [("bws_conditions".to_owned(), FaultCode::BestIsWorst)]
    );
    let elsewhere = tasks.iter().find(|t| t.index == 0).unwrap().items[0]
        .code
        .as_str();
    let other = faults_of(
        &[],
        "s5_conditions",
        &[("bws_conditions.1.best", elsewhere)],
    );
    assert_eq!(other, [("bws_conditions".to_owned(), FaultCode::NotInSet)]);
}

#[test]
fn each_fault_is_named_beside_its_question() {
    let long = "字".repeat(31);
    type Case<'a> = (&'a str, Vec<(&'a str, &'a str)>, &'a str, FaultCode);
    let cases: Vec<Case<'_>> = vec![
        ("s1_you", vec![], "employment", FaultCode::Required),
        (
            "s1_you",
            vec![("employment", "king")],
            "employment",
            FaultCode::UnknownCode,
        ),
        (
            "s1_you",
            vec![("employment", "other"), ("employment", "home_care")],
            "employment",
            FaultCode::Repeated,
        ),
        (
            "s1_you",
            vec![("employment", "other"), ("salary", "5")],
            "salary",
            FaultCode::UnknownField,
        ),
        (
            "s2_effort",
            vec![("learn_hours", "81")],
            "learn_hours",
            FaultCode::OutOfRange {
                min: 0.0,
                max: 80.0,
            },
        ),
        (
            "s2_effort",
            vec![("learn_hours", "2.5")],
            "learn_hours",
            FaultCode::NotInteger,
        ),
        (
            "s2_effort",
            vec![("learn_hours", "lots")],
            "learn_hours",
            FaultCode::NotANumber,
        ),
        (
            "s2_effort",
            vec![("learn_hours", "1e1")],
            "learn_hours",
            FaultCode::NotANumber,
        ),
        (
            "s2_effort",
            vec![("outlook_chance", "0.5")],
            "outlook_chance",
            FaultCode::OffStep { step: 1.0 },
        ),
        (
            "s2_effort",
            vec![("change3y__effort", "sideways")],
            "change3y",
            FaultCode::UnknownCode,
        ),
        (
            "s3_ai",
            vec![
                ("ai_use", "daily"),
                ("preset_by_system", "none"),
                ("preset_by_system", "feed"),
            ],
            "preset_by_system",
            FaultCode::Exclusive,
        ),
        (
            "s3_ai",
            vec![
                ("ai_use", "daily"),
                ("preset_by_system", "feed"),
                ("preset_by_system", "feed"),
            ],
            "preset_by_system",
            FaultCode::Repeated,
        ),
        (
            "s6_change",
            vec![("change_rank.1", "know"), ("change_rank.2", "know")],
            "change_rank",
            FaultCode::DuplicateRank,
        ),
        (
            "s6_change",
            vec![("change_rank.2", "know")],
            "change_rank",
            FaultCode::RankGap,
        ),
        (
            "s6_change",
            vec![("keep_human", long.as_str())],
            "keep_human",
            FaultCode::TooLong { max: 30, is: 31 },
        ),
        (
            "s6_change",
            vec![("keep_human", "a\0b")],
            "keep_human",
            FaultCode::NotText,
        ),
        (
            "s6_change",
            vec![("keep_human", "a\nb")],
            "keep_human",
            FaultCode::NotText,
        ),
        (
            "s7_votes",
            vec![("votes__v01", "maybe")],
            "votes",
            FaultCode::UnknownCode,
        ),
        (
            "s7_votes",
            vec![("votes__v99", "agree")],
            "votes__v99",
            FaultCode::UnknownField,
        ),
    ];
    let mut known = exposed();
    let assignment = assign(core_instrument(), SEED);
    assert_eq!(
        assignment["x_extended"], "a",
        "the seed must ask learn_hours"
    );
    known.push(("learn_hours", Answer::Number(1.0)));
    for (section, form, question, fault) in cases {
        let found = faults_of(&known, section, &form);
        assert_eq!(found, [(question.to_owned(), fault)], "{form:?}");
    }
}

#[test]
fn text_is_counted_as_people_count() {
    let family = "👨‍👩‍👧‍👦".repeat(30);
    assert_eq!(faults_of(&[], "s6_change", &[("keep_human", &family)]), []);
    let (decoded, faults) = post(&[], "s5_conditions", &[("open_condition", "one\r\ntwo")]);
    assert_eq!(faults, []);
    assert_eq!(
        decoded.answers["open_condition"],
        Answer::Text("one\ntwo".to_owned())
    );
    let (pasted, faults) = post(
        &[],
        "s5_conditions",
        &[("open_condition", "\u{FEFF}o\u{200B}n\u{202E}e")],
    );
    assert_eq!(faults, []);
    assert_eq!(
        pasted.answers["open_condition"],
        Answer::Text("one".to_owned())
    );
    let marks = format!("a{}", "\u{301}".repeat(4000));
    assert_eq!(
        faults_of(&[], "s6_change", &[("keep_human", &marks)]),
        [("keep_human".to_owned(), FaultCode::NotText)]
    );
}

#[test]
fn what_was_typed_is_kept_also_when_it_is_faulty() {
    let mut known = exposed();
    known.push(("learn_hours", Answer::Number(1.0)));
    let (decoded, _) = post(&known, "s2_effort", &[("learn_hours", " lots ")]);
    assert_eq!(decoded.raw["learn_hours"], " lots ");
    let (decoded, _) = post(&[], "s6_change", &[("change_rank.2", "know")]);
    assert_eq!(
        decoded.answers["change_rank"],
        Answer::Ranking(vec![String::new(), "know".to_owned()])
    );
}

#[test]
fn a_section_can_be_read_while_its_own_answers_route_it() {
    let instrument = core_instrument();
    let assignment = assign(instrument, SEED);
    let read = |known: &Answers, form: &[(&str, &str)]| {
        decode_section(
            instrument,
            Lang::En,
            SEED,
            &assignment,
            known,
            "s1_you",
            &fields(form),
        )
    };
    let fresh = read(
        &Answers::new(),
        &[("employment", "employee"), ("supervise", "s10")],
    );
    assert_eq!(fresh.faults, []);
    assert_eq!(fresh.answers["supervise"], code("s10"));

    let hidden = [("employment", "retired"), ("supervise", "s10")];
    let tampered = read(&Answers::new(), &hidden);
    assert_eq!(
        tampered.faults,
        [Fault::at("supervise", "supervise", FaultCode::NotAsked)]
    );
    let changed = read(&answers(&[("employment", code("employee"))]), &hidden);
    assert_eq!(
        changed.faults,
        [],
        "the page had asked it before the change"
    );
    assert!(!changed.answers.contains_key("supervise"));
}

#[test]
fn an_option_taken_away_in_the_same_form_is_no_fault() {
    let instrument = core_instrument();
    let assignment = assign(instrument, SEED);
    let mut known = exposed();
    known.push(("ai_tasks", codes(&["find", "write"])));
    let form = fields(&[
        ("ai_use", "daily"),
        ("ai_tasks", "find"),
        ("ai_tasks", "plan"),
        ("ai_main_task", "write"),
    ]);
    let known = answers(&known);
    let decoded = decode_section(
        instrument,
        Lang::En,
        SEED,
        &assignment,
        &known,
        "s3_ai",
        &form,
    );
    assert_eq!(decoded.faults, []);
    assert_eq!(decoded.answers.get("ai_main_task"), None);
    assert_eq!(
        decoded.answers.get("ai_tasks"),
        Some(&codes(&["find", "plan"]))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn simulated_respondents_pass_the_same_checks_as_people(seed: u64, zh: bool) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        let instrument = core_instrument();
        let (seed, given) = simulate::respondent(instrument, lang, &mut random(seed));
        let assignment = assign(instrument, seed);
        let flow = Flow::new(instrument, lang, seed, &assignment, &given);
        for section in flow.sections() {
            prop_assert_eq!(validate(&flow, section, &given), vec![]);
        }
        prop_assert!(finish_only_asked(instrument, lang, seed, &assignment, given.clone()).is_ok());
    }

    #[test]
    fn no_form_makes_reading_panic(
        names in proptest::collection::vec("(employment|ai_tasks|votes__v01|change_rank\\.[0-9]|bws_conditions\\.[0-3]\\.best|agency__j1|[a-z_.]{0,12})", 0..12),
        values in proptest::collection::vec(".{0,12}", 12),
        section in 0_usize..7,
    ) {
        let instrument = core_instrument();
        let id = &instrument.sections[section].id;
        let assignment = assign(instrument, SEED);
        let form: Vec<(String, String)> = names.into_iter().zip(values).collect();
        let known = answers(&exposed());
        let decoded = decode_section(instrument, Lang::Zh, SEED, &assignment, &known, id, &form);
        let _ = finish(instrument, Lang::Zh, SEED, &assignment, decoded.answers);
    }
}
